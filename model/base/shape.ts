/** What a value from outside must look like before anything reads it as an intent. */
import type { Problem } from "./problem.ts";

/** What a value must be. */
export type Shape =
  | "text"
  | "flag"
  | "number"
  | { readonly words: readonly (string | number)[] }
  /** A list, of just as many items where a size is given. */
  | { readonly list: Shape; readonly size?: number }
  /** An object; `optional` fields may be absent. */
  | { readonly fields: Readonly<Record<string, Shape>>; readonly optional?: string }
  /** An object with one of the fields. */
  | { readonly oneOf: Readonly<Record<string, Shape>> };

/** Everything about a value that is not of the shape; `at` is its place, empty for all of it. */
export function shapeProblems(value: unknown, shape: Shape, at = ""): Problem[] {
  if (typeof shape === "string") {
    const type = { text: "string", flag: "boolean", number: "number" }[shape];
    return typeof value === type ? [] : [wrong(value, `a ${shape}`, at)];
  }
  if ("words" in shape) {
    const isWord = shape.words.some((word) => word === value);
    return isWord ? [] : [wrong(value, shape.words.join(", "), at)];
  }
  if ("list" in shape) {
    const { list, size } = shape;
    if (!Array.isArray(value)) return [wrong(value, "a list", at)];
    if (size !== undefined && value.length !== size) return [wrong(value, `${size} of them`, at)];
    return value.flatMap((item, index) => shapeProblems(item, list, `${at}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [wrong(value, "an object", at)];
  }
  return objectProblems(value, shape, at);
}

function objectProblems(
  value: object,
  shape: Extract<Shape, { fields: unknown } | { oneOf: unknown }>,
  at: string,
): Problem[] {
  const single = "oneOf" in shape;
  const fields = single ? shape.oneOf : shape.fields;
  const known = new Map(Object.entries(value));
  const names = Object.keys(fields);
  const place = (key: string) => (at === "" ? key : `${at}.${key}`);
  const strange = [...known.keys()].filter((key) => !names.includes(key));
  if (single && strange.length === 0 && known.size !== 1) {
    return [wrong(value, `one of ${names.join(", ")}`, at)];
  }
  const optional = single ? names : (shape.optional ?? "").split(" ");
  return [
    ...strange.map((key) => stranger(place(key), key, names)),
    ...Object.entries(fields).flatMap(([key, field]) =>
      known.get(key) === undefined && optional.includes(key)
        ? []
        : shapeProblems(known.get(key), field, place(key)),
    ),
  ];
}

function wrong(value: unknown, allowed: string, at: string): Problem {
  return {
    code: value === undefined ? "input-missing" : "input-type",
    place: at === "" ? "the intent" : at,
    got: value === undefined ? "nothing" : (JSON.stringify(value)?.slice(0, 60) ?? typeof value),
    allowed,
    next: "Write the intent as docs/reach.md shows it.",
  };
}

function stranger(at: string, key: string, names: readonly string[]): Problem {
  const next = "A field that nobody reads may be a slip: mend its name, or leave it out.";
  return { code: "input-unknown", place: at, got: key, allowed: names.join(", "), next };
}
