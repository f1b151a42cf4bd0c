/** Names of resources ("Naming rules and restrictions for Azure resources"). */

import type { Resource } from "../../../types/resource.ts";
import type { Autoname, InputFault, ServiceError } from "../../../types/type.ts";

/** How a type is named. Lengths are in characters. */
export interface NameRule {
  /** The input that holds the name, e.g. `virtualNetworkName`. */
  readonly input: string;
  readonly charactersMin?: number;
  readonly charactersMax?: number;
  /** The form of all names. */
  readonly form?: RegExp;
  /** The one name there is, for services that every parent has one of. */
  readonly only?: string;
  /** How the provider names it: default is by the depth in the tree. */
  readonly chosen?: "suffix" | "copy" | "uuid";
  /** The service's own answer to a bad name; without one the provider finds the fault in Check. */
  readonly refusal?: ServiceError;
}

/** How the provider chooses a name: it never shortens or changes the logical name. */
export function autonameOf(rule: NameRule, depth: number): Autoname | undefined {
  const { input: property } = rule;
  const chosen = rule.chosen ?? (depth === 1 ? "suffix" : "copy");
  if (rule.only !== undefined) return undefined;
  if (chosen === "uuid") return { property, uuid: true };
  return { property, suffix: chosen === "suffix" };
}

/** What the provider finds wrong with a name, in its words. */
export function nameFaults(rule: NameRule | undefined, r: Resource): InputFault[] {
  if (rule === undefined || rule.refusal !== undefined || r.given(rule.input) === undefined)
    return [];
  const reason = faultOf(rule, r.text(rule.input));
  return reason === undefined ? [] : [{ property: rule.input, reason }];
}

/** The service's refusal of a name. */
export function refuseName(rule: NameRule | undefined, r: Resource): ServiceError | undefined {
  if (rule?.refusal === undefined || r.before !== undefined) return undefined;
  const name = r.text(rule.input);
  if (faultOf(rule, name) === undefined) return undefined;
  return { code: rule.refusal.code, says: rule.refusal.says.replaceAll("{value}", name) };
}

function faultOf(rule: NameRule, name: string): string | undefined {
  const { input, charactersMin = 1, charactersMax } = rule;
  if (name.length < charactersMin) {
    return `'${input}' is too short (${name.length}): at least ${charactersMin} characters required`;
  }
  if (charactersMax !== undefined && name.length > charactersMax) {
    return `'${input}' is too long (${name.length}): at most ${charactersMax} characters allowed`;
  }
  if (rule.only !== undefined && name.toLowerCase() !== rule.only.toLowerCase()) {
    return `'${input}' is '${name}' but expected one of ['${rule.only}']`;
  }
  if (rule.form === undefined || rule.form.test(name)) return undefined;
  return `'${input}' does not match expression '${rule.form.source}'`;
}
