/**
 * Functions on values (Common Expression Language specification, "List of Standard Definitions"; IAM,
 * "Attribute reference for IAM Conditions", "Extracting values from resource names").
 */

import { error, open, type Result, Timestamp, typeOf, type Value, value } from "./result.ts";

/** Calls a function: a method's receiver is its first argument. */
export function call(name: string, args: readonly Value[]): Result {
  const [first, second] = args;
  const texts = args.every((arg) => typeof arg === "string");
  if (texts && typeof first === "string") {
    const done = onTexts(name, first, args.slice(1) as readonly string[]);
    if (done !== undefined) return done;
  }
  if (name === "size" && Array.isArray(first)) return value(first.length);
  if (name === "join" && Array.isArray(first)) return joined(first, second ?? "");
  if (name === "string" && first !== undefined) return asText(first);
  if (known.has(name)) return error(`no overload of ${name} for ${args.map(typeOf).join(", ")}`);
  return open(`the function ${name} is not among those documented`);
}

const known: ReadonlySet<string> = new Set([
  "size",
  "join",
  "startsWith",
  "endsWith",
  "contains",
  "matches",
  "extract",
  "lowerAscii",
  "upperAscii",
  "split",
  "replace",
  "timestamp",
]);

function onTexts(name: string, text: string, rest: readonly string[]): Result | undefined {
  const [first = "", second = ""] = rest;
  const arity = (count: number, result: () => Result) =>
    rest.length === count ? result() : undefined;
  switch (name) {
    case "size":
      return arity(0, () => value([...text].length));
    case "startsWith":
      return arity(1, () => value(text.startsWith(first)));
    case "endsWith":
      return arity(1, () => value(text.endsWith(first)));
    case "contains":
      return arity(1, () => value(text.includes(first)));
    case "matches":
      return arity(1, () => matches(text, first));
    case "extract":
      return arity(1, () => extract(text, first));
    case "lowerAscii":
      return arity(0, () => value(text.replace(/[A-Z]/g, (char) => char.toLowerCase())));
    case "upperAscii":
      return arity(0, () => value(text.replace(/[a-z]/g, (char) => char.toUpperCase())));
    case "split":
      return arity(1, () => value(text.split(first)));
    case "replace":
      return arity(2, () => value(text.replaceAll(first, () => second)));
    case "timestamp":
      return arity(0, () => moment(text));
    default:
      return undefined;
  }
}

function joined(items: readonly Value[], separator: Value): Result {
  const texts = items.every((item) => typeof item === "string");
  if (!texts || typeof separator !== "string") return error("join needs a list of texts");
  return value(items.join(separator));
}

function asText(of: Value): Result {
  if (typeof of === "string") return value(of);
  if (typeof of === "boolean") return value(String(of));
  if (typeof of === "number" && Number.isSafeInteger(of)) return value(String(of));
  return open(`string() of a ${typeOf(of)}`);
}

function moment(text: string): Result {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? error(`${text} is no timestamp`) : value(new Timestamp(ms));
}

/**
 * The part between what stands before and after `{name}` in a template: the first that fits, and the
 * empty text where none does.
 */
function extract(text: string, template: string): Result {
  const [, before, after] = /^([^{}]*)\{[A-Za-z_][A-Za-z0-9_]*\}([^{}]*)$/.exec(template) ?? [];
  if (before === undefined || after === undefined) {
    return error(`${template} is no template with one name in braces`);
  }
  const start = text.indexOf(before);
  if (start < 0) return value("");
  const rest = text.slice(start + before.length);
  const end = after === "" ? rest.length : rest.indexOf(after);
  return value(end < 0 ? "" : rest.slice(0, end));
}

/** What RE2 and the expressions of this runtime read differently, or what could run without end. */
const unlike = /\(\?|\\[1-9pPQECAzBkK]|[+*}]\+|\([^)]*[+*}][^)]*\)[+*{]|\[\[:/;

/** `matches` looks for the pattern anywhere in the text (RE2). */
function matches(text: string, pattern: string): Result {
  if (unlike.test(pattern)) return open(`the regular expression ${pattern}`);
  try {
    return value(new RegExp(pattern).test(text));
  } catch {
    return open(`the regular expression ${pattern}`);
  }
}
