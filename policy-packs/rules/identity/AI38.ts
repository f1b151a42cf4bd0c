/**
 * Amazon RDS User Guide, "IAM database authentication", and Amazon Neptune User Guide: off unless it
 * is said. Oracle, SQL Server and Db2 do not have it.
 */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const instance = "aws:rds/instance:Instance";
const cluster = "aws:rds/cluster:Cluster";
const able = /^(aurora|aurora-mysql|aurora-postgresql|mariadb|mysql|postgres)$/;

const login: Demand = {
  path: ["iamDatabaseAuthenticationEnabled"],
  holds: (value) => value === "true",
  witness: "a login with the password that stands in a variable of the application",
  good: true,
  bad: false,
};

export const AI38 = demandRule({
  id: "AI38",
  sentence: "A database takes logins of roles.",
  why: "A password is shared by all, copied into variables and logs, and works until somebody changes it.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set iamDatabaseAuthenticationEnabled to true, and let the application ask for a token.",
  demands: {
    "aws:neptune/cluster:Cluster": [login],
    [cluster]: [{ ...login, when: isAble }],
    [instance]: [{ ...login, when: isAble }],
  },
  base: { [cluster]: { engine: "aurora-postgresql" }, [instance]: { engine: "postgres" } },
  more: [
    {
      kind: "clean",
      says: "an engine that does not have it",
      expect: "not-applicable",
      resources: [{ type: instance, name: "old", props: { engine: "sqlserver-se" } }],
    },
  ],
  // Some engines change it only in the next maintenance, or by a restart.
  remedy: "opt-in",
});

function isAble(inputs: View): boolean {
  return able.test(inputs.at("engine").text() ?? "");
}
