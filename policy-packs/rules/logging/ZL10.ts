/**
 * Microsoft Learn, "Onboard Microsoft Sentinel". It is asked of a workspace to which the plan sends
 * a subscription's activity log or Entra's logs: that is where the record of an organisation lies.
 */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { companionRule } from "../shared/companion-rule.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { referrersOf, refersBy } from "../shared/refers-to.ts";

const workspace = "azure-native:operationalinsights:Workspace";
const onboarding = "azure-native:securityinsights:SentinelOnboardingState";
const solution = "azure-native:operationsmanagement:Solution";
const activity = "azure-native:monitor:SubscriptionDiagnosticSetting";

/** An onboarding names no product: it is of Sentinel. */
const sentinel = "SecurityInsights";

const senders: Relation = {
  from: [activity, "azure-native:aadiam:DiagnosticSetting"],
  to: workspace,
  properties: ({ inputs }) => [inputs.at("workspaceId")],
};

export const ZL10 = companionRule({
  id: "ZL10",
  sentence: "The workspace that takes the activity log or Entra's logs is watched by Sentinel.",
  why: "The record of an attack lies there, and nothing reads it.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-6", "SI-4"],
  fix: "Plan a SentinelOnboardingState named default with the workspace's name.",
  about: { [workspace]: { retentionInDays: 365 } },
  when: takesRecords,
  relation: {
    from: [onboarding, solution],
    to: workspace,
    properties: ({ inputs }) => [inputs.at("workspaceName"), inputs.at("workspaceResourceId")],
  },
  does: (inputs) => /securityinsights/i.test(inputs.at("plan", "product").text() ?? sentinel),
  witness: "a sign-in from two countries at once that nothing notices",
  companion: { type: onboarding, property: "workspaceName", props: { customerManagedKey: false } },
  around: [referring(activity, "activity", "workspaceId", "subject", { name: "activity" })],
  more: [
    {
      kind: "clean",
      says: "a workspace of one application",
      expect: "not-applicable",
      resources: [{ type: workspace, name: "app", props: { retentionInDays: 365 } }],
    },
  ],
});

function takesRecords(subject: PlannedResource, plan: Plan): boolean {
  return referrersOf(plan, subject, senders).some((one) => refersBy(plan, senders, one, subject));
}
