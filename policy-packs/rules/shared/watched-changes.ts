/**
 * Rules that ask for an alarm on each of certain changes. What is missing is said where the plan
 * has a metric for one of them: that is where the account or project is watched.
 */
import type { Example, ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { someOf } from "./some-of.ts";

interface Watch {
  /** Canonical type of metrics, and their property that is the filter. */
  readonly metric: string;
  readonly filter: string;
  /** By the change's name whether a filter is about it. */
  readonly changes: Readonly<Record<string, RegExp>>;
  /** Canonical type of alarms, and whether one is on, heard and about a metric. */
  readonly alarm: string;
  readonly rings: (alarm: PlannedResource, metric: PlannedResource, plan: Plan) => boolean;
}

/** A rule by its words and what it watches. */
export interface WatchRule
  extends Watch,
    Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** For the examples: filters about each change, and what joins them to one about all. */
  readonly filters: readonly string[];
  readonly or: string;
  /** A metric with the filter; an alarm about it that tells these. */
  readonly metricWith: (filter: string) => ExampleResource;
  readonly alarmTo: (receivers: readonly string[]) => ExampleResource;
  /** What the examples made of these do not show. */
  readonly more?: readonly Example[];
}

/** The whole rule. */
export function watchRule(rule: WatchRule): Rule {
  const { metric, filter, changes, alarm, rings, ...others } = rule;
  const { filters, or, metricWith, alarmTo, more = [], ...words } = others;
  const watch = { metric, filter, changes, alarm, rings };
  return {
    ...words,
    subjects: [metric],
    needs: "plan",
    check: (subject, judge, plan) => judgeWatch(watch, subject, judge, plan),
    examples: [...watchExamples(rule), ...more],
  };
}

function watchExamples({ filter, filters, or, metricWith, alarmTo }: WatchRule): Example[] {
  const all = metricWith(filters.join(or));
  const heard = alarmTo(["soc"]);
  return [
    {
      kind: "violating",
      says: "counted, and nobody is told",
      expect: "fail",
      resources: [all, alarmTo([])],
      path: filter,
      witness: "nobody is told",
    },
    ...filters.map((left, index): Example => {
      const others = filters.filter((_, at) => at !== index).join(or);
      return {
        kind: "violating",
        says: `all but ${left}`,
        expect: "fail",
        resources: [metricWith(others), heard],
        witness: "without an alarm",
      };
    }),
    { kind: "clean", says: "all of them", expect: "pass", resources: [all, heard] },
    {
      kind: "clean",
      says: "a count of orders",
      expect: "not-applicable",
      resources: [metricWith('event = "order"')],
    },
    {
      kind: "unknown",
      says: "the filter is not known",
      expect: "unknown",
      resources: [metricWith(unknownHere), heard],
      path: filter,
    },
    { kind: "absent", says: "no alarm", expect: "fail", resources: [all] },
  ];
}

/** Judges one metric: that an alarm rings for it, and, as the first one, what no metric is about. */
function judgeWatch(watch: Watch, subject: PlannedResource, judge: Judge, plan: Plan): void {
  const { metric, filter, changes, alarm, rings } = watch;
  const textOf = (one: PlannedResource) => one.inputs.at(filter).text() ?? "";
  const isAbout = (one: PlannedResource, name: string) => changes[name]?.test(textOf(one)) === true;
  const names = Object.keys(changes);
  const isWatch = (one: PlannedResource) => names.some((name) => isAbout(one, name));
  if (!isWatch(subject)) {
    judge.notApplicable("it counts something else");
    return;
  }
  const at = subject.inputs.at(filter);
  judge.part(() => {
    const rung = someOf(judge, plan.ofType(alarm), (one) => rings(one, subject, plan));
    if (rung === "no") judge.fail(at, "it is counted, and nobody is told");
  });
  judge.part(() => {
    const metrics = plan.ofType(metric);
    if (metrics.find(isWatch) !== subject) return;
    for (const name of names) {
      if (someOf(judge, metrics, (one) => isAbout(one, name)) === "no") {
        judge.fail(at, `${name} without an alarm`);
      }
    }
  });
}

/** Whether a property holds the name, or waits for what has it. Throws `Undecided`. */
export function tells(property: View, name: View, of: PlannedResource, plan: Plan): boolean {
  if (property.state === "unknown" && plan.waitsFor(property.urn, property.path).includes(of.urn)) {
    return true;
  }
  const text = name.text();
  return text !== undefined && property.text() === text;
}
