/** Denies after and before a wider allow, in three clouds. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";

const block = "203.0.113.0/24";

const https = { protocol: "tcp", fromPort: 443, toPort: 443 };

function acl(allowAt: number, denyAt: number) {
  return alone(awsTypes.acl, {
    ingress: [
      { ...https, ruleNo: allowAt, action: "allow", cidrBlock: "0.0.0.0/0" },
      { ...https, ruleNo: denyAt, action: "deny", cidrBlock: block },
    ],
  });
}

function azure(name: string, props: Props): ExampleResource {
  return {
    type: azureRuleTypes.rule,
    name,
    props: {
      networkSecurityGroupName: unknownHere,
      direction: "Inbound",
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
      ...props,
    },
    dependsOn: { networkSecurityGroupName: ["group"] },
  };
}

const group: ExampleResource = { type: azureRuleTypes.group, name: "group", props: {} };
const noShell = azure("no-shell", {
  access: "Deny",
  priority: 300,
  protocol: "Tcp",
  destinationPortRange: "22",
});

function gcp(name: string, props: Props): ExampleResource {
  return { type: gcpRuleTypes.firewall, name, props: { network: "net", ...props } };
}

const ssh = [{ protocol: "tcp", ports: ["22"] }];
const denied = gcp("deny", { priority: 900, denies: ssh, sourceRanges: ["0.0.0.0/0"] });

/** In the order in which each cloud reads. */
export const deadDenyExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "AWS: everybody is let in first",
    expect: "fail",
    resources: acl(100, 200),
    path: "ingress[1]",
    witness: "203.0.113.7 on tcp/443",
  },
  {
    kind: "violating",
    says: "AWS: everybody is let in first, in halves",
    expect: "fail",
    resources: alone(awsTypes.acl, {
      egress: [
        { ...https, ruleNo: 10, action: "allow", cidrBlock: "0.0.0.0/1" },
        { ...https, ruleNo: 20, action: "allow", cidrBlock: "128.0.0.0/1" },
        { ...https, ruleNo: 30, action: "deny", cidrBlock: "0.0.0.0/0" },
      ],
    }),
    path: "egress[2]",
  },
  {
    kind: "violating",
    says: "Azure: a wide allow with a lower number",
    expect: "fail",
    resources: [noShell, azure("allow", { access: "Allow", priority: 200 }), group],
    witness: "tcp/22",
  },
  {
    kind: "violating",
    says: "Google Cloud: an allow of the same network",
    expect: "fail",
    resources: [denied, gcp("allow", { priority: 800, allows: [{ protocol: "tcp" }] })],
    witness: "allow",
  },
  { kind: "clean", says: "AWS: denied first", expect: "pass", resources: acl(200, 100) },
  {
    kind: "clean",
    says: "Azure: the allow is for one group of callers",
    expect: "pass",
    resources: [
      noShell,
      azure("allow", {
        access: "Allow",
        priority: 200,
        sourceAddressPrefix: "",
        sourceApplicationSecurityGroups: [{ id: unknownHere }],
      }),
      group,
    ],
  },
  {
    kind: "clean",
    says: "Azure: the allow is for one source port",
    expect: "pass",
    resources: [
      noShell,
      azure("allow", { access: "Allow", priority: 200, sourcePortRange: "53" }),
      group,
    ],
  },
  {
    kind: "clean",
    says: "Google Cloud: of the same priority, the deny wins",
    expect: "pass",
    resources: [denied, gcp("allow", { priority: 900, allows: ssh })],
  },
  {
    kind: "clean",
    says: "Google Cloud: the allow is for machines with a tag",
    expect: "pass",
    resources: [denied, gcp("allow", { priority: 800, allows: ssh, targetTags: ["bastion"] })],
  },
  {
    kind: "clean",
    says: "Google Cloud: the allow is for machines with a tag that is not known yet",
    expect: "pass",
    resources: [
      denied,
      gcp("allow", { priority: 800, allows: ssh, targetServiceAccounts: [unknownHere] }),
    ],
  },
  {
    kind: "clean",
    says: "Azure: whoever is let in before, it is on other ports",
    expect: "pass",
    resources: [
      noShell,
      azure("allow", {
        access: "Allow",
        priority: 200,
        sourceAddressPrefix: unknownHere,
        protocol: "Tcp",
        destinationPortRange: "443",
      }),
      group,
    ],
  },
  {
    kind: "unknown",
    says: "who is let in before is not known",
    expect: "unknown",
    resources: [
      noShell,
      azure("allow", { access: "Allow", priority: 200, sourceAddressPrefix: unknownHere }),
      group,
    ],
    path: "sourceAddressPrefix",
  },
  {
    kind: "unknown",
    says: "what is let in before is not known",
    expect: "unknown",
    resources: [
      noShell,
      azure("allow", { access: "Allow", priority: 200, destinationPortRange: unknownHere }),
      group,
    ],
    path: "destinationPortRange",
  },
  { kind: "absent", says: "no rules", expect: "pass", resources: [group] },
];
