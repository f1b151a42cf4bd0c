/**
 * For every domain and provider that has rules, a rule with a violating example that the local clouds
 * take: programs out of the rules' own examples.
 */
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { entryOf, packageOf } from "../../../local-clouds/types/package.ts";
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { examplePlan } from "../../../policy-packs/kit/example-plan.ts";
import { judgeSubject } from "../../../policy-packs/kit/judge.ts";
import { domains, rules } from "../../../policy-packs/rules/index.ts";
import { type Lab, openLab } from "../../local-clouds/kit/lab.ts";
import { completed } from "./complete.ts";

/** How the program configures its providers, whose names are those of the packages. */
export const providers: Readonly<Record<string, JsonObject>> = {
  aws: { region: "eu-central-1" },
  "azure-native": { location: "westeurope" },
  azuread: {},
  gcp: { project: "bulkhead-local", region: "europe-west4", zone: "europe-west4-a" },
  kubernetes: {},
};

/** The cloud of a type that a provider above makes: Azure and its directory are one. */
function cloudOf(type: string): string | undefined {
  const name = packageOf(type);
  if (!(name in providers)) return undefined;
  return name === "azuread" ? "azure-native" : name;
}

/** A violating example, as a program may register it. */
export interface Violation {
  readonly domain: string;
  readonly rule: Rule;
  /** The first is the one at which the rule finds something. */
  readonly resources: readonly [ExampleResource, ...ExampleResource[]];
}

/** Every domain and provider about whose resources a rule has a violating example: `network aws`. */
export function cellsOfExamples(): string[] {
  return sorted(
    Object.entries(domains).flatMap(([domain, all]) =>
      all
        .flatMap(({ examples }) => examples.filter(({ kind }) => kind === "violating"))
        .map(({ resources: [{ type }] }) => packageOf(type))
        .filter((name) => name in providers)
        .map((name) => `${domain} ${name}`),
    ),
  );
}

/** Every domain and cloud about whose resources there are rules. */
export function cloudCells(): string[] {
  return sorted(
    Object.entries(domains).flatMap(([domain, all]) =>
      clouds(all).map((cloud) => `${domain} ${cloud}`),
    ),
  );
}

/** The clouds for which a rule has a safe remedy. */
export function cloudsWithSafeRemedies(): string[] {
  return sorted(clouds(rules.filter(mendsSafely)));
}

function clouds(all: readonly Rule[]): string[] {
  return all.flatMap(({ subjects }) => subjects.flatMap((type) => cloudOf(type) ?? []));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function mendsSafely({ remedy }: Rule): boolean {
  return remedy?.kind === "safe";
}

/** Domain and provider of a violation. */
export function cellOf({ domain, resources: [{ type }] }: Violation): string {
  return `${domain} ${packageOf(type)}`;
}

/** One violation for each cell of the examples; fewer where none of a cell can be registered. */
export function oneForEachCell(): Violation[] {
  return chosen(cellsOfExamples(), cellOf, () => true);
}

/** One violation for each cloud that its rule mends safely. */
export function oneSafeForEachCloud(): Violation[] {
  const cloud = ({ resources: [{ type }] }: Violation) => cloudOf(type) ?? "";
  return chosen(cloudsWithSafeRemedies(), cloud, mendsSafely);
}

function chosen(
  wanted: readonly string[],
  keyOf: (violation: Violation) => string,
  holds: (rule: Rule) => boolean,
): Violation[] {
  const labs = openLabs();
  try {
    const left = new Set(wanted);
    const found: Violation[] = [];
    for (const violation of candidates(labs, holds)) {
      if (left.size === 0) break;
      // What else is planned may be what a rule misses.
      if (!left.has(keyOf(violation)) || !allStillFail([...found, violation])) continue;
      found.push(violation);
      left.delete(keyOf(violation));
    }
    return found;
  } finally {
    for (const lab of Object.values(labs)) lab.close();
  }
}

function allStillFail(all: readonly Violation[]): boolean {
  return all.every(({ rule, resources }) => {
    const others = all.filter((one) => one.rule !== rule).flatMap((one) => one.resources);
    const plan = examplePlan([...resources, ...others]);
    const [subject] = plan.resources;
    return subject !== undefined && judgeSubject(rule, subject, plan).state === "fail";
  });
}

type Labs = Readonly<Record<string, Lab>>;

function openLabs(): Labs {
  return Object.fromEntries(
    Object.entries(providers).map(([name, config]) => [name, openLab(name, config)]),
  );
}

function* candidates(labs: Labs, holds: (rule: Rule) => boolean): Generator<Violation> {
  for (const [domain, all] of Object.entries(domains)) {
    for (const rule of all.filter(holds)) {
      for (const example of rule.examples.filter(isPlain)) {
        const [subject, ...others] = example.resources.map((one) => registrable(labs, rule, one));
        if (subject === undefined) continue;
        const there = others.filter((one) => one !== undefined);
        if (there.length < others.length) continue;
        yield { domain, rule, resources: [subject, ...there] };
      }
    }
  }
}

/** Whether everything in it is known, and nothing has to be set for it. */
function isPlain({ kind, resources, parameters }: Example): boolean {
  const values = resources.every(({ type: _, name: __, props, ...options }) => {
    return Object.keys(options).length === 0 && !holdsUnknown(props);
  });
  return kind === "violating" && parameters === undefined && values;
}

function holdsUnknown(value: unknown): boolean {
  if (value === unknownHere) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsUnknown);
}

/** The resource under a name that no other example has, with all that its service demands. */
function registrable(labs: Labs, rule: Rule, one: ExampleResource): ExampleResource | undefined {
  const name = packageOf(one.type);
  const lab = labs[name];
  const cloud = lab?.clouds.packages.get(name);
  if (lab === undefined || cloud === undefined || entryOf(cloud, one.type) === undefined) {
    return undefined;
  }
  const named = `${rule.id.toLowerCase()}-${one.name}`;
  const props = completed(lab, one.type, named, one.props as JsonObject);
  return props === undefined ? undefined : { type: one.type, name: named, props };
}
