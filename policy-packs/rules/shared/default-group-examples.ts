/** Default groups, taken over and not. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { referring } from "./log-stores.ts";

const { defaultGroup } = awsRuleTypes;

const vpc: ExampleResource = {
  type: awsTypes.vpc,
  name: "vpc",
  props: { cidrBlock: "10.1.0.0/16" },
};
const other: ExampleResource = { ...vpc, name: "other" };
const adopted = (name: string) => referring(defaultGroup, "default", "vpcId", name);
const rule = (target: string) =>
  referring(awsRuleTypes.ingress, "rule", "securityGroupId", target, { ipProtocol: "-1" });
const group: ExampleResource = { type: awsRuleTypes.group, name: "web", props: {} };

/** With what the rule asks for, and without. */
export const defaultGroupExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "another network's group is taken over",
    expect: "fail",
    resources: [vpc, other, adopted("other")],
    path: "",
  },
  {
    kind: "violating",
    says: "a rule of its own for the group that was taken over",
    expect: "fail",
    resources: [rule("default"), adopted("vpc"), vpc],
    path: "securityGroupId",
  },
  {
    kind: "violating",
    says: "a rule for the group that the network names",
    expect: "fail",
    resources: [rule("vpc"), vpc],
    path: "securityGroupId",
  },
  { kind: "clean", says: "taken over", expect: "pass", resources: [vpc, adopted("vpc")] },
  {
    kind: "clean",
    says: "a rule for a group of a segment",
    expect: "pass",
    resources: [rule("web"), group],
  },
  {
    kind: "unknown",
    says: "whose group is taken over is not known",
    expect: "unknown",
    resources: [vpc, { ...adopted("vpc"), props: { vpcId: unknownHere }, dependsOn: {} }],
    path: "vpcId",
  },
  { kind: "absent", says: "not taken over", expect: "fail", resources: [vpc] },
];
