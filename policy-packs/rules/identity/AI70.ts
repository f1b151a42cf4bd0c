/** Amazon Cognito Developer Guide, "Advanced security with threat protection": off by default. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI70 = demandRule({
  id: "AI70",
  sentence: "A user pool stops sign-ins that are unusual.",
  why: "A stolen password from a new device and country is taken like the user's own.",
  severity: "low",
  tenets: ["T4", "T7"],
  controls: ["IA-10", "SI-4", "AC-7"],
  fix: "Set userPoolTier to PLUS and userPoolAddOns.advancedSecurityMode to ENFORCED.",
  demands: {
    "aws:cognito/userPool:UserPool": [
      {
        path: ["userPoolAddOns", "advancedSecurityMode"],
        holds: (value) => value === "ENFORCED",
        witness: "a thousand leaked passwords, tried from one address",
        good: "ENFORCED",
        bad: "OFF",
      },
    ],
  },
});
