/** Rules that ask for one value at one place of one resource type. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import type { Props } from "./alone.ts";

/** One demand on one property. */
export interface Demand {
  readonly path: readonly [string, ...string[]];
  /** Whether the value satisfies the demand; undefined means absent. */
  readonly holds: (value: string | undefined) => boolean;
  /** What is possible otherwise. */
  readonly witness: string;
  /** A value that holds, and one that does not, for the examples. */
  readonly good: Json;
  readonly bad: Json;
}

/** A check of all demands, each with a verdict of its own. */
export function checkDemands(demands: readonly Demand[]): Rule["check"] {
  return (subject, judge) => {
    for (const demand of demands) {
      judge.part(() => {
        const view = subject.inputs.at(...demand.path);
        if (!demand.holds(view.text())) judge.fail(view, witnessOf(demand, view));
      });
    }
  };
}

function witnessOf(demand: Demand, view: View): string {
  return view.state === "absent" ? `${demand.witness} (not set)` : demand.witness;
}

/** Examples of each demand: its bad value, all good ones, each unknown, and nothing set at all. */
export function demandExamples(type: string, demands: readonly Demand[], base: Props): Example[] {
  const good = demands.reduce((props, demand) => put(props, demand.path, demand.good), base);
  const resource = (props: Props): readonly [ExampleResource] => [{ type, name: "example", props }];
  const absentFails = demands.some((demand) => !demand.holds(undefined));
  return [
    ...demands.map(
      (demand): Example => ({
        kind: "violating",
        says: `${demand.path.join(".")} is ${JSON.stringify(demand.bad)}`,
        expect: "fail",
        resources: resource(put(good, demand.path, demand.bad)),
        path: demand.path.join("."),
        witness: demand.witness,
      }),
    ),
    { kind: "clean", says: "as demanded", expect: "pass", resources: resource(good) },
    ...demands.map(
      (demand): Example => ({
        kind: "unknown",
        says: `${demand.path.join(".")} is not known`,
        expect: "unknown",
        resources: resource(put(good, demand.path, unknownHere)),
        path: demand.path.join("."),
      }),
    ),
    {
      kind: "absent",
      says: "nothing is set",
      expect: absentFails ? "fail" : "pass",
      resources: resource(base),
    },
  ];
}

function put(props: Props, path: readonly string[], value: Json): Props {
  const [key, ...rest] = path;
  if (key === undefined) return props;
  if (rest.length === 0) return { ...props, [key]: value };
  const below = props[key];
  const object = typeof below === "object" && below !== null && !Array.isArray(below) ? below : {};
  return { ...props, [key]: put(object as Props, rest, value) };
}
