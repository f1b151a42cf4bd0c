/** Groups open to everybody, on machines, load balancers and segments. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";
import { awsPlan } from "./network-plans.ts";

const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };

function group(ingress: Props = https): ExampleResource {
  return { type: awsRuleTypes.group, name: "web", props: { ingress: [ingress] } };
}

function carrier(type: string, name: string, property: string): ExampleResource {
  return {
    type,
    name,
    props: { [property]: [unknownHere] },
    dependsOn: { [property]: ["web"] },
  };
}

const machine = carrier("aws:ec2/instance:Instance", "machine", "vpcSecurityGroupIds");
const balancer = carrier("aws:lb/loadBalancer:LoadBalancer", "balancer", "securityGroups");

/** With a segment's own rule in front. */
function declared(): Example["resources"] {
  const plan = awsPlan();
  const rule = plan.find(({ name }) => name === "web-in4") ?? plan[0];
  return [rule, ...plan.filter((resource) => resource !== rule)];
}

/** One port, and who carries the group. */
export const openGroupExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "HTTPS of a machine",
    expect: "fail",
    resources: [group(), machine],
    path: "ingress[0].cidrBlocks[0]",
    witness: "tcp/443",
  },
  {
    kind: "violating",
    says: "a machine carries the load balancer's group too",
    expect: "fail",
    resources: [group(), balancer, machine],
  },
  {
    kind: "violating",
    says: "another port of a load balancer",
    expect: "fail",
    resources: [group({ ...https, fromPort: 8443, toPort: 8443 }), balancer],
    witness: "tcp/8443",
  },
  {
    kind: "violating",
    says: "a standalone rule over IPv6, in two halves of the older kind",
    expect: "fail",
    resources: alone(awsRuleTypes.rule, {
      type: "ingress",
      securityGroupId: "sg-1",
      protocol: "udp",
      fromPort: 53,
      toPort: 53,
      ipv6CidrBlocks: ["::/1", "8000::/1"],
    }),
    path: "ipv6CidrBlocks[0]",
  },
  {
    kind: "clean",
    says: "HTTPS of a load balancer",
    expect: "pass",
    resources: [group(), balancer],
  },
  {
    kind: "clean",
    says: "a segment that everybody may call by a declared flow",
    expect: "not-applicable",
    resources: declared(),
  },
  {
    kind: "clean",
    says: "from a network of one's own",
    expect: "pass",
    resources: [group({ ...https, cidrBlocks: ["10.1.0.0/16"] }), machine],
  },
  {
    kind: "unknown",
    says: "what else carries the group is not known",
    expect: "unknown",
    resources: [group(), balancer, { ...machine, dependsOn: {} }],
    path: "vpcSecurityGroupIds[0]",
  },
  {
    kind: "absent",
    says: "no rules",
    expect: "pass",
    resources: alone(awsRuleTypes.group, {}),
  },
];
