/** Every rule there is: a folder for each domain, a file for each rule. */
import type { Rule } from "../../model/policy/rule.ts";
import { dataRules } from "./data/index.ts";
import { identityRules } from "./identity/index.ts";
import { kubernetesRules } from "./kubernetes/index.ts";
import { loggingRules } from "./logging/index.ts";
import { meshRules } from "./mesh/index.ts";
import { networkRules } from "./network/index.ts";
import { liftedTypes } from "./shared/lifted-types.ts";
import { asksOfMarked } from "./shared/sensitive-data.ts";
import { stackRules } from "./stack/index.ts";
import { makeX17 } from "./stack/X17.ts";

const written = {
  data: dataRules,
  identity: identityRules,
  kubernetes: kubernetesRules,
  logging: loggingRules,
  mesh: meshRules,
  network: networkRules,
  stack: stackRules,
} satisfies Readonly<Record<string, readonly Rule[]>>;

/** A type of which a rule speaks only where somebody marked it is one that nobody looked at. */
const judged = Object.values<readonly Rule[]>(written)
  .flat()
  .filter((rule) => !asksOfMarked(rule))
  .flatMap(({ subjects }) => subjects);

/** The rules by what they are about. */
export const domains = {
  ...written,
  stack: [...stackRules, makeX17([...judged, ...liftedTypes])],
} satisfies Readonly<Record<string, readonly Rule[]>>;

export type Domain = keyof typeof domains;

/** The catalogue, in the order of ids. */
export const rules: readonly Rule[] = Object.values(domains)
  .flat()
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));
