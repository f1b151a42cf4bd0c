/** Rules that ask that something be named: a log's destination, be it planned as well or not. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Props } from "./alone.ts";
import { pathText, put } from "./flag-rule.ts";

/** Where one type of resource names it. */
export interface GivenPlace {
  readonly path: readonly [string, ...string[]];
  /** Resources of which it is asked; of all where there is no such condition. */
  readonly when?: (inputs: View) => boolean;
  readonly witness: string;
  /** What the examples hold there, and besides; never nothing. */
  readonly good: string;
  readonly base: Props;
}

export interface GivenRule
  extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** By canonical type. */
  readonly places: Readonly<Record<string, GivenPlace>>;
  /** What the examples made of the places do not show. */
  readonly more?: readonly Example[];
}

/**
 * Whether something is named there. What another planned resource hands over is not known yet, but
 * the engine recorded that the property waits for it. Throws `Undecided`.
 */
export function isNamed(property: View, plan: Plan): boolean {
  if (property.state === "unknown") {
    if (plan.waitsFor(property.urn, property.path).length > 0) return true;
    throw new Undecided(property.urn, property.path, "unknown");
  }
  return (property.text() ?? "") !== "";
}

/** The whole rule, with examples for each type. */
export function givenRule(rule: GivenRule): Rule {
  const { places, more = [], ...words } = rule;
  return {
    ...words,
    subjects: Object.keys(places),
    needs: "plan",
    check: ({ type, inputs }, judge, plan) => {
      const place = places[type];
      if (place === undefined || (place.when !== undefined && !place.when(inputs))) {
        return judge.notApplicable("what the rule asks for does not concern this one");
      }
      const property = inputs.at(...place.path);
      if (!isNamed(property, plan)) judge.fail(property, place.witness);
    },
    examples: [
      ...Object.entries(places).flatMap(([type, place]) => examplesOf(type, place)),
      ...more,
    ],
  };
}

function examplesOf(type: string, { path, good, base }: GivenPlace): Example[] {
  const [top] = path;
  const one = (props: Props): readonly [ExampleResource] => [{ type, name: "example", props }];
  const planned: ExampleResource = {
    type,
    name: "example",
    props: put(base, path, unknownHere),
    dependsOn: { [top]: ["logs"] },
  };
  return [
    {
      kind: "violating",
      says: "nothing is named",
      expect: "fail",
      resources: one(put(base, path, "")),
      path: pathText(path),
    },
    { kind: "clean", says: "named", expect: "pass", resources: one(put(base, path, good)) },
    {
      kind: "clean",
      says: "what is named is planned as well",
      expect: "pass",
      resources: [planned, { type: "aws:s3/bucket:Bucket", name: "logs", props: {} }],
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: one(put(base, path, unknownHere)),
      path: pathText(path),
    },
    { kind: "absent", says: "nothing is set", expect: "fail", resources: one(base) },
  ];
}
