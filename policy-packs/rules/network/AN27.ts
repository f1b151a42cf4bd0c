/** Amazon VPC User Guide, "Security groups for your VPC": a group guards what carries it. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { flowsDecide, isDeclared } from "../shared/declared-segment.ts";
import { groupUsers } from "../shared/group-users.ts";

export const AN27: Rule = {
  id: "AN27",
  sentence: "Every security group is carried by something.",
  why: "Whoever may attach groups puts the forgotten one on a machine, and has all of its old paths.",
  severity: "low",
  tenets: ["T5"],
  controls: ["CM-8", "AC-4"],
  fix: "Delete the group, or name it where the interface, load balancer or database is planned.",
  subjects: [awsRuleTypes.group],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { of, doubts } = groupUsers(plan);
    if (of(subject).length > 0) return;
    if (isDeclared(subject, plan)) return judge.notApplicable(flowsDecide);
    for (const { view } of doubts) judge.open(view);
    if (doubts.length > 0) return;
    judge.fail(
      { urn: subject.urn, path: "" },
      "ec2:ModifyNetworkInterfaceAttribute gives a machine the rules of this group",
    );
  },
  examples: [
    {
      kind: "violating",
      says: "only another group's rule speaks of it",
      expect: "fail",
      resources: [group(), reference()],
      path: "",
    },
    {
      kind: "clean",
      says: "a function carries it",
      expect: "pass",
      resources: [group(), carrier({ vpcConfig: ["web"] })],
    },
    {
      kind: "unknown",
      says: "which group a function carries is not known",
      expect: "unknown",
      resources: [group(), carrier({})],
      path: "vpcConfig.securityGroupIds[0]",
    },
    { kind: "absent", says: "nothing else planned", expect: "fail", resources: [group()] },
  ],
};

function group(): ExampleResource {
  return { type: awsRuleTypes.group, name: "web", props: { description: "The shop" } };
}

function reference(): ExampleResource {
  return {
    type: awsRuleTypes.ingress,
    name: "rule",
    props: { securityGroupId: "sg-2", referencedSecurityGroupId: unknownHere, ipProtocol: "-1" },
    dependsOn: { referencedSecurityGroupId: ["web"] },
  };
}

function carrier(dependsOn: Record<string, readonly string[]>): ExampleResource {
  return {
    type: "aws:lambda/function:Function",
    name: "function",
    props: { vpcConfig: { securityGroupIds: [unknownHere], subnetIds: ["subnet-1"] } },
    dependsOn,
  };
}
