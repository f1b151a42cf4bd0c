/** Microsoft Learn, "Conditional Access report-only mode": such a policy stops nobody. */
import { accessPolicyType } from "../shared/conditional-access.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const EI12 = demandRule({
  id: "EI12",
  sentence: "A conditional access policy is in force.",
  why: "A policy that only reports looks like protection in every list, and lets the attacker in.",
  severity: "high",
  tenets: ["T4"],
  controls: ["AC-3", "AC-2(12)"],
  fix: "Set state to enabled.",
  demands: {
    [accessPolicyType]: [
      {
        path: ["state"],
        holds: (state) => state === "enabled",
        witness: "a sign-in that the policy would have stopped",
        good: "enabled",
        bad: "enabledForReportingButNotEnforced",
      },
    ],
  },
});
