/** Amazon Neptune. User Guide, "Encrypting Neptune resources at rest". */
import { iso } from "../shared/benchmarks.ts";
import { storageEncrypted } from "../shared/encrypted-store.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AD07l = demandRule({
  id: "AD07l",
  sentence: "A graph database is encrypted.",
  why: "Its snapshots and backups are as readable as it is, for whoever gets hold of one.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "neptune_cluster_storage_encrypted")],
  fix: "Set storageEncrypted to true.",
  demands: { "aws:neptune/cluster:Cluster": [storageEncrypted] },
  // A cluster that exists is replaced.
  remedy: "opt-in",
});
