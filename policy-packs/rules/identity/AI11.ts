/**
 * IAM User Guide, "Update the maximum session duration": an hour unless it is said. It concerns who
 * assumes a role himself: people by SAML, and identities of accounts; services renew by themselves.
 */
import type { View } from "../../../model/policy/view.ts";
import { roleType } from "../../lift/role-trust.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { speaksOfEverybody, statementsOf, textsOf } from "../shared/policy-document.ts";

const hour_s = 3600;

export const AI11 = demandRule({
  id: "AI11",
  sentence: "Sessions of roles that people and accounts assume end within an hour.",
  why: "A stolen session stays good for all the time that is left of it, whatever is revoked meanwhile.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["AC-12", "IA-11"],
  fix: "Set maxSessionDuration to 3600, or leave it out.",
  demands: {
    [roleType]: [
      {
        path: ["maxSessionDuration"],
        holds: (seconds) => seconds === undefined || Number(seconds) <= hour_s,
        when: isAssumedDirectly,
        witness: "credentials copied in the morning work in the evening",
        good: hour_s,
        bad: 43200,
      },
    ],
  },
  base: {
    [roleType]: {
      assumeRolePolicy: {
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111122223333:root" },
            Action: "sts:AssumeRole",
          },
        ],
      },
    },
  },
  // What runs longer than the new limit has to sign in again.
  remedy: "opt-in",
});

function isAssumedDirectly(inputs: View): boolean {
  return statementsOf(inputs.at("assumeRolePolicy")).some((statement) => {
    if (statement.at("Effect").text() !== "Allow") return false;
    const principal = statement.at("Principal");
    if (speaksOfEverybody(statement)) return true;
    if (principal.keys().includes("AWS")) return true;
    return textsOf(principal.at("Federated")).some((one) => one.includes(":saml-provider/"));
  });
}
