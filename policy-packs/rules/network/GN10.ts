/** VPC documentation, "VPC firewall rules", "Implied rules": all egress is allowed unless a rule denies. */
import type { Family } from "../../../model/base/address.ts";
import { covers, union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { every4, every6 } from "../../lift/address-set.ts";
import type { EdgeRule } from "../../lift/edge-rule.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { egressDenyExamples } from "../shared/egress-deny-examples.ts";
import { rulesForAll } from "../shared/gcp-network-rules.ts";
import type { Relation } from "../shared/refers-to.ts";
import { sureReferrersOf } from "../shared/refers-to.ts";
import { someWritten } from "../shared/some-of.ts";

const subnets: Relation = {
  from: [gcpTypes.subnet],
  to: [gcpTypes.network],
  properties: ({ inputs }) => [inputs.at("network")],
};
const every = { 4: every4, 6: every6 } as const;

export const GN10: Rule = {
  id: "GN10",
  sentence: "Every network denies what leaves it unless a rule allows it.",
  why: "Who has taken over one machine fetches his tools and sends the data out by any way he likes.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Plan a rule without target that denies all EGRESS to 0.0.0.0/0 (and ::/0), with a priority after those that allow.",
  subjects: [gcpTypes.network],
  needs: "plan",
  check: (subject, judge, plan) => {
    const rules = rulesForAll(subject, plan);
    if (rules === undefined) return judge.notApplicable("a policy of another stack guards it");
    for (const family of familiesOf(subject, plan)) {
      judge.part(() => {
        if (someWritten(judge, rules, (rule) => deniesAllOut(rule, family)) !== "no") return;
        const somebody = family === 4 ? "203.0.113.7" : "2001:db8::7";
        judge.fail({ urn: subject.urn, path: "" }, `a call from any machine to ${somebody}`);
      });
    }
  },
  examples: egressDenyExamples,
};

function deniesAllOut(rule: EdgeRule, family: Family): boolean {
  if (rule.direction !== "out" || rule.action !== "deny") return false;
  const peers = rule.peers.map((peer) => (peer.kind === "addresses" ? peer.addresses() : []));
  return covers(rule.selectors, everyLayer4) && covers(peers.reduce(union, []), every[family]);
}

/** IPv6 where one of its subnets has it. */
function familiesOf(subject: PlannedResource, plan: Plan): Family[] {
  const has6 = sureReferrersOf(plan, subject, subnets).some(({ inputs }) =>
    /IPV6/.test(inputs.at("stackType").text() ?? ""),
  );
  return has6 ? [4, 6] : [4];
}
