/** Microsoft Learn, "Virtual network flow logs": without a retention policy they are kept until deleted. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { flowLogExamples } from "../shared/flow-log-examples.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersBy } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const flowLog = "azure-native:network:FlowLog";
const retentionDaysMin = 90;

const logs: Relation = {
  from: [flowLog],
  to: azureTypes.network,
  properties: ({ inputs }) => [inputs.at("targetResourceId")],
};

export const ZN19: Rule = {
  id: "ZN19",
  sentence: "Every virtual network has a flow log, and flow logs are kept for 90 days.",
  why: "What moved through the network, and what was refused, cannot be told afterwards.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-11", "AU-12", "SI-4"],
  frameworks: [
    cis("cis-azure-2.1.0", "6.5"),
    iso("azure", "A.8.20", "network_flow_log_more_than_90_days"),
  ],
  fix: "Plan a FlowLog with the network's id and enabled true; keep it for 90 days or without end.",
  subjects: [azureTypes.network, flowLog],
  needs: "plan",
  check: (subject, judge, plan) =>
    subject.type === flowLog ? judgeLog(subject, judge) : judgeNetwork(subject, judge, plan),
  examples: flowLogExamples,
};

function judgeLog({ inputs }: PlannedResource, judge: Judge): void {
  judge.part(() => {
    const enabled = inputs.at("enabled");
    if (enabled.flag() === false) judge.fail(enabled, "a connection that leaves no record");
  });
  judge.part(() => {
    const policy = inputs.at("retentionPolicy");
    const days = policy.at("days");
    if (policy.at("enabled").flag() !== true) return;
    // No days are all days.
    const kept = days.number() ?? 0;
    if (kept === 0 || kept >= retentionDaysMin) return;
    judge.fail(days, `a connection ${kept + 1} days ago`);
  });
}

function judgeNetwork(subject: PlannedResource, judge: Judge, plan: Plan): void {
  const logged = someOf(
    judge,
    referrersOf(plan, subject, logs),
    (one) => refersBy(plan, logs, one, subject) && one.inputs.at("enabled").flag() !== false,
  );
  if (logged === "no")
    judge.fail({ urn: subject.urn, path: "" }, "a connection that leaves no record");
}
