/**
 * Microsoft Learn, "Prevent object replication across Microsoft Entra tenants": not allowed in new
 * accounts of which nothing is said.
 */
import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const ZD01f = demandRule({
  id: "ZD01f",
  sentence: "A storage account replicates into no other tenant.",
  why: "Whoever may write replication policies has all that is written from now on copied to an account of their own.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-4", "AC-21"],
  frameworks: [cis("cis-azure-2.1.0", "3.16")],
  fix: "Leave allowCrossTenantReplication out or set it to false.",
  demands: {
    "azure-native:storage:StorageAccount": [
      {
        path: ["allowCrossTenantReplication"],
        holds: (value) => value !== "true",
        witness: "a replication policy to an account of another tenant takes effect",
        good: false,
        bad: true,
      },
    ],
  },
  // Azure refuses it as long as such a policy is there.
  remedy: "opt-in",
});
