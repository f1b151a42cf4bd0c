/** A tier that the internet calls, and the one that holds the data: between them stands another. */
import { intersect } from "../../../model/base/interval-set.ts";
import { formatSelector, portSet, tryParsePorts } from "../../../model/base/layer4.ts";
import { internet } from "../../../model/network/intent.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { storeOf } from "../shared/data-stores.ts";
import { groupOf } from "../shared/declared-segment.ts";
import { rulesByGroup } from "../shared/group-rules.ts";
import { groupTypes } from "../shared/group-users.ts";
import { segmentationType } from "../shared/network-plans.ts";
import { networkIntentOf } from "../shared/network-proof.ts";
import { judgePeers } from "../shared/open-port.ts";
import { databasePorts } from "../shared/service-ports.ts";
import { tierExamples } from "../shared/tier-examples.ts";

export const X02: Rule = {
  id: "X02",
  sentence: "No tier that the internet calls reaches the data tier directly.",
  why: "Who takes over the first machine that he can reach stands before the data at once; nothing in between asks or notices.",
  severity: "high",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7"],
  fix: "Let the web tier call the business logic only, and the logic the data; or put a load balancer before the web tier.",
  subjects: [
    segmentationType,
    awsRuleTypes.group,
    awsRuleTypes.defaultGroup,
    awsRuleTypes.rule,
    awsRuleTypes.ingress,
  ],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === segmentationType) judgeFlows(subject, judge);
    else judgeGroup(subject, judge, plan);
  },
  examples: tierExamples,
};

/** What is planned is held against the flows by X25. */
function judgeFlows(subject: PlannedResource, judge: Judge): void {
  const { flows } = networkIntentOf(subject);
  const segmentOf = (end: string) => end.split("@")[0] ?? end;
  const called = flows.filter(({ from }) => from === internet).map(({ to }) => segmentOf(to));
  for (const [index, { from, to, ports }] of flows.entries()) {
    const range = tryParsePorts(ports);
    if (range === undefined || to === internet || segmentOf(from) === segmentOf(to)) continue;
    const [first] = intersect(portSet(range), databasePorts);
    if (first === undefined || !called.includes(segmentOf(from))) continue;
    judge.fail(
      subject.inputs.at("intent", "flows", index),
      `internet → ${from} → ${to} ${formatSelector(first.from)}`,
    );
  }
}

/** A store's group that lets in a group which everybody may call. */
function judgeGroup(subject: PlannedResource, judge: Judge, plan: Plan): void {
  for (const rule of awsRulesOf(subject)) {
    judge.part(() => {
      if (rule.direction() !== "in") return;
      for (const { kind, at } of rule.peers()) {
        if (kind === "group") judge.part(() => judgeCaller(subject, judge, plan, at));
      }
    });
  }
}

function judgeCaller(subject: PlannedResource, judge: Judge, plan: Plan, peer: View): void {
  const own = groupOf(subject, plan);
  const store = own && storeOf(judge, own, plan);
  if (store === undefined) return;
  const caller = plan.follow(peer, ...groupTypes);
  if (caller.state !== "resource") return;
  const rules = rulesByGroup(plan);
  for (const { at } of rules.get(undefined) ?? []) judge.open(at.at("securityGroupId"));
  for (const rule of rules.get(caller.resource) ?? []) {
    judge.part(() => {
      if (rule.direction() !== "in") return;
      judgePeers(judge, rule.peers(), (_, who) =>
        judge.fail(peer, `${who} → ${caller.resource.name} → ${store.name}`),
      );
    });
  }
}
