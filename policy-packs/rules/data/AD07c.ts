/** Amazon RDS. Amazon RDS User Guide, "Encrypting Amazon RDS resources". */
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { storageEncrypted } from "../shared/encrypted-store.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const AD07c = demandRule({
  id: "AD07c",
  sentence: "A database instance is encrypted.",
  why: "Its snapshots and backups are as readable as it is, for whoever gets hold of one.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-aws-3.0.0", "2.3.1"),
    iso("aws", "A.8.24", "rds_instance_storage_encrypted"),
  ],
  fix: "Set storageEncrypted to true.",
  demands: { "aws:rds/instance:Instance": [storageEncrypted] },
  more: [
    {
      kind: "clean",
      says: "a replica is as its source",
      expect: "not-applicable",
      resources: alone("aws:rds/instance:Instance", { replicateSourceDb: "primary" }),
    },
  ],
  // An instance that exists is replaced.
  remedy: "opt-in",
});
