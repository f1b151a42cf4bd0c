/** Rules that ask for one parameter of a group of database parameters. */
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "./alone.ts";

/** What is asked of parameter groups of one family of engines. */
export interface Parameter {
  readonly name: string;
  /** Whether it is on where the group does not say. */
  readonly byDefault: boolean;
}

export interface ParameterRule
  extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** By canonical type a family for the examples, whose default is off. */
  readonly families: Readonly<Record<string, string>>;
  /** By family and canonical type; undefined where no parameter of it says anything about this. */
  readonly parameterOf: (family: string, type: string) => Parameter | undefined;
  readonly witness: string;
  /** What the examples made of the families do not show. */
  readonly more?: readonly Example[];
}

const on = /^(1|true|on|enabled|all)$/i;

/** The whole rule, with examples for each type. */
export function parameterRule(rule: ParameterRule): Rule {
  const { families, parameterOf, witness, more = [], ...words } = rule;
  return {
    ...words,
    subjects: Object.keys(families),
    needs: "resource",
    check: ({ type, inputs }, judge) => {
      const parameter = parameterOf(inputs.at("family").text() ?? "", type);
      if (parameter === undefined) {
        return judge.notApplicable("no parameter of this family speaks of it");
      }
      const list = inputs.at("parameters");
      const value = valueOfParameter(list, parameter.name);
      if (value === undefined ? parameter.byDefault : on.test(value.text() ?? "")) return;
      judge.fail(value ?? list, witness);
    },
    examples: [
      ...Object.entries(families).flatMap(([type, family]) =>
        parameterExamples(type, family, parameterOf(family, type)?.name ?? ""),
      ),
      ...more,
    ],
  };
}

/** The value of the parameter in a list of names and values; undefined where it is not in it. */
export function valueOfParameter(list: View, name: string): View | undefined {
  const found = entriesOf(list).find((entry) => entry.at("name").text()?.toLowerCase() === name);
  return found?.at("value");
}

function parameterExamples(type: string, family: string, name: string): Example[] {
  const group = (parameters: Json) => alone(type, { family, parameters });
  return [
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: group([{ name, value: "0" }]),
      path: "parameters[0].value",
    },
    {
      kind: "clean",
      says: "switched on",
      expect: "pass",
      resources: group([{ name, value: "1" }]),
    },
    {
      kind: "unknown",
      says: "the list is not known",
      expect: "unknown",
      resources: group(unknownHere),
      path: "parameters",
    },
    { kind: "absent", says: "not said", expect: "fail", resources: alone(type, { family }) },
  ];
}
