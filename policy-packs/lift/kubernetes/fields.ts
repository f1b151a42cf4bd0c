/** Reading a manifest's fields, with a problem for everything that the API server would refuse. */
import type { Problem } from "../../../model/base/problem.ts";
import { nearest } from "../../../model/base/problem.ts";

/** Where in which document something stands, and where what is wrong with it is noted. */
export interface Place {
  /** The document, e.g. `policies.yaml#2 NetworkPolicy shop/web`. */
  readonly urn: string;
  /** Path in it, e.g. `spec.ingress[0]`. */
  readonly path: string;
  readonly problems: Problem[];
}

/** The place of a property or of an element of a list. */
export function below(place: Place, key: string | number): Place {
  const step = typeof key === "number" ? `[${key}]` : place.path === "" ? key : `.${key}`;
  return { ...place, path: `${place.path}${step}` };
}

/** Notes that a value is none of those allowed. */
export function refuse(place: Place, got: unknown, allowed: string, next: string): undefined {
  place.problems.push({ code: "input-type", place: textOf(place), got: shown(got), allowed, next });
  return undefined;
}

/** The place as a person reads it. */
export function textOf({ urn, path }: Place): string {
  return path === "" ? urn : `${urn}: ${path}`;
}

const shownMax = 80;

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.slice(0, shownMax));
  if (typeof value !== "object" || value === null) return String(value);
  // Never the whole value: aliases may make it exponentially large.
  return Array.isArray(value) ? "a list" : "an object";
}

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with properties. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object; undefined where absent, or where it is something else, which is noted. */
export function object(place: Place, value: unknown): Fields | undefined {
  if (value === undefined || value === null) return undefined;
  return isFields(value) ? value : refuse(place, value, "an object", "Write properties below it.");
}

/** Elements of a list; none where it is absent or something else, which is noted. */
export function list(place: Place, value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  refuse(place, value, "a list", "Write its elements with a dash each.");
  return [];
}

/** A text that must be there, without what acts on terminals: no name of Kubernetes holds that. */
export function text(place: Place, value: unknown): string | undefined {
  if (typeof value === "string" && value !== "" && !/\p{Cc}/u.test(value)) return value;
  return refuse(place, value, "a text", "Write a text; numbers and yes or no need quotes.");
}

/** One of the given texts. */
export function oneOf<T extends string>(
  place: Place,
  value: unknown,
  allowed: readonly T[],
): T | undefined {
  const found = allowed.find((candidate) => candidate === value);
  return found ?? refuse(place, value, allowed.join(", "), "Write one of these.");
}

/** A flag; undefined where absent, or where it is something else, which is noted. */
export function flag(place: Place, value: unknown): boolean | undefined {
  if (value === undefined || value === null || typeof value === "boolean") {
    return value ?? undefined;
  }
  return refuse(place, value, "true or false", "Write one of the two, without quotes.");
}

/** A whole number between two bounds (inclusive). */
export function whole(place: Place, value: unknown, min: number, max: number): number | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  return refuse(place, value, `a whole number from ${min} to ${max}`, "Write such a number.");
}

/** Notes properties that the kind does not have: a slip there would silently change its meaning. */
export function only(place: Place, fields: Fields, known: readonly string[]): void {
  for (const key of Object.keys(fields)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    place.problems.push({
      code: "input-unknown",
      place: textOf(below(place, key)),
      got: JSON.stringify(key.slice(0, shownMax)),
      allowed: known.join(", "),
      next: near === undefined ? "Take the field out." : `Did you mean ${near}?`,
    });
  }
}
