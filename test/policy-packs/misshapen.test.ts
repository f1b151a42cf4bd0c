/**
 * Inputs of another shape than vendors document, at each place of each violating example: a rule finds
 * something or says that it cannot be decided. It never throws, and never takes them for clean.
 */
import assert from "node:assert/strict";
import { exemptionType } from "../../model/policy/exemption.ts";
import type { Example, Rule } from "../../model/policy/rule.ts";
import { unknownHere } from "../../model/policy/rule.ts";
import type { VerdictState } from "../../model/policy/verdict.ts";
import { exampleUrn } from "../../policy-packs/kit/example-plan.ts";
import { judgeSubject } from "../../policy-packs/kit/judge.ts";
import type { RawResource } from "../../policy-packs/kit/plan.ts";
import { makePlan } from "../../policy-packs/kit/plan.ts";
import { rules } from "../../policy-packs/rules/index.ts";
import { withSentinels } from "./analyzer.ts";

type Key = string | number;
type Kind = "scalar" | "object" | "texts" | "objects";

const getter = Symbol("a getter that throws");

function circle(): unknown {
  const start: Record<string, unknown> = { name: "x" };
  start["self"] = start;
  start["list"] = [start];
  return start;
}

interface Wrong {
  readonly value: unknown;
  /** Of which kind a value must be for this to say nothing that could be meant there. */
  readonly never: readonly Kind[];
}

/** Null counts as absent, and a text or a number may be meant where another one was. */
const wrongs: Readonly<Record<string, Wrong>> = {
  "a getter that throws": { value: getter, never: ["scalar", "object", "texts", "objects"] },
  "a list of lists": { value: [[["x"]]], never: ["scalar", "object"] },
  "a number": { value: 7, never: ["object", "objects"] },
  null: { value: null, never: [] },
  "a text": { value: "x", never: ["object"] },
  "a circle": { value: circle(), never: [] },
};

/** What a rule may take for clean all the same, and why. */
const allowed: Readonly<Record<string, string>> = {
  X07: "any value, of whatever shape, ties a provider to something; its package refuses what is wrong",
  X23: "what a firewall's rule says in other terms than addresses stands in no other rule's way",
};

describe("rules, where inputs are of another shape than documented", () => {
  // Exemptions are no inputs: whatever is wrong with one is told when they are read.
  for (const rule of rules.filter(({ subjects }) => !subjects.includes(exemptionType))) {
    it(`${rule.id} finds something, or says that it cannot tell`, function () {
      this.timeout(60_000);
      let tried = 0;
      for (const example of rule.examples.filter(({ kind }) => kind === "violating")) {
        for (const change of changesOf(example)) {
          tried += 1;
          const { state, what } = verdictWith(rule, example, change);
          if (!change.never || rule.id in allowed || isVerdictOnIt(state)) continue;
          // Where not even an unknown makes a difference, the rule does not look.
          const unknown = { ...change, value: withSentinels(unknownHere) };
          if (verdictWith(rule, example, unknown).state === state) continue;
          assert.fail(`${example.says}: ${state} with ${what}`);
        }
      }
      assert.ok(tried > 0);
    });
  }
});

function isVerdictOnIt(state: VerdictState): boolean {
  return state === "fail" || state === "unknown";
}

interface Change {
  readonly resource: number;
  readonly path: readonly Key[];
  readonly name: string;
  readonly value: unknown;
  readonly never: boolean;
}

function* changesOf({ resources }: Example): Generator<Change> {
  for (const [resource, { props }] of resources.entries()) {
    for (const { path, kind } of placesIn(props, [])) {
      for (const [name, { value, never }] of Object.entries(wrongs)) {
        yield { resource, path, name, value, never: never.includes(kind) };
      }
    }
  }
}

function* placesIn(
  value: unknown,
  path: readonly Key[],
): Generator<{ readonly path: readonly Key[]; readonly kind: Kind }> {
  if (typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, isList ? Number(key) : key];
    yield { path: at, kind: kindOf(item) };
    yield* placesIn(item, at);
  }
}

function kindOf(value: unknown): Kind {
  if (Array.isArray(value))
    return value.some((item) => kindOf(item) === "object") ? "objects" : "texts";
  return typeof value === "object" && value !== null ? "object" : "scalar";
}

function verdictWith(rule: Rule, example: Example, change: Change) {
  const plan = makePlan(
    rawOf(example).map((raw, index) =>
      index === change.resource
        ? { ...raw, inputs: put(raw.inputs, change.path, change.value) }
        : raw,
    ),
  );
  const [subject] = plan.resources;
  assert.ok(subject);
  const what = `${change.name} at ${plan.resources[change.resource]?.urn} ${change.path.join(".")}`;
  try {
    return { state: judgeSubject(rule, subject, plan, example.parameters).state, what };
  } catch (error) {
    throw new Error(`${example.says}: throws with ${what}`, { cause: error });
  }
}

function rawOf({ resources }: Example): RawResource[] {
  const urns = new Map(resources.map((one) => [one.name, exampleUrn(one)]));
  const urnOf = (name: string | undefined) => urns.get(name ?? "") ?? "";
  return resources.map(({ props, dependsOn = {}, parent, provider, ...one }) => ({
    ...one,
    urn: urnOf(one.name),
    inputs: withSentinels(props),
    parent: urnOf(parent),
    provider: urnOf(provider),
    propertyDependencies: Object.fromEntries(
      Object.entries(dependsOn).map(([property, names]) => [property, names.map(urnOf)]),
    ),
  }));
}

/** A copy with another value at the path. */
function put(value: unknown, [key, ...rest]: readonly Key[], end: unknown): unknown {
  if (key === undefined) return end;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    Key,
    unknown
  >;
  if (rest.length === 0 && end === getter) {
    const get = () => assert.fail("a getter was called");
    return Object.defineProperty(copy, key, { get, enumerable: true, configurable: true });
  }
  copy[key] = put(copy[key], rest, end);
  return copy;
}
