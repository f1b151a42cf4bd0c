/** Any port open to every address in GCP: load balancers call from Google's own, narrow ranges. */
import type { Rule } from "../../../model/policy/rule.ts";
import { gcpRulesOf, gcpRuleWriters } from "../../lift/gcp-rules.ts";
import { isDeclaredInGcp } from "../shared/declared-rules.ts";
import { gcpPlan, gcpPolicyFirst } from "../shared/network-plans.ts";
import { declaredRule } from "../shared/open-azure-examples.ts";
import { gcpPortExamples } from "../shared/open-port-examples.ts";
import { everyPort, judgeOpenToAll, unlessDeclared } from "../shared/open-to-all.ts";

export const GN01: Rule = {
  id: "GN01",
  sentence: "No port of a machine is open to everybody.",
  why: "Whatever listens there is called by everybody on the internet, before anybody has said who he is.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the ranges, tags or service accounts that call; let everybody come by an external load balancer.",
  subjects: gcpRuleWriters,
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeOpenToAll(judge, gcpRulesOf(subject), everyPort, () =>
      unlessDeclared(judge, subject, plan, isDeclaredInGcp),
    ),
  examples: [
    ...gcpPortExamples(8443),
    {
      kind: "clean",
      says: "a segment that everybody may call by a declared flow",
      expect: "not-applicable",
      resources: declaredRule("web-in4", gcpPlan(gcpPolicyFirst)),
    },
  ],
};
