/**
 * Amazon RDS User Guide and Amazon Aurora User Guide, "Publishing database logs to Amazon CloudWatch
 * Logs": none unless asked for. Of each engine the log is meant that tells who logged in and what
 * he did. An instance of an Aurora cluster has none of its own, nor has RDS Custom.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { listRule } from "../shared/list-rule.ts";

const cluster = "aws:rds/cluster:Cluster";
const instance = "aws:rds/instance:Instance";

/** By the beginning of an engine's name, the log that tells. */
const logs: readonly (readonly [RegExp, string])[] = [
  [/^(aurora-)?mysql|^mariadb/, "audit"],
  [/^(aurora-)?postgres/, "postgresql"],
  [/^oracle/, "audit"],
  [/^sqlserver/, "error"],
  [/^db2/, "diag.log"],
];

export const AL12e = listRule({
  id: "AL12e",
  sentence: "A database hands on the log of who logged in and what he did.",
  why: "Whoever takes over the database deletes the only copy of what he did there.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  frameworks: [
    iso("aws", "A.8.15", "rds_cluster_integration_cloudwatch_logs"),
    iso("aws", "A.8.15", "rds_instance_integration_cloudwatch_logs"),
  ],
  fix: "List in enabledCloudwatchLogsExports audit (MySQL, MariaDB, Oracle), postgresql, error (SQL Server) or diag.log (Db2).",
  places: {
    [cluster]: {
      path: ["enabledCloudwatchLogsExports"],
      wanted,
      good: ["postgresql"],
      base: { engine: "aurora-postgresql" },
    },
    [instance]: {
      path: ["enabledCloudwatchLogsExports"],
      wanted,
      good: ["audit", "error"],
      base: { engine: "mysql" },
    },
  },
  witness: (missing) =>
    missing === "any"
      ? "a login and what follows leave no record outside the database"
      : `what the log ${missing} tells stays inside the database`,
  // CloudWatch Logs costs by the gigabyte.
  remedy: "opt-in",
  more: [
    {
      kind: "violating",
      says: "the slow query log alone",
      expect: "fail",
      resources: alone(instance, {
        engine: "mariadb",
        enabledCloudwatchLogsExports: ["slowquery"],
      }),
      witness: "audit",
    },
    {
      kind: "clean",
      says: "RDS Custom cannot",
      expect: "not-applicable",
      resources: alone(instance, { engine: "custom-oracle-ee" }),
    },
    {
      kind: "absent",
      says: "a replica, whose engine is its source's",
      expect: "fail",
      resources: alone(instance, { replicateSourceDb: "shop" }),
    },
  ],
});

function wanted(inputs: View): readonly string[] | "any" | undefined {
  const engine = inputs.at("engine").text();
  if (engine === undefined) return "any";
  const found = logs.find(([form]) => form.test(engine));
  return found && [found[1]];
}
