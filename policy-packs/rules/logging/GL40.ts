/**
 * Cloud SQL for PostgreSQL, "Configure database flags": log_min_duration_statement writes the text of
 * every statement that takes so long, with the values in it; -1, the default, writes none.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import { valueOfParameter } from "../shared/parameter-rule.ts";

const type = "gcp:sql/databaseInstance:DatabaseInstance";
const name = "log_min_duration_statement";

export const GL40: Rule = {
  id: "GL40",
  sentence: "A PostgreSQL instance of Cloud SQL writes no statement into its log for being slow.",
  why: "Whoever may read the log reads the data and passwords that stand in statements.",
  severity: "low",
  tenets: ["T2", "T7"],
  controls: ["AU-3", "AU-9", "SC-28"],
  frameworks: [cis("cis-gcp-3.0.0", "6.2.7")],
  fix: "Leave log_min_duration_statement out or set it to -1; Query Insights shows slow statements without their values.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (!(inputs.at("databaseVersion").text() ?? "").startsWith("POSTGRES")) {
      return judge.notApplicable("it is no PostgreSQL");
    }
    const value = valueOfParameter(inputs.at("settings", "databaseFlags"), name);
    if (value === undefined || value.text() === "-1") return;
    judge.fail(value, "logging.logEntries.list shows statements with their values");
  },
  examples: [
    {
      kind: "violating",
      says: "every statement",
      expect: "fail",
      resources: instance([{ name, value: "0" }]),
      path: "settings.databaseFlags[0].value",
    },
    { kind: "clean", says: "none", expect: "pass", resources: instance([{ name, value: "-1" }]) },
    {
      kind: "clean",
      says: "MySQL has no such flag",
      expect: "not-applicable",
      resources: alone(type, { databaseVersion: "MYSQL_8_0" }),
    },
    {
      kind: "unknown",
      says: "the flags are not known",
      expect: "unknown",
      resources: instance(unknownHere),
    },
    {
      kind: "absent",
      says: "no flags",
      expect: "pass",
      resources: alone(type, { databaseVersion: "POSTGRES_17" }),
    },
  ],
};

function instance(databaseFlags: Json) {
  return alone(type, { databaseVersion: "POSTGRES_17", settings: { databaseFlags } });
}
