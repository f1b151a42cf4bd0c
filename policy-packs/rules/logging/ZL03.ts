/**
 * Microsoft Learn, "Manage data retention in a Log Analytics workspace": 30 days unless said otherwise.
 * Telemetry of an application that comes into one is no record of who did what.
 */
import { demandRule } from "../shared/flag-rule.ts";
import { whereUsed } from "../shared/where-used.ts";

const retentionDaysMin = 365;

const workspace = "azure-native:operationalinsights:Workspace";
const setting = "azure-native:monitor:DiagnosticSetting";
const analytics = "networkWatcherFlowAnalyticsConfiguration";

const rule = demandRule({
  id: "ZL03",
  sentence: "A workspace that takes records of who did what keeps them for a year.",
  why: "Break-ins are found after months, when the record is gone.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-11"],
  fix: "Set retentionInDays to 365 or more.",
  demands: {
    [workspace]: [
      {
        path: ["retentionInDays"],
        holds: (value) => Number(value ?? 30) >= retentionDaysMin,
        witness: "what happened a month ago is gone",
        good: retentionDaysMin,
        bad: 30,
      },
    ],
  },
  // Keeping longer costs money.
  remedy: "opt-in",
});

export const ZL03 = whereUsed(
  rule,
  {
    from: [
      setting,
      "azure-native:aadiam:DiagnosticSetting",
      "azure-native:monitor:SubscriptionDiagnosticSetting",
      "azure-native:network:FlowLog",
      "azure-native:securityinsights:SentinelOnboardingState",
    ],
    to: workspace,
    properties: ({ inputs }) => [
      inputs.at("workspaceId"),
      inputs.at("workspaceName"),
      inputs.at("flowAnalyticsConfiguration", analytics, "workspaceResourceId"),
    ],
  },
  { type: setting, property: "workspaceId" },
  "nothing planned here sends such records to it",
);
