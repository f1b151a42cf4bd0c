/** Amazon DocumentDB. Developer Guide, "Encrypting Amazon DocumentDB data at rest". */
import { iso } from "../shared/benchmarks.ts";
import { storageEncrypted } from "../shared/encrypted-store.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AD07k = demandRule({
  id: "AD07k",
  sentence: "A document database is encrypted.",
  why: "Its snapshots and backups are as readable as it is, for whoever gets hold of one.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "documentdb_cluster_storage_encrypted")],
  fix: "Set storageEncrypted to true.",
  demands: {
    "aws:docdb/cluster:Cluster": [storageEncrypted],
    "aws:docdb/globalCluster:GlobalCluster": [storageEncrypted],
  },
  // A cluster that exists is replaced.
  remedy: "opt-in",
});
