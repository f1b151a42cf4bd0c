/** Rules that ask that another planned resource stands beside one, and does something for it. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import type { Props } from "./alone.ts";
import type { Relation } from "./refers-to.ts";
import { referrersOf, refersBy } from "./refers-to.ts";
import { someOf } from "./some-of.ts";

export interface CompanionRule
  extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** By canonical type what its examples hold; never nothing. */
  readonly about: Readonly<Record<string, Props>>;
  /** Subjects that need it; all where there is no such condition. */
  readonly when?: (subject: PlannedResource, plan: Plan) => boolean;
  /** Whether the subject does it by itself. */
  readonly inside?: (inputs: View) => boolean;
  /** How others refer to a subject, and whether one that does so does what is asked for. */
  readonly relation: Relation;
  readonly does?: (inputs: View) => boolean;
  readonly witness: string;
  /** One that does it, for the examples: the property that refers, and what it holds besides. */
  readonly companion: { readonly type: string; readonly property: string; readonly props: Props };
  /** Resources that make a subject one that needs it, for the examples; they know it as `subject`. */
  readonly around?: readonly ExampleResource[];
  /** What the examples made of these do not show. */
  readonly more?: readonly Example[];
}

/** The whole rule, with examples for each type. */
export function companionRule(rule: CompanionRule): Rule {
  const {
    about,
    when,
    inside,
    relation,
    does,
    witness,
    companion,
    around = [],
    more = [],
    ...words
  } = rule;
  return {
    ...words,
    subjects: Object.keys(about),
    needs: "plan",
    check: (subject, judge, plan) => {
      if (when !== undefined && !when(subject, plan)) {
        return judge.notApplicable("what the rule asks for does not concern this one");
      }
      const candidates = [subject, ...referrersOf(plan, subject, relation)];
      const done = someOf(judge, candidates, (one) => {
        if (one === subject) return inside?.(one.inputs) ?? false;
        return refersBy(plan, relation, one, subject) && (does?.(one.inputs) ?? true);
      });
      if (done === "no") judge.fail({ urn: subject.urn, path: "" }, witness);
    },
    examples: [
      ...Object.entries(about).flatMap(([type, props]) =>
        examplesOf(companion, around, type, props),
      ),
      ...more,
    ],
  };
}

function examplesOf(
  companion: CompanionRule["companion"],
  around: readonly ExampleResource[],
  type: string,
  props: Props,
): Example[] {
  const subject: ExampleResource = { type, name: "subject", props };
  const beside: ExampleResource = {
    type: companion.type,
    name: "beside",
    props: { ...companion.props, [companion.property]: unknownHere },
    dependsOn: { [companion.property]: ["subject"] },
  };
  return [
    {
      kind: "violating",
      says: "nothing stands beside it",
      expect: "fail",
      resources: [subject, ...around],
      path: "",
    },
    { kind: "clean", says: "beside it", expect: "pass", resources: [subject, ...around, beside] },
    {
      kind: "unknown",
      says: "what it stands beside is not known",
      expect: "unknown",
      resources: [subject, ...around, { ...beside, dependsOn: {} }],
      path: companion.property,
    },
    {
      kind: "absent",
      says: "one that stands beside something else",
      expect: "fail",
      resources: [
        subject,
        ...around,
        {
          ...beside,
          props: { ...companion.props, [companion.property]: "another" },
          dependsOn: {},
        },
      ],
    },
  ];
}
