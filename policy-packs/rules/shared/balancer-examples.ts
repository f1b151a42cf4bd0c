/** Load balancers, in plans with declared flows and without. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";
import { awsPlan } from "./network-plans.ts";

/** Everything that balances. */
export const balancerTypes = {
  current: "aws:lb/loadBalancer:LoadBalancer",
  classic: "aws:elb/loadBalancer:LoadBalancer",
} as const;

/** A public load balancer in a segment of the declared plan: everybody may call `web` only. */
function inSegment(segment: "web" | "app", more: Props = {}): Example["resources"] {
  const balancer: ExampleResource = {
    type: balancerTypes.current,
    name: "balancer",
    props: { internal: false, subnets: [unknownHere], ...more },
    dependsOn: { subnets: [`${segment}-subnet`] },
  };
  return [balancer, ...awsPlan()];
}

/** Forgotten, declared and undeclared ones. */
export const balancerExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "in a segment that the internet may not call",
    expect: "fail",
    resources: inSegment("app"),
    path: "internal",
    witness: "app",
  },
  {
    kind: "clean",
    says: "in a segment that the internet may call",
    expect: "pass",
    resources: inSegment("web"),
  },
  {
    kind: "clean",
    says: "the program says so, and no flows are declared",
    expect: "pass",
    resources: alone(balancerTypes.current, { internal: false, subnets: ["subnet-1"] }),
  },
  {
    kind: "clean",
    says: "its group lets everybody in, which somebody wrote down",
    expect: "pass",
    resources: [
      {
        type: balancerTypes.current,
        name: "balancer",
        props: { securityGroups: [unknownHere] },
        dependsOn: { securityGroups: ["open"] },
      },
      {
        type: awsRuleTypes.group,
        name: "open",
        props: {
          ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
        },
      },
    ],
  },
  {
    kind: "clean",
    says: "internal",
    expect: "pass",
    resources: alone(balancerTypes.classic, { internal: true }),
  },
  {
    kind: "clean",
    says: "one that leads to appliances",
    expect: "not-applicable",
    resources: alone(balancerTypes.current, { loadBalancerType: "gateway" }),
  },
  {
    kind: "unknown",
    says: "whether it is internal is not known",
    expect: "unknown",
    resources: alone(balancerTypes.current, { internal: unknownHere }),
    path: "internal",
  },
  {
    kind: "absent",
    says: "nothing set: it faces the internet",
    expect: "fail",
    resources: alone(balancerTypes.classic, {}),
    path: "internal",
  },
];
