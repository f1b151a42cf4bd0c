/**
 * Microsoft Learn, "Azure activity log": kept for 90 days unless a subscription's setting sends it
 * on. That there is none is said where the plan names the subscription's security contact: it is
 * then what sets the subscription up. Several settings together may send everything.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { cis } from "../shared/benchmarks.ts";
import { someOf } from "../shared/some-of.ts";

const setting = "azure-native:monitor:SubscriptionDiagnosticSetting";
const contact = "azure-native:security:SecurityContact";
/** Who changed what; the rest of the activity log is about health. */
const demanded = ["Administrative", "Alert", "Policy", "Security"];

export const ZL02: Rule = {
  id: "ZL02",
  sentence: "A subscription's activity log is sent on, with all that tells who changed what.",
  why: "After 90 days nothing tells who opened a network, gave himself a role or switched an alert off.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-11", "AU-12"],
  frameworks: [cis("cis-azure-2.1.0", "5.1.1"), cis("cis-azure-2.1.0", "5.1.2")],
  fix: "Plan a SubscriptionDiagnosticSetting that enables the categories Administrative, Alert, Policy and Security.",
  subjects: [setting, contact],
  needs: "plan",
  check: (subject, judge, plan) => {
    const settings = plan.ofType(setting);
    if (subject.type === contact) {
      if (settings.length > 0) return;
      return judge.fail({ urn: subject.urn, path: "" }, "a change of 91 days ago has no record");
    }
    for (const category of demanded) {
      const sent = someOf(judge, settings, ({ inputs }) =>
        entriesOf(inputs.at("logs")).some((log) => sends(log, category)),
      );
      if (sent === "no") {
        judge.fail(subject.inputs.at("logs"), `an event of category ${category} is not sent on`);
      }
    }
  },
  examples: [
    {
      kind: "violating",
      says: "changes only",
      expect: "fail",
      resources: [sending([{ category: "Administrative", enabled: true }])],
      path: "logs",
      witness: "Policy",
    },
    {
      kind: "violating",
      says: "one category is off",
      expect: "fail",
      resources: [
        sending(demanded.map((category) => ({ category, enabled: category !== "Security" }))),
      ],
      witness: "Security",
    },
    {
      kind: "clean",
      says: "all four",
      expect: "pass",
      resources: [sending(demanded.map((category) => ({ category, enabled: true })))],
    },
    {
      kind: "clean",
      says: "the group of all",
      expect: "pass",
      resources: [sending([{ categoryGroup: "allLogs", enabled: true }])],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: [sending(unknownHere)],
      path: "logs",
    },
    {
      kind: "absent",
      says: "a subscription is set up without one",
      expect: "fail",
      resources: [{ type: contact, name: "contact", props: { emails: "soc@example.com" } }],
      path: "",
    },
  ],
};

function sends(log: View, category: string): boolean {
  if (log.at("enabled").flag() !== true) return false;
  return log.at("categoryGroup").text() === "allLogs" || log.at("category").text() === category;
}

function sending(logs: Json): ExampleResource {
  return { type: setting, name: "activity", props: { workspaceId: "w", logs } };
}
