/** Who may call a database: a group or an identity, not whoever has an address. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { entriesOf } from "../../lift/entries.ts";
import { storeOf } from "../shared/data-stores.ts";
import { databaseExamples, databaseTypes } from "../shared/database-examples.ts";
import { flowsDecide, groupOf, isDeclared } from "../shared/declared-segment.ts";

const { cloudSql, firewalls } = databaseTypes;

export const X21: Rule = {
  id: "X21",
  sentence: "A database lets in groups and identities, not addresses.",
  why: "Whatever is started in the range, or takes an address of it, may call the database without being asked who it is.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-4", "SC-7", "AC-3"],
  fix: "Reference the callers' security group; in Azure use a private endpoint, in Google Cloud the Auth Proxy or a private service connection.",
  subjects: [
    awsRuleTypes.group,
    awsRuleTypes.defaultGroup,
    awsRuleTypes.rule,
    awsRuleTypes.ingress,
    ...firewalls,
    cloudSql,
  ],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (firewalls.includes(subject.type)) {
      const from = subject.inputs.at("startIpAddress");
      return judge.fail(from, "a login from any machine that has such an address");
    }
    if (subject.type === cloudSql) return judgeCloudSql(subject, judge);
    judgeGroup(subject, judge, plan);
  },
  examples: databaseExamples,
};

function judgeCloudSql({ inputs }: PlannedResource, judge: Judge): void {
  const networks = inputs.at("settings", "ipConfiguration", "authorizedNetworks");
  for (const entry of entriesOf(networks)) {
    const value = entry.at("value");
    if (entry.state === "unknown") judge.open(networks);
    else judge.fail(value, "a login from any machine that has such an address");
  }
}

function judgeGroup(subject: PlannedResource, judge: Judge, plan: Plan): void {
  for (const rule of awsRulesOf(subject)) {
    judge.part(() => {
      if (rule.direction() !== "in") return;
      const peer = rule.peers().find(({ kind }) => kind === "addresses");
      if (peer === undefined) return;
      const group = groupOf(subject, plan);
      const store = group && storeOf(judge, group, plan);
      if (store === undefined) return;
      if (isDeclared(group, plan)) return judge.notApplicable(flowsDecide);
      const range = peer.at.state === "known" ? (peer.at.text() ?? "") : "the range";
      judge.fail(peer.at, `a login to ${store.name} from any machine in ${range}`);
    });
  }
}
