/** Rules that ask that a list of words holds certain ones: the kinds of logs that are written. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { Props } from "./alone.ts";
import { pathText, put } from "./flag-rule.ts";

/** What is asked of one type of resource. */
export interface ListPlace {
  readonly path: readonly [string, ...string[]];
  /** All that the list must hold, `any` for at least something; undefined where nothing is asked. */
  readonly wanted: (inputs: View) => readonly string[] | "any" | undefined;
  /** What a good list holds in the examples, and what they hold besides. */
  readonly good: readonly [string, ...string[]];
  readonly base: Props;
}

export interface ListRule
  extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** By canonical type. */
  readonly places: Readonly<Record<string, ListPlace>>;
  readonly witness: (missing: string) => string;
  /** Whether what is missing can be added by itself. */
  readonly remedy?: "safe" | "opt-in";
  /** What the examples made of the places do not show. */
  readonly more?: readonly Example[];
}

/** The whole rule, with examples for each type. */
export function listRule(rule: ListRule): Rule {
  const { places, witness, remedy, more = [], ...words } = rule;
  return {
    ...words,
    subjects: Object.keys(places),
    needs: "resource",
    check: ({ type, inputs }, judge) => {
      const place = places[type];
      const wanted = place?.wanted(inputs);
      if (place === undefined || wanted === undefined) {
        return judge.notApplicable("what the rule asks for does not concern this one");
      }
      const list = inputs.at(...place.path);
      for (const missing of missingIn(list, wanted)) judge.fail(list, witness(missing));
    },
    ...(remedy === undefined
      ? {}
      : {
          remedy: {
            kind: remedy,
            edits: ({ type, inputs }) => {
              const place = places[type];
              const wanted = place?.wanted(inputs);
              if (place === undefined || wanted === undefined) return [];
              const list = inputs.at(...place.path);
              const missing = missingIn(list, wanted === "any" ? place.good : wanted);
              if (missingIn(list, wanted).length === 0) return [];
              return [{ path: place.path, value: [...wordsOf(list), ...missing] }];
            },
          },
        }),
    examples: [
      ...Object.entries(places).flatMap(([type, place]) => examplesOf(type, place)),
      ...more,
    ],
  };
}

function wordsOf(list: View): string[] {
  return entriesOf(list).map((entry) => entry.text() ?? "");
}

function missingIn(list: View, wanted: readonly string[] | "any"): string[] {
  const words = wordsOf(list).map((word) => word.toLowerCase());
  if (wanted === "any") return words.length === 0 ? ["any"] : [];
  return wanted.filter((word) => !words.includes(word.toLowerCase()));
}

function examplesOf(type: string, { path, good, base }: ListPlace): Example[] {
  const one = (value: Json): readonly [ExampleResource] => [
    { type, name: "example", props: put(base, path, value) },
  ];
  return [
    {
      kind: "violating",
      says: "an empty list",
      expect: "fail",
      resources: one([]),
      path: pathText(path),
    },
    { kind: "clean", says: "as asked", expect: "pass", resources: one(good) },
    {
      kind: "unknown",
      says: "the list is not known",
      expect: "unknown",
      resources: one(unknownHere),
      path: pathText(path),
    },
    {
      kind: "absent",
      says: "no list",
      expect: "fail",
      resources: [{ type, name: "example", props: base }],
    },
  ];
}
