/**
 * Amazon RDS and Aurora. Amazon RDS User Guide, "Requiring an SSL connection": rds.force_ssl is on
 * from PostgreSQL 15 (Aurora: 17), require_secure_transport off in MySQL 8.0 and MariaDB 11.4. Of
 * newer families only a group that switches it off is told.
 */
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import type { Parameter } from "../shared/parameter-rule.ts";
import { parameterRule } from "../shared/parameter-rule.ts";

const instances = "aws:rds/parameterGroup:ParameterGroup";

/** Per engine its parameter, and the first version in which it is not known to be off. */
const engines: Readonly<Record<string, { readonly name: string; readonly onFrom: number }>> = {
  postgres: { name: "rds.force_ssl", onFrom: 15 },
  "aurora-postgresql": { name: "rds.force_ssl", onFrom: 17 },
  mysql: { name: "require_secure_transport", onFrom: 8.4 },
  "aurora-mysql": { name: "require_secure_transport", onFrom: 8.4 },
  mariadb: { name: "require_secure_transport", onFrom: 11.8 },
  "sqlserver-ee": { name: "rds.force_ssl", onFrom: Number.POSITIVE_INFINITY },
  "sqlserver-ex": { name: "rds.force_ssl", onFrom: Number.POSITIVE_INFINITY },
  "sqlserver-se": { name: "rds.force_ssl", onFrom: Number.POSITIVE_INFINITY },
  "sqlserver-web": { name: "rds.force_ssl", onFrom: Number.POSITIVE_INFINITY },
};

export const AD08e = parameterRule({
  id: "AD08e",
  sentence: "A database takes connections by TLS only.",
  why: "Whoever listens in the network reads queries, results and passwords.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  frameworks: [iso("aws", "A.8.24", "rds_instance_transport_encrypted")],
  fix: "Set the parameter rds.force_ssl to 1, or of MySQL and MariaDB require_secure_transport to ON.",
  families: {
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": "aurora-mysql8.0",
    [instances]: "postgres14",
  },
  parameterOf,
  more: [
    {
      kind: "absent",
      says: "PostgreSQL 17 asks by itself",
      expect: "pass",
      resources: alone(instances, { family: "postgres17" }),
    },
    {
      kind: "absent",
      says: "SQL Server does not",
      expect: "fail",
      resources: alone(instances, { family: "sqlserver-se-16.0" }),
    },
    {
      kind: "clean",
      says: "of Aurora the cluster decides",
      expect: "not-applicable",
      resources: alone(instances, { family: "aurora-postgresql14" }),
    },
    {
      kind: "clean",
      says: "Oracle has no such parameter",
      expect: "not-applicable",
      resources: alone(instances, { family: "oracle-ee-19" }),
    },
  ],
  witness: "a client that speaks no TLS logs in",
});

/** `postgres14` is an engine and a version, `sqlserver-se-16.0` as well. */
function parameterOf(family: string, type: string): Parameter | undefined {
  // Of Aurora the cluster decides, and its instances' groups cannot.
  if (type === instances && family.startsWith("aurora")) return undefined;
  const [, engine = "", version = ""] = /^([a-z-]+?)-?(\d[\d.]*)$/.exec(family) ?? [];
  const known = engines[engine];
  return known && { name: known.name, byDefault: Number.parseFloat(version) >= known.onFrom };
}
