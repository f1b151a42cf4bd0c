/** Elastic Load Balancing faces the internet unless told to be internal. */
import { emptySet, union } from "../../../model/base/interval-set.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import { internet } from "../../../model/network/intent.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { isEverywhere } from "../../lift/address-set.ts";
import { subnetTypes } from "../../lift/aws/types.ts";
import type { AwsWrittenRule } from "../../lift/aws-rules.ts";
import { entriesOf } from "../../lift/entries.ts";
import { followEach } from "../../lift/follow-each.ts";
import { marksOf } from "../../lift/marks.ts";
import { balancerExamples, balancerTypes } from "../shared/balancer-examples.ts";
import { rulesByGroup } from "../shared/group-rules.ts";
import { groupTypes } from "../shared/group-users.ts";
import { segmentationType } from "../shared/network-plans.ts";
import { networkIntentOf } from "../shared/network-proof.ts";

export const AN21: Rule = {
  id: "AN21",
  sentence:
    "A load balancer faces the internet only where the program says so and a flow declares it.",
  why: "A service meant for the network inside can be called by everybody, because one flag was left out.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set internal to true; or to false where everybody shall call it, in subnets of a segment that a flow from the internet names.",
  subjects: Object.values(balancerTypes),
  needs: "plan",
  check: (subject, judge, plan) => {
    const internal = subject.inputs.at("internal");
    if (internal.flag() === true) return;
    if (subject.inputs.at("loadBalancerType").text() === "gateway") {
      return judge.notApplicable("it hands packets to appliances and has no address to call");
    }
    if (internal.state === "absent" && !isOpenOnPurpose(subject, plan)) {
      return judge.fail(internal, "a packet from 203.0.113.7, which nobody decided to let in");
    }
    const intents = plan.ofType(segmentationType).map(networkIntentOf);
    if (intents.length === 0) return;
    const segments = segmentsOf(subject, plan);
    if (segments.length > 0 && segments.every((one) => isCalled(one, intents))) return;
    judge.fail(internal, `a packet from 203.0.113.7 to ${segments.join(", ") || "no segment"}`);
  },
  examples: balancerExamples,
};

/** Whether one of the load balancer's groups lets everybody in: somebody has written that down. */
function isOpenOnPurpose({ inputs }: PlannedResource, plan: Plan): boolean {
  const groups = followEach(plan, entriesOf(inputs.at("securityGroups")), ...groupTypes);
  const rules = rulesByGroup(plan);
  return groups.some(
    (target) =>
      target.state === "resource" &&
      (rules.get(target.resource) ?? []).some((rule) => rule.direction() === "in" && isOpen(rule)),
  );
}

function isOpen(rule: AwsWrittenRule): boolean {
  const sets = rule.peers().map((peer) => (peer.kind === "addresses" ? peer.addresses() : []));
  return isEverywhere(sets.reduce(union, emptySet));
}

/** Segments whose marks the load balancer's subnets carry. */
function segmentsOf({ inputs }: PlannedResource, plan: Plan): readonly string[] {
  const subnets = [
    ...entriesOf(inputs.at("subnets")),
    ...entriesOf(inputs.at("subnetMappings")).map((mapping) => mapping.at("subnetId")),
  ];
  const found = followEach(plan, subnets, ...subnetTypes).map((target) =>
    target.state === "resource" ? marksOf(target.resource)?.segment : undefined,
  );
  return [...new Set(found.map((segment) => segment ?? "subnets of no segment"))];
}

function isCalled(segment: string, intents: readonly NetworkIntent[]): boolean {
  return intents.some(({ flows }) =>
    flows.some(({ from, to }) => from === internet && to.split("@")[0] === segment),
  );
}
