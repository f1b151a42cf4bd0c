/**
 * Microsoft Learn, "Enable cluster disk encryption in Azure Data Explorer" and "Transparent data
 * encryption for SQL Database, SQL Managed Instance, and Azure Synapse Analytics": both are off
 * unless they are switched on. ZD37 asks for the latter beside every pool.
 */
import { demandRule } from "../shared/flag-rule.ts";

export const ZD31 = demandRule({
  id: "ZD31",
  sentence: "Disks of Data Explorer and pools of Synapse are encrypted.",
  why: "Whoever gets hold of a copied disk or a backup reads the data without any key.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  fix: "Set enableDiskEncryption of the cluster to true, and status of the pool's encryption to Enabled.",
  demands: {
    "azure-native:kusto:Cluster": [
      {
        path: ["enableDiskEncryption"],
        holds: (value) => value === "true",
        witness: "a copy of a node's disk is read without any key",
        good: true,
        bad: false,
      },
    ],
    "azure-native:synapse:SqlPoolTransparentDataEncryption": [
      {
        path: ["status"],
        holds: (value) => value === "Enabled",
        witness: "a copy of the pool's files is read without any key",
        good: "Enabled",
        bad: "Disabled",
      },
    ],
  },
});
