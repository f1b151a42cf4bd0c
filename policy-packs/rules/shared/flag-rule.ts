/** Rules that ask for certain values at certain places of some resource types. */
import type { Edit } from "../../../model/policy/remedy.ts";
import type { Example, ExampleResource, Expected, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import type { Props } from "./alone.ts";

/** One demand on one property. */
export interface Demand {
  /** Keys from the inputs down; `*` stands for every element of a list, of which there may be none. */
  readonly path: readonly [string, ...string[]];
  /** Whether the value satisfies the demand; undefined means absent. */
  readonly holds: (value: string | undefined) => boolean;
  /** Resources of which it is demanded; of all where there is no such condition. */
  readonly when?: (inputs: View) => boolean;
  /** What is possible otherwise. */
  readonly witness: string;
  /** A value that holds, and one that does not, for the examples; the good one also mends. */
  readonly good: Json;
  readonly bad: Json;
  /** Resources in which the good value alone mends; all where there is no such condition. */
  readonly mends?: (inputs: View) => boolean;
  /** What its examples hold instead of the base and of what the other demands ask for. */
  readonly apart?: Props;
}

/** A rule that is nothing but demands. */
export interface DemandRule
  extends Pick<
    Rule,
    "id" | "sentence" | "why" | "severity" | "tenets" | "controls" | "frameworks" | "fix"
  > {
  /** By canonical type. Keep to one demand where verdicts are to be told apart. */
  readonly demands: Readonly<Record<string, readonly Demand[]>>;
  /** What the examples of a type hold besides. */
  readonly base?: Readonly<Record<string, Props>>;
  /** What the rule says where nothing but the base is set, if `when` keeps it from failing. */
  readonly absent?: Expected;
  /** What the examples made of the demands do not show. */
  readonly more?: readonly Example[];
  /** Whether the good values can be put in place by themselves. */
  readonly remedy?: "safe" | "opt-in";
}

/** The whole rule, with examples for each type and demand. */
export function demandRule(rule: DemandRule): Rule {
  const { demands, base, remedy, absent, more = [], ...words } = rule;
  const of = (type: string) => demands[type] ?? [];
  return {
    ...words,
    subjects: Object.keys(demands),
    needs: "resource",
    check: (subject, judge, plan) => checkDemands(of(subject.type), subject, judge, plan),
    ...(remedy === undefined
      ? {}
      : { remedy: { kind: remedy, edits: (subject) => editsOf(of(subject.type), subject) } }),
    examples: [
      ...Object.entries(demands).flatMap(([type, list]) => {
        const together = list.filter(({ apart }) => apart === undefined);
        const others = list.filter(({ apart }) => apart !== undefined);
        return [
          ...(together.length === 0
            ? []
            : demandExamples(type, together, base?.[type] ?? {}, absent)),
          ...others.flatMap((one) => demandExamples(type, [one], one.apart ?? {}, absent)),
        ];
      }),
      ...more,
    ],
  };
}

/** Each demand has a verdict of its own. */
function checkDemands(demands: readonly Demand[], ...[subject, judge]: Parameters<Rule["check"]>) {
  let asked = false;
  for (const { when, path, holds, witness } of demands) {
    judge.part(() => {
      if (when !== undefined && !when(subject.inputs)) return;
      asked = true;
      for (const { view } of placesOf(subject.inputs, path)) {
        judge.part(() => {
          if (holds(view.text())) return;
          judge.fail(view, view.state === "absent" ? `${witness} (not set)` : witness);
        });
      }
    });
  }
  if (!asked) judge.notApplicable("what the rule asks for does not concern this one");
}

export interface PlaceOf {
  readonly view: View;
  readonly keys: readonly (string | number)[];
}

/** The values at a path. Throws `Undecided` where a list on it is not known. */
export function placesOf(inputs: View, path: readonly string[]): PlaceOf[] {
  return path.reduce<PlaceOf[]>(
    (places, key) =>
      places.flatMap(({ view, keys }) =>
        key === "*"
          ? view.items().map((item, index) => ({ view: item, keys: [...keys, index] }))
          : [{ view: view.at(key), keys: [...keys, key] }],
      ),
    [{ view: inputs, keys: [] }],
  );
}

function editsOf(demands: readonly Demand[], subject: PlannedResource): Edit[] {
  return demands
    .filter(({ when, mends }) => [when, mends].every((asks) => asks?.(subject.inputs) ?? true))
    .flatMap(({ path, holds, good }) =>
      placesOf(subject.inputs, path)
        .filter(({ view }) => !holds(view.text()))
        .map(({ keys }) => ({ path: keys, value: good })),
    );
}

/** Examples of each demand: its bad value, all good ones, each unknown, and nothing set at all. */
function demandExamples(
  type: string,
  demands: readonly Demand[],
  base: Props,
  absent: Expected | undefined,
): Example[] {
  const good = demands.reduce((props, demand) => put(props, demand.path, demand.good), base);
  const resource = (props: Props): readonly [ExampleResource] => [{ type, name: "example", props }];
  const absentFails = demands.some(({ path, holds }) => !path.includes("*") && !holds(undefined));
  return [
    ...demands.map(
      (demand): Example => ({
        kind: "violating",
        says: `${demand.path.join(".")} is ${JSON.stringify(demand.bad)}`,
        expect: "fail",
        resources: resource(put(good, demand.path, demand.bad)),
        path: pathText(demand.path),
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
        path: pathText(demand.path),
      }),
    ),
    {
      kind: "absent",
      says: "nothing is set",
      expect: absent ?? (absentFails ? "fail" : "pass"),
      resources: resource(base),
    },
  ];
}

/** The path as a finding names it, of the first element where it goes through a list. */
export function pathText(path: readonly string[]): string {
  return path.reduce((text, key) => {
    if (key === "*") return `${text}[0]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

/** A copy with the value at the path; a list on the way keeps or gets one element. */
export function put(props: Props, path: readonly string[], value: Json): Props {
  const [key, ...rest] = path;
  return key === undefined ? props : { ...props, [key]: putBelow(props[key], rest, value) };
}

function putBelow(below: Json | undefined, path: readonly string[], value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (key === "*") {
    const [first, ...others] = Array.isArray(below) ? (below as readonly Json[]) : [];
    return [putBelow(first, rest, value), ...others];
  }
  const object = typeof below === "object" && below !== null && !Array.isArray(below) ? below : {};
  return put(object as Props, path, value);
}
