/**
 * Amazon Aurora and Multi-AZ clusters of RDS. Amazon Aurora User Guide, "Encrypting Amazon Aurora
 * resources": since February 2026 Aurora encrypts new clusters of which nothing is said, also those
 * of a global database.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { startsEmpty, storageEncrypted } from "../shared/encrypted-store.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:rds/cluster:Cluster";
const global = "aws:rds/globalCluster:GlobalCluster";

const isAurora = (inputs: View) => /^aurora/.test(inputs.at("engine").text() ?? "");

export const AD07d = demandRule({
  id: "AD07d",
  sentence: "A database cluster is encrypted.",
  why: "Its snapshots and backups are as readable as it is, for whoever gets hold of one.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-28", "SC-28(1)"],
  frameworks: [iso("aws", "A.8.24", "rds_cluster_storage_encrypted")],
  fix: "Set storageEncrypted to true.",
  demands: {
    [type]: [
      {
        ...storageEncrypted,
        holds: (value) => value !== "false",
        when: (inputs) => startsEmpty(inputs) && isAurora(inputs),
      },
      { ...storageEncrypted, when: (inputs) => startsEmpty(inputs) && !isAurora(inputs) },
    ],
    [global]: [{ ...storageEncrypted, holds: (value) => value !== "false", when: startsEmpty }],
  },
  base: { [type]: { engine: "aurora-postgresql" } },
  absent: "pass",
  more: [
    {
      kind: "absent",
      says: "a Multi-AZ cluster of which nothing is said",
      expect: "fail",
      resources: alone(type, { engine: "postgres" }),
      path: "storageEncrypted",
    },
    {
      kind: "clean",
      says: "restored from a snapshot",
      expect: "not-applicable",
      resources: alone(type, { engine: "postgres", snapshotIdentifier: "before" }),
    },
  ],
  // A cluster that exists is replaced.
  remedy: "opt-in",
});
