/** Network ACLs, inline and by standalone entries. */
import { markTags } from "../../../model/network/marks.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";
import { awsPlan } from "./network-plans.ts";

const allowAll = {
  ruleNo: 100,
  action: "allow",
  protocol: "-1",
  fromPort: 0,
  toPort: 0,
  cidrBlock: "0.0.0.0/0",
};

function entry(name: string, props: Props, acl: readonly string[] = ["acl"]): ExampleResource {
  return {
    type: awsTypes.aclRule,
    name,
    props: { networkAclId: unknownHere, protocol: "tcp", ...props },
    dependsOn: { networkAclId: acl },
  };
}

const acl: ExampleResource = { type: awsTypes.acl, name: "acl", props: { vpcId: "vpc-1" } };
const replies = {
  ruleNumber: 200,
  ruleAction: "allow",
  fromPort: 1024,
  toPort: 65535,
  cidrBlock: "0.0.0.0/0",
};
const noDesktop = { ...replies, ruleNumber: 100, ruleAction: "deny", fromPort: 3389, toPort: 3389 };

/** All ports, administration, and what stands before it. */
export const aclExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "the rule that AWS itself puts there",
    expect: "fail",
    resources: alone(awsTypes.defaultAcl, {
      ingress: [allowAll, { ...allowAll, ruleNo: 101, cidrBlock: "", ipv6CidrBlock: "::/0" }],
    }),
    path: "ingress[1]",
    witness: "any port",
  },
  {
    kind: "violating",
    says: "the ports of replies hold RDP",
    expect: "fail",
    resources: [entry("replies", replies), acl],
    witness: "tcp/3389",
  },
  {
    kind: "violating",
    says: "SSH over IPv6, in halves, with one block denied before",
    expect: "fail",
    resources: alone(awsTypes.acl, {
      ingress: [
        { ...allowAll, ruleNo: 10, action: "deny", cidrBlock: "", ipv6CidrBlock: "2001:db8::/64" },
        { ...ssh(20), ipv6CidrBlock: "::/1" },
        { ...ssh(30), ipv6CidrBlock: "8000::/1" },
      ],
    }),
    path: "ingress[1]",
    witness: "tcp/22",
  },
  {
    kind: "clean",
    says: "RDP is denied before",
    expect: "pass",
    resources: [entry("replies", replies), entry("deny", noDesktop), acl],
  },
  {
    kind: "clean",
    says: "HTTPS from everywhere, SSH from a network of one's own",
    expect: "pass",
    resources: alone(awsTypes.acl, {
      ingress: [
        { ...allowAll, protocol: "tcp", fromPort: 443, toPort: 443 },
        { ...ssh(110), cidrBlock: "10.1.0.0/16" },
      ],
      egress: [allowAll],
    }),
  },
  {
    kind: "clean",
    says: "the border of a declared segment takes replies",
    expect: "not-applicable",
    resources: [
      entry("replies", replies),
      { ...acl, props: { vpcId: "vpc-1", tags: markTags({ place: "here", segment: "web" }) } },
      ...awsPlan(),
    ],
  },
  {
    kind: "unknown",
    says: "what is denied before is not known",
    expect: "unknown",
    resources: [
      entry("replies", replies),
      entry("deny", { ...noDesktop, cidrBlock: unknownHere }),
      acl,
    ],
    path: "cidrBlock",
  },
  {
    kind: "absent",
    says: "no entries: all is denied",
    expect: "pass",
    resources: alone(awsTypes.acl, {}),
  },
];

function ssh(ruleNo: number) {
  return { ruleNo, action: "allow", protocol: "tcp", fromPort: 22, toPort: 22 };
}
