/**
 * Filters of sinks (Cloud Logging, "Logging query language"): comparisons joined by AND, OR and NOT, with
 * parentheses and `log_id()`. AND binds as OR does not: "The NOT operator has the highest precedence,
 * followed by OR and AND in that order".
 */

import { at, isList, isObject } from "../../probe/token/live.ts";
import type { Json, JsonObject } from "../../protocol/value.ts";

/** Severities in their order ("LogSeverity"). */
const severities = [
  "DEFAULT",
  "DEBUG",
  "INFO",
  "NOTICE",
  "WARNING",
  "ERROR",
  "CRITICAL",
  "ALERT",
  "EMERGENCY",
];

/** Whether a filter takes an entry; `undefined` for what is not understood here. An empty filter takes all. */
export function takes(filter: string, entry: JsonObject): boolean | undefined {
  const tokens = tokensOf(filter.replace(/--.*$/gm, ""));
  if (tokens === undefined) return undefined;
  if (tokens.length === 0) return true;
  const parser = new Parser(tokens, entry);
  const answer = parser.conjunction();
  return parser.done ? answer : undefined;
}

function tokensOf(text: string): readonly string[] | undefined {
  const pattern = /\s*("(?:[^"\\]|\\.)*"|!=|>=|<=|=~|!~|[()=:<>]|-(?=[\w"(])|[^\s()=:<>!"]+)/y;
  const tokens: string[] = [];
  const whole = text.trim();
  while (pattern.lastIndex < whole.length) {
    const found = pattern.exec(whole);
    if (found === null) return undefined;
    tokens.push(found[1] ?? "");
  }
  return tokens;
}

const operators: ReadonlySet<string> = new Set(["=", "!=", ":", ">=", "<=", ">", "<", "=~", "!~"]);

class Parser {
  private readonly tokens: readonly string[];
  private readonly entry: JsonObject;
  private here = 0;

  constructor(tokens: readonly string[], entry: JsonObject) {
    this.tokens = tokens;
    this.entry = entry;
  }

  get done(): boolean {
    return this.here >= this.tokens.length;
  }

  /** Comparisons beside each other are joined by AND. */
  conjunction(): boolean | undefined {
    let answer = this.disjunction();
    while (!this.done && this.peek() !== ")") {
      if (this.peek() === "AND") this.here++;
      const next = this.disjunction();
      answer =
        answer === false || next === false
          ? false
          : answer === undefined || next === undefined
            ? undefined
            : true;
    }
    return answer;
  }

  private disjunction(): boolean | undefined {
    let answer = this.negation();
    while (this.peek() === "OR") {
      this.here++;
      const next = this.negation();
      answer =
        answer === true || next === true
          ? true
          : answer === undefined || next === undefined
            ? undefined
            : false;
    }
    return answer;
  }

  private negation(): boolean | undefined {
    if (this.peek() !== "NOT" && this.peek() !== "-") return this.term();
    this.here++;
    const answer = this.negation();
    return answer === undefined ? undefined : !answer;
  }

  private term(): boolean | undefined {
    if (this.peek() === "(") {
      this.here++;
      const inner = this.conjunction();
      if (this.next() !== ")") this.here = this.tokens.length + 1;
      return inner;
    }
    const name = this.next();
    if (name === "log_id" && this.peek() === "(") {
      this.here++;
      const id = unquoted(this.next());
      this.here++;
      return String(this.entry["logName"]).endsWith(`/logs/${encodeURIComponent(id)}`);
    }
    const operator = this.peek();
    if (!operators.has(operator)) return contains(this.entry, unquoted(name));
    this.here++;
    if (this.peek() === "(") return this.choice(name, operator);
    return compare(valueAt(this.entry, unquoted(name)), operator, unquoted(this.next()), name);
  }

  /** `field = ("a" OR "b")`. */
  private choice(name: string, operator: string): boolean | undefined {
    this.here++;
    const values: string[] = [];
    let joined = "OR";
    while (!this.done && this.peek() !== ")") {
      const token = this.next();
      if (token === "OR" || token === "AND") joined = token;
      else values.push(unquoted(token));
    }
    this.here++;
    const answers = values.map((value) =>
      compare(valueAt(this.entry, name), operator, value, name),
    );
    if (answers.includes(undefined)) return undefined;
    return joined === "OR" ? answers.includes(true) : !answers.includes(false);
  }

  private peek(): string {
    return this.tokens[this.here] ?? "";
  }

  private next(): string {
    return this.tokens[this.here++] ?? "";
  }
}

function unquoted(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token;
}

/** A path that meets a list meets all of its items. */
function valueAt(entry: JsonObject, path: string): readonly Json[] {
  let met: readonly Json[] = [entry];
  for (const step of path.split(".")) {
    met = met.flatMap((one): readonly Json[] => {
      const next = at(one, step);
      return next === undefined ? [] : isList(next) ? next : [next];
    });
  }
  return met;
}

function compare(
  values: readonly Json[],
  operator: string,
  wanted: string,
  name: string,
): boolean | undefined {
  const any = (test: (text: string) => boolean) => values.some((value) => test(textOf(value)));
  const [low, pattern] = [wanted.toLowerCase(), patternOf(wanted)];
  switch (operator) {
    // Comparisons of texts do not regard case.
    case "=":
      return any((text) => text.toLowerCase() === low);
    case "!=":
      return !any((text) => text.toLowerCase() === low);
    case ":":
      return wanted === "*" ? values.length > 0 : any((text) => text.toLowerCase().includes(low));
    case "=~":
      return pattern === undefined ? undefined : any((text) => pattern.test(text));
    case "!~":
      return pattern === undefined ? undefined : !any((text) => pattern.test(text));
    default:
      return ordered(values, operator, wanted, name);
  }
}

function ordered(
  values: readonly Json[],
  operator: string,
  wanted: string,
  name: string,
): boolean | undefined {
  const rank = (text: string) =>
    name === "severity"
      ? severities.indexOf(text.toUpperCase())
      : /^[\d.]+$/.test(text)
        ? Number(text)
        : Date.parse(text);
  const limit = rank(wanted);
  if (Number.isNaN(limit) || limit < 0) return undefined;
  return values.some((value) => {
    const got = rank(textOf(value));
    if (operator === ">=") return got >= limit;
    if (operator === "<=") return got <= limit;
    return operator === ">" ? got > limit : got < limit;
  });
}

function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A text alone is searched for in every field. */
function contains(value: Json, text: string): boolean {
  if (isList(value)) return value.some((one) => contains(one, text));
  if (isObject(value)) return Object.values(value).some((one) => contains(one, text));
  return textOf(value).toLowerCase().includes(text.toLowerCase());
}
