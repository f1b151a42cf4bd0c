/**
 * Microsoft Learn, "Logging in Azure Database for PostgreSQL" and "Audit logs in Azure Database for
 * MySQL". Each parameter is a resource of its own; one that is not planned is the service's own choice.
 */

import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const postgres = ["log_checkpoints", "log_connections", "log_disconnections", "log_retention"];
const mysql = ["audit_log_enabled"];
const type = "azure-native:dbforpostgresql:Configuration";

export const ZL11 = demandRule({
  id: "ZL11",
  sentence: "No parameter of a database switches its log of connections, or its audit, off.",
  why: "Nobody can tell afterwards who logged in to the database, and from where.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    ...["4.3.2", "4.3.3", "4.3.4", "4.4.3"].map((control) => cis("cis-azure-2.1.0", control)),
    iso("azure", "A.8.15", "postgresql_flexible_server_log_connections_on"),
  ],
  fix: "Set the value of log_checkpoints, log_connections, log_disconnections, log_retention and audit_log_enabled to on.",
  demands: {
    "azure-native:dbformysql:Configuration": mysql.map(isOn),
    "azure-native:dbformysql:SingleServerConfiguration": mysql.map(isOn),
    [type]: postgres.map(isOn),
    "azure-native:dbforpostgresql:SingleServerConfiguration": postgres.map(isOn),
  },
  absent: "pass",
  more: [
    {
      kind: "clean",
      says: "another parameter",
      expect: "not-applicable",
      resources: alone(type, { configurationName: "work_mem", value: "off" }),
    },
  ],
  // Logs cost by the gigabyte.
  remedy: "opt-in",
});

function isOn(name: string): Demand {
  return {
    path: ["value"],
    holds: (value) => value === undefined || /^(on|1|true)$/i.test(value),
    when: (inputs) => inputs.at("configurationName").text()?.toLowerCase() === name,
    apart: { configurationName: name },
    witness: "a login that leaves no record",
    good: "on",
    bad: "off",
  };
}
