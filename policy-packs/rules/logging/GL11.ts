/**
 * Cloud SQL for PostgreSQL, "Configure database flags" and "Audit for PostgreSQL using pgAudit".
 * Connections and statements are not recorded unless asked for; of levels only such are told that
 * leave out errors.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { valueOfParameter } from "../shared/parameter-rule.ts";

const type = "gcp:sql/databaseInstance:DatabaseInstance";

/** What goes unrecorded without the flag. */
const switches: Readonly<Record<string, string>> = {
  "cloudsql.enable_pgaudit": "a statement that leaves no record",
  log_connections: "a login that leaves no record",
  log_disconnections: "a session whose end leaves no record",
};
const levels = ["log_min_error_statement", "log_min_messages"];
/** Levels that leave no ordinary error out. */
const loud = /^(debug[1-5]?|info|notice|warning|error)$/i;

/** All of them, for the examples. */
const on = ["log_connections", "log_disconnections", "cloudsql.enable_pgaudit"].map((name) => ({
  name,
  value: "on",
}));

export const GL11: Rule = {
  id: "GL11",
  sentence:
    "A PostgreSQL instance of Cloud SQL records logins, errors and, by pgAudit, statements.",
  why: "Nobody can tell afterwards who logged in, and which rows he took or changed.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    ...["2", "3", "5", "6", "8"].map((last) => cis("cis-gcp-3.0.0", `6.2.${last}`)),
    iso("gcp", "A.8.16", "cloudsql_instance_postgres_log_connections_flag"),
  ],
  fix: "Set the databaseFlags cloudsql.enable_pgaudit, log_connections and log_disconnections to on, and no level above error.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (!(inputs.at("databaseVersion").text() ?? "").startsWith("POSTGRES")) {
      return judge.notApplicable("it is no PostgreSQL");
    }
    const list = inputs.at("settings", "databaseFlags");
    for (const [name, witness] of Object.entries(switches)) {
      judge.part(() => {
        const flag = valueOfParameter(list, name);
        if (!/^(on|1|true)$/i.test(flag?.text() ?? "")) judge.fail(flag ?? list, witness);
      });
    }
    for (const name of levels) {
      judge.part(() => {
        const level = valueOfParameter(list, name);
        if (level !== undefined && !loud.test(level.text() ?? "")) {
          judge.fail(level, "an attempt that fails leaves no record");
        }
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "one is off",
      expect: "fail",
      resources: instance([...on.slice(1), { name: "log_connections", value: "off" }]),
      path: "settings.databaseFlags[2].value",
      witness: "login",
    },
    {
      kind: "violating",
      says: "errors are left out",
      expect: "fail",
      resources: instance([...on, { name: "log_min_messages", value: "fatal" }]),
      path: "settings.databaseFlags[3].value",
    },
    { kind: "clean", says: "all of them", expect: "pass", resources: instance(on) },
    {
      kind: "clean",
      says: "MySQL has others",
      expect: "not-applicable",
      resources: alone(type, { databaseVersion: "MYSQL_8_0" }),
    },
    {
      kind: "unknown",
      says: "the flags are not known",
      expect: "unknown",
      resources: instance(unknownHere),
      path: "settings.databaseFlags",
    },
    {
      kind: "absent",
      says: "no flags",
      expect: "fail",
      resources: alone(type, { databaseVersion: "POSTGRES_17" }),
      path: "settings.databaseFlags",
    },
  ],
};

function instance(databaseFlags: Json) {
  return alone(type, { databaseVersion: "POSTGRES_17", settings: { databaseFlags } });
}
