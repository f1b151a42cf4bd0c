/**
 * Cloud SQL documentation, "Configure database flags" of MySQL and SQL Server: local_infile is on
 * unless a flag says otherwise, the other two are off.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const off = /^(off|0|false)$/i;

/** A flag that opens something, of one engine; `byDefault` says whether it is off by itself. */
function flag(name: string, engine: string, byDefault: boolean, witness: string): Demand {
  return {
    path: ["settings", "databaseFlags", `name=${name}`, "value"],
    holds: (value) => (value === undefined ? byDefault : off.test(value)),
    when: (inputs: View) => inputs.at("databaseVersion").text()?.startsWith(engine) ?? false,
    witness,
    good: "off",
    bad: "on",
    apart: { databaseVersion: `${engine}_2022`, settings: { tier: "db-custom-2-7680" } },
  };
}

export const GD51 = demandRule({
  id: "GD51",
  sentence:
    "No flag of a database lets logins in, or rights through, that its instance does not know.",
  why: "Whoever owns one database reads another, or has a client hand over files of its own.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "CM-7"],
  frameworks: [cis("cis-gcp-3.0.0", "6.1.3"), cis("cis-gcp-3.0.0", "6.3.2")],
  fix: 'Set the databaseFlags local_infile, "cross db ownership chaining" and "contained database authentication" to off.',
  demands: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      flag("local_infile", "MYSQL", false, "LOAD DATA LOCAL INFILE reads a file of the client"),
      flag(
        "cross db ownership chaining",
        "SQLSERVER",
        true,
        "an owner of one database reads tables of another",
      ),
      flag(
        "contained database authentication",
        "SQLSERVER",
        true,
        "a user that only one database knows logs in",
      ),
    ],
  },
  more: [
    {
      kind: "absent",
      says: "another flag",
      expect: "fail",
      resources: alone("gcp:sql/databaseInstance:DatabaseInstance", {
        databaseVersion: "MYSQL_8_4",
        settings: { databaseFlags: [{ name: "slow_query_log", value: "on" }] },
      }),
      path: "settings.databaseFlags",
    },
    {
      kind: "clean",
      says: "PostgreSQL has none of them",
      expect: "not-applicable",
      resources: alone("gcp:sql/databaseInstance:DatabaseInstance", {
        databaseVersion: "POSTGRES_17",
      }),
    },
  ],
});
