/** Microsoft Learn, "Azure Key Vault soft-delete overview": soft delete is on, purge protection off. */
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const ZD02a = demandRule({
  id: "ZD02a",
  sentence: "What is deleted in a key vault can be brought back, and nobody can purge it.",
  why: "Whoever purges a key destroys all that it encrypted, for good.",
  severity: "high",
  tenets: ["T5"],
  controls: ["SC-12", "CP-9"],
  frameworks: [cis("cis-azure-2.1.0", "8.5")],
  fix: "Set properties.enablePurgeProtection to true and leave enableSoftDelete on.",
  demands: {
    "azure-native:keyvault:ManagedHsm": [
      {
        path: ["properties", "enablePurgeProtection"],
        holds: (value) => value !== "false",
        witness: "a delete and a purge of the whole HSM",
        good: true,
        bad: false,
      },
    ],
    "azure-native:keyvault:Vault": [
      {
        path: ["properties", "enablePurgeProtection"],
        holds: (value) => value === "true",
        witness: "a delete and a purge of a key",
        good: true,
        bad: false,
      },
      {
        path: ["properties", "enableSoftDelete"],
        holds: (value) => value !== "false",
        witness: "a delete of a key",
        good: true,
        bad: false,
      },
    ],
  },
  // It can never be switched off again.
  remedy: "opt-in",
});
