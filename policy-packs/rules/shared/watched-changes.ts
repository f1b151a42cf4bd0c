/**
 * Rules that ask for an alarm on each of certain changes. What is missing is said where the plan
 * has a metric for one of them: that is where the account or project is watched.
 */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { someOf } from "./some-of.ts";

export interface Watch {
  /** Canonical type of metrics, and where their filter stands. */
  readonly metric: string;
  readonly filter: (inputs: View) => View;
  /** By the change's name whether a filter is about it. */
  readonly changes: Readonly<Record<string, RegExp>>;
  /** Canonical type of alarms, and whether one is on, heard and about a metric. */
  readonly alarm: string;
  readonly rings: (alarm: PlannedResource, metric: PlannedResource, plan: Plan) => boolean;
}

/** Judges one metric: that an alarm rings for it, and, as the first one, what no metric is about. */
export function judgeWatch(watch: Watch, subject: PlannedResource, judge: Judge, plan: Plan): void {
  const { metric, filter, changes, alarm, rings } = watch;
  const textOf = (one: PlannedResource) => filter(one.inputs).text() ?? "";
  const isAbout = (one: PlannedResource, name: string) => changes[name]?.test(textOf(one)) === true;
  const names = Object.keys(changes);
  const isWatch = (one: PlannedResource) => names.some((name) => isAbout(one, name));
  if (!isWatch(subject)) {
    judge.notApplicable("it counts something else");
    return;
  }
  const at = filter(subject.inputs);
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
