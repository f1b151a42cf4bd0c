/**
 * Amazon VPC User Guide, "Security groups for your VPC": a group guards what carries it. One whose members
 * are let in by a group that is in use is the identity of callers who are planned elsewhere.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { awsGroupOf, awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import type { Peer } from "../../lift/edge-rule.ts";
import { settle } from "../../lift/uncertain.ts";
import { flowsDecide, isDeclared } from "../shared/declared-segment.ts";
import { groupUsers } from "../shared/group-users.ts";
import { perPlan } from "../shared/per-plan.ts";

const { group } = awsRuleTypes;

export const AN27: Rule = {
  id: "AN27",
  sentence: "Every security group is carried by something.",
  why: "Whoever may attach groups puts the forgotten one on a machine, and has all of its old paths.",
  severity: "low",
  tenets: ["T5"],
  controls: ["CM-8", "AC-4"],
  fix: "Delete the group, or name it where the interface, load balancer or database is planned.",
  subjects: [group],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { of, doubts } = groupUsers(plan);
    if (of(subject).length > 0) return;
    if (isDeclared(subject, plan)) return judge.notApplicable(flowsDecide);
    if (letIn(plan).has(subject.urn))
      return judge.notApplicable("a group in use lets its members in");
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
      resources: [forgotten(), reference()],
      path: "",
    },
    {
      kind: "clean",
      says: "a function carries it",
      expect: "pass",
      resources: [forgotten(), carrier({ vpcConfig: ["web"] })],
    },
    {
      kind: "clean",
      says: "the group of a function lets its members in",
      expect: "not-applicable",
      resources: [
        forgotten(),
        { type: group, name: "data", props: { description: "The data" } },
        {
          ...reference(),
          props: { ...reference().props, securityGroupId: unknownHere },
          dependsOn: { securityGroupId: ["data"], referencedSecurityGroupId: ["web"] },
        },
        carrier({ vpcConfig: ["data"] }),
      ],
    },
    {
      kind: "unknown",
      says: "which group a function carries is not known",
      expect: "unknown",
      resources: [forgotten(), carrier({})],
      path: "vpcConfig.securityGroupIds[0]",
    },
    { kind: "absent", says: "nothing else planned", expect: "fail", resources: [forgotten()] },
  ],
};

/** URNs of the groups whose members a group lets in, or calls, that something carries. */
const letIn = perPlan((plan): ReadonlySet<string> => {
  const { of } = groupUsers(plan);
  const found = new Set<string>();
  for (const writer of plan.ofType(...Object.values(awsRuleTypes))) {
    const owner = writer.type === group ? writer : meant(plan, awsGroupOf(writer));
    if (owner === undefined || of(owner).length === 0) continue;
    for (const { peers } of awsRulesOf(writer)) {
      for (const peer of settledPeers(peers)) {
        const member = peer.kind === "group" ? meant(plan, peer.at) : undefined;
        if (member !== undefined && member !== owner) found.add(member.urn);
      }
    }
  }
  return found;
});

/** A name that is not known yet is nobody's for now. */
function settledPeers(peers: () => readonly Peer[]): readonly Peer[] {
  const value = settle(peers);
  return value instanceof Undecided ? [] : value;
}

function meant(plan: Plan, at: View): PlannedResource | undefined {
  const target = settle(() => plan.follow(at, group));
  if (target instanceof Undecided || target.state !== "resource") return undefined;
  return target.resource;
}

function forgotten(): ExampleResource {
  return { type: group, name: "web", props: { description: "The shop" } };
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
