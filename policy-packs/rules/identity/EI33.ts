/**
 * Microsoft Learn, "Azure role-based access control vs. access policies": a vault decides by its own
 * policies unless it is said, in all versions of the interface before 2026.
 */
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const EI33 = demandRule({
  id: "EI33",
  sentence: "A key vault decides by roles.",
  why: "Whoever may edit the vault gives himself its secrets by an access policy, which no eligibility, condition or scope limits.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6"],
  frameworks: [cis("cis-azure-2.1.0", "8.6")],
  fix: "Set properties.enableRbacAuthorization to true, and assign roles on the data.",
  demands: {
    "azure-native:keyvault:Vault": [
      {
        path: ["properties", "enableRbacAuthorization"],
        holds: (value) => value === "true",
        witness: "an access policy with all permissions, written by a Contributor",
        good: true,
        bad: false,
      },
    ],
  },
});
