/**
 * Amazon RDS User Guide, "RDS for PostgreSQL database log files": no statement is recorded unless
 * log_statement or pgAudit asks for it. Of Aurora the cluster decides.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule, placesOf } from "../shared/flag-rule.ts";

const instances = "aws:rds/parameterGroup:ParameterGroup";
const clusters = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

const isAudited = (inputs: View) =>
  placesOf(inputs, ["parameters", "name=pgaudit.log", "value"]).some(
    ({ view, missing }) => missing !== true && !/^(none)?$/i.test(view.text() ?? ""),
  );
const recorded = (family: RegExp): Demand => ({
  path: ["parameters", "name=log_statement", "value"],
  holds: (value) => /^(ddl|mod|all)$/i.test(value ?? ""),
  when: (inputs) => family.test(inputs.at("family").text() ?? "") && !isAudited(inputs),
  witness: "a table that is dropped, or a right that is given, without a record",
  good: "ddl",
  bad: "none",
});

export const AL62 = demandRule({
  id: "AL62",
  sentence: "A parameter group of PostgreSQL records statements, by the engine or by pgAudit.",
  why: "Nobody can tell afterwards who changed tables and rights, and how.",
  severity: "low",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set the parameter log_statement to ddl, mod or all, or load pgAudit and set pgaudit.log.",
  demands: { [clusters]: [recorded(/^(aurora-)?postgres/)], [instances]: [recorded(/^postgres/)] },
  base: { [clusters]: { family: "aurora-postgresql16" }, [instances]: { family: "postgres17" } },
  more: [
    {
      kind: "clean",
      says: "pgAudit",
      expect: "not-applicable",
      resources: alone(instances, {
        family: "postgres17",
        parameters: [{ name: "pgaudit.log", value: "ddl,role" }],
      }),
    },
    {
      kind: "clean",
      says: "MySQL",
      expect: "not-applicable",
      resources: alone(instances, { family: "mysql8.4" }),
    },
  ],
});
