/** Microsoft Learn, "Enable infrastructure encryption for double encryption of data". */
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const ZD01d = demandRule({
  id: "ZD01d",
  sentence: "A storage account encrypts twice, with two keys.",
  why: "One broken key or algorithm opens all the data.",
  // The data is encrypted once in any case; CIS asks for the second layer on its level 2 only.
  severity: "low",
  level: "advisory",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-azure-2.1.0", "3.2"),
    iso("azure", "A.8.24", "storage_infrastructure_encryption_is_enabled"),
  ],
  fix: "Set encryption.requireInfrastructureEncryption to true.",
  demands: {
    "azure-native:storage:StorageAccount": [
      {
        path: ["encryption", "requireInfrastructureEncryption"],
        holds: (value) => value === "true",
        witness: "one key of the service opens the data",
        good: true,
        bad: false,
      },
    ],
  },
  // An account that exists is replaced.
  remedy: "opt-in",
});
