/** Microsoft Learn, "Manage data retention in a Log Analytics workspace": 30 days unless said otherwise. */
import { demandRule } from "../shared/flag-rule.ts";

const retentionDaysMin = 365;

export const ZL03 = demandRule({
  id: "ZL03",
  sentence: "A workspace keeps its logs for a year.",
  why: "Break-ins are found after months, when the record is gone.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-11"],
  fix: "Set retentionInDays to 365 or more.",
  demands: {
    "azure-native:operationalinsights:Workspace": [
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
