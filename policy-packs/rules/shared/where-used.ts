/** Rules about resources of which others of the plan make a use that matters. */
import type { Example, ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Props } from "./alone.ts";
import { quietly, type Relation, referrersOf, refersBy, tellDoubts } from "./refers-to.ts";

/** One that makes the use, for the examples: the property that refers, and what it holds besides. */
export interface User {
  readonly type: string;
  readonly property: string;
  readonly props?: Props;
}

/** The rule for those to which something refers in this way; of the others it says nothing. */
export function whereUsed(rule: Rule, relation: Relation, user: User, otherwise: string): Rule {
  const { remedy } = rule;
  return {
    ...rule,
    ...(remedy === undefined ? {} : { remedy: { ...remedy, unasked: true } }),
    needs: "plan",
    check: (subject, judge, plan) => {
      const used = quietly(judge, referrersOf(plan, subject, relation), (one) =>
        refersBy(plan, relation, one, subject),
      );
      if (used.is === "no") return judge.notApplicable(otherwise);
      if (used.is === "yes") return rule.check(subject, judge, plan);
      let fails = false;
      const trial: Judge = {
        ...judge,
        fail: () => {
          fails = true;
        },
      };
      rule.check(subject, trial, plan);
      if (fails) tellDoubts(judge, used);
    },
    examples: [...rule.examples.map((one) => withUser(one, user)), ...useExamples(rule, user)],
  };
}

function withUser(example: Example, user: User): Example {
  const [subject, ...others] = example.resources;
  return { ...example, resources: [subject, ...others, using(user, subject.name)] };
}

function useExamples(rule: Rule, user: User): Example[] {
  const [violating] = rule.examples.filter(({ kind }) => kind === "violating");
  if (violating === undefined) return [];
  const [subject, ...others] = violating.resources;
  const { type, property, props = {} } = user;
  const another = { type, name: "user", props: { ...props, [property]: "another" } };
  const nobodyKnows = { ...another, props: { ...props, [property]: unknownHere } };
  return [
    {
      kind: "clean",
      says: "one that nothing uses in that way",
      expect: "not-applicable",
      resources: [subject, ...others, another],
    },
    {
      kind: "unknown",
      says: "what is used is not known",
      expect: "unknown",
      resources: [subject, ...others, nobodyKnows],
      path: property,
    },
  ];
}

function using({ type, property, props = {} }: User, target: string): ExampleResource {
  return {
    type,
    name: "user",
    props: { ...props, [property]: unknownHere },
    dependsOn: { [property]: [target] },
  };
}
