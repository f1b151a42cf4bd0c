/** Microsoft Learn, "Microsoft Entra ID Protection: risk-based access policies". */
import { cis } from "../shared/benchmarks.ts";
import {
  asksForFactor,
  blocks,
  has,
  isForApplications,
  policySetRule,
} from "../shared/conditional-access.ts";

export const EI18 = policySetRule({
  id: "EI18",
  sentence: "Risky users and sign-ins are stopped.",
  why: "Entra knows that a password was found in a theft, or a sign-in comes by an anonymising network, and lets both in.",
  severity: "high",
  tenets: ["T4", "T5"],
  controls: ["SI-4", "AC-2(12)"],
  frameworks: [cis("cis-azure-2.1.0", "1.2.5")],
  fix: "Plan policies for all users with signInRiskLevels and userRiskLevels high and medium that ask for mfa, a new password or block.",
  does: (policy) => {
    const conditions = policy.at("conditions");
    const risky =
      has(conditions.at("signInRiskLevels"), "high") ||
      has(conditions.at("userRiskLevels"), "high");
    return risky && isForApplications(policy) && (blocks(policy) || asksForFactor(policy));
  },
  witness: "a sign-in that Entra itself calls high risk",
  good: {
    conditions: { signInRiskLevels: ["high", "medium"] },
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  },
});
