/** Amazon Cognito Developer Guide, "Adding MFA to a user pool": OFF by default; OPTIONAL leaves it to each user. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI69 = demandRule({
  id: "AI69",
  sentence: "A user pool asks every user for a second factor.",
  why: "Passwords leaked elsewhere are tried here by machines, and some of them fit.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["IA-2(1)", "IA-2(2)", "IA-8"],
  fix: "Set mfaConfiguration to ON, or to OPTIONAL with userPoolAddOns.advancedSecurityMode ENFORCED, which asks where a sign-in is unusual.",
  demands: {
    "aws:cognito/userPool:UserPool": [
      {
        path: ["mfaConfiguration"],
        when: (inputs) =>
          inputs.at("mfaConfiguration").text() !== "OPTIONAL" ||
          inputs.at("userPoolAddOns", "advancedSecurityMode").text() !== "ENFORCED",
        holds: (value) => value === "ON",
        witness: "a sign-in with a leaked password",
        good: "ON",
        bad: "OFF",
      },
    ],
  },
});
