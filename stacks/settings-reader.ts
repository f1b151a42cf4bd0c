/** Reads a stack's settings and collects everything wrong with them. Pure. */
import type { Problem } from "../model/base/problem.ts";
import { nearest } from "../model/base/problem.ts";

/** What a text must look like. */
export interface TextShape {
  readonly pattern: RegExp;
  /** The pattern in a person's words. */
  readonly allowed: string;
}

/** Shapes of what clouds call things. */
export const shapes = {
  guid: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    allowed: "a GUID in lower case",
  },
  digits: { pattern: /^[1-9]\d*$/, allowed: "a number without leading zero, quoted" },
  name: { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/, allowed: "a name" },
  region: { pattern: /^[a-z][a-z0-9-]+$/, allowed: "a region's name" },
  awsAccount: { pattern: /^\d{12}$/, allowed: "12 digits, quoted" },
  gcpProject: {
    pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    allowed: "a project id, 6–30 characters",
  },
} as const satisfies Record<string, TextShape>;

type Values = Readonly<Record<string, unknown>>;

/** One pass over the settings of a stack; `problems` holds what was wrong with what was read. */
export class SettingsReader {
  readonly problems: Problem[] = [];
  readonly #project: string;
  readonly #file: string;
  readonly #config: Values;

  /** `file` is where a person sets them; `names` are all settings there are. */
  constructor(project: string, file: string, names: readonly string[], config: Values) {
    this.#project = project;
    this.#file = file;
    this.#config = config;
    this.#refuseUnknown("", Object.keys(config), names);
  }

  /** A mapping of texts, each of its shape. */
  group<K extends string>(name: string, keys: Readonly<Record<K, TextShape>>): Record<K, string> {
    const value = this.#config[name];
    const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
    const given = isMapping ? (value as Values) : {};
    const known = Object.keys(keys) as K[];
    if (!isMapping) this.#wrong(name, value, `a mapping with ${known.join(", ")}`);
    this.#refuseUnknown(`${name}.`, Object.keys(given), known);
    const texts = known.map((key) => [
      key,
      isMapping ? this.#text(`${name}.${key}`, keys[key], given[key]) : "",
    ]);
    return Object.fromEntries(texts) as Record<K, string>;
  }

  /** A text of a shape. */
  text(name: string, shape: TextShape): string {
    return this.#text(name, shape, this.#config[name]);
  }

  /** One of a few words. */
  oneOf<W extends string>(name: string, words: readonly W[]): W {
    const value = this.#config[name];
    const found = words.find((word) => word === value);
    if (found === undefined) this.#wrong(name, value, `${words.join(" or ")}, quoted`);
    return found ?? (words[0] as W);
  }

  /** A whole number of days. */
  days(name: string, { min, max }: { readonly min: number; readonly max: number }): number {
    const value = this.#config[name];
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
      return value;
    }
    this.#wrong(name, value, `a whole number of days, ${min}–${max}`);
    return min;
  }

  #text(place: string, shape: TextShape, value: unknown): string {
    if (typeof value === "string" && shape.pattern.test(value)) return value;
    this.#wrong(place, value, shape.allowed);
    return "";
  }

  #refuseUnknown(prefix: string, given: readonly string[], known: readonly string[]): void {
    for (const key of given.filter((one) => !known.includes(one))) {
      const near = nearest(key, known);
      this.problems.push({
        code: "input-unknown",
        place: `${this.#project}:${prefix}${key}`,
        got: JSON.stringify(key),
        allowed: known.join(", "),
        next: near === undefined ? `Remove it from ${this.#file}.` : `Did you mean "${near}"?`,
      });
    }
  }

  #wrong(place: string, value: unknown, allowed: string): void {
    this.problems.push({
      code: value === undefined ? "input-missing" : "input-type",
      place: `${this.#project}:${place}`,
      got: value === undefined ? "nothing" : JSON.stringify(value),
      allowed,
      next: `Set it in ${this.#file}.`,
    });
  }
}
