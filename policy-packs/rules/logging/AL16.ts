/**
 * Amazon DocumentDB Developer Guide, "Auditing Amazon DocumentDB events"; Neptune User Guide, "Using
 * audit logs"; Amazon Redshift Management Guide, "Database audit logging": handed on only where asked for.
 */
import { iso } from "../shared/benchmarks.ts";
import { listRule } from "../shared/list-rule.ts";

const audit = { wanted: () => ["audit"], good: ["audit"] } as const;

export const AL16 = listRule({
  id: "AL16",
  sentence: "A cluster of DocumentDB, Neptune or serverless Redshift hands on its audit log.",
  why: "Whoever takes over the database deletes the only copy of what he did there.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-9", "AU-12"],
  frameworks: [
    iso("aws", "A.8.15", "documentdb_cluster_cloudwatch_log_export"),
    iso("aws", "A.8.15", "neptune_cluster_integration_cloudwatch_logs"),
  ],
  fix: "List audit in enabledCloudwatchLogsExports (Neptune: enableCloudwatchLogsExports), and of Redshift connectionlog and useractivitylog in logExports.",
  places: {
    "aws:docdb/cluster:Cluster": {
      ...audit,
      path: ["enabledCloudwatchLogsExports"],
      base: { engine: "docdb" },
    },
    "aws:neptune/cluster:Cluster": {
      ...audit,
      path: ["enableCloudwatchLogsExports"],
      base: { engine: "neptune" },
    },
    "aws:redshiftserverless/namespace:Namespace": {
      path: ["logExports"],
      wanted: () => ["connectionlog", "useractivitylog"],
      good: ["connectionlog", "useractivitylog"],
      base: { namespaceName: "shop" },
    },
  },
  witness: (missing) => `what the log ${missing} tells stays inside the database`,
  // CloudWatch Logs costs by the gigabyte.
  remedy: "opt-in",
});
