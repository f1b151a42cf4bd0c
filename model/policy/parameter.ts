/** What a person may set of a rule, and how it is checked. */
import type { Json } from "./view.ts";

/** One thing that may be set; what it is called is its key in the rule. */
export interface Parameter {
  /** What it decides. */
  readonly says: string;
  readonly otherwise: Json;
  /** Which values are allowed, in words. */
  readonly allowed: string;
  readonly accepts: (value: unknown) => boolean;
}

/** Values of one rule's parameters, by name. */
export type ParameterValues = Readonly<Record<string, Json>>;

/** A list of texts, of which none is empty. */
export function textList(
  says: string,
  allowed: string,
  pattern: RegExp = /\S/,
  otherwise: readonly string[] = [],
): Parameter {
  const accepts = (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === "string" && pattern.test(item));
  return { says, otherwise, allowed, accepts };
}

/** Something that is off unless it is switched on. */
export function onOff(says: string): Parameter {
  const accepts = (value: unknown) => typeof value === "boolean";
  return { says, otherwise: false, allowed: "true or false", accepts };
}
