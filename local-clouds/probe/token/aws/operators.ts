/** Condition operators on one value of the request and one of the policy (IAM user guide, "IAM JSON policy elements: Condition operators"). */

import { BlockList, isIP } from "node:net";
import { literalOf, type Pattern, wildcardMatches } from "../wildcard.ts";

/** How one operator compares. */
export interface Operator {
  /** The value of the request against one of the policy, its variables put in. */
  readonly matches: (got: string, wanted: Pattern) => boolean;
  /** The condition holds where no value of the policy matches. */
  readonly negated: boolean;
  /** Policy variables work with it. */
  readonly variables: boolean;
}

const positive: Readonly<Record<string, Omit<Operator, "negated">>> = {
  StringEquals: texts((got, wanted) => got === literalOf(wanted)),
  StringEqualsIgnoreCase: texts((got, wanted) => fold(got) === fold(literalOf(wanted))),
  StringLike: texts((got, wanted) => wildcardMatches(wanted, got)),
  // These two do the same.
  ArnEquals: texts(arnMatches),
  ArnLike: texts(arnMatches),
  Bool: texts((got, wanted) => fold(got) === fold(literalOf(wanted))),
  NumericEquals: numbers((got, wanted) => got === wanted),
  NumericLessThan: numbers((got, wanted) => got < wanted),
  NumericLessThanEquals: numbers((got, wanted) => got <= wanted),
  NumericGreaterThan: numbers((got, wanted) => got > wanted),
  NumericGreaterThanEquals: numbers((got, wanted) => got >= wanted),
  DateEquals: dates((got, wanted) => got === wanted),
  DateLessThan: dates((got, wanted) => got < wanted),
  DateLessThanEquals: dates((got, wanted) => got <= wanted),
  DateGreaterThan: dates((got, wanted) => got > wanted),
  DateGreaterThanEquals: dates((got, wanted) => got >= wanted),
  BinaryEquals: plain((got, wanted) => got === literalOf(wanted)),
  IpAddress: plain((got, wanted) => inRange(got, literalOf(wanted))),
};

const negative: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
};

/** The operator of a name without prefix and suffix; `undefined` where there is none. */
export function operatorOf(name: string): Operator | undefined {
  const base = positive[negative[name] ?? name];
  return base === undefined ? undefined : { ...base, negated: name in negative };
}

function texts(matches: Operator["matches"]): Omit<Operator, "negated"> {
  return { matches, variables: true };
}

function plain(matches: Operator["matches"]): Omit<Operator, "negated"> {
  return { matches, variables: false };
}

function numbers(compare: (got: number, wanted: number) => boolean): Omit<Operator, "negated"> {
  return plain((got, wanted) => {
    const text = literalOf(wanted);
    return got.trim() !== "" && text.trim() !== "" && compare(Number(got), Number(text));
  });
}

function dates(compare: (got: number, wanted: number) => boolean): Omit<Operator, "negated"> {
  return plain((got, wanted) => compare(timeOf(got), timeOf(literalOf(wanted))));
}

/** Milliseconds since 1970 of an ISO 8601 date or of epoch seconds; NaN compares to nothing. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function fold(text: string): string {
  return text.toLowerCase();
}

/** The six parts of an ARN, told apart by colons, are compared one by one. */
function arnMatches(got: string, wanted: Pattern): boolean {
  const parts = splitArn([...got].map((char) => ({ char, wild: false })));
  const patterns = splitArn(wanted);
  if (parts.length !== arnParts || patterns.length !== arnParts) return false;
  return patterns.every((pattern, i) => wildcardMatches(pattern, literalOf(parts[i] ?? [])));
}

const arnParts = 6;

function splitArn(pattern: Pattern): Pattern[] {
  const out: Pattern[number][][] = [[]];
  for (const part of pattern) {
    if (part.char === ":" && !part.wild && out.length < arnParts) out.push([]);
    else out.at(-1)?.push(part);
  }
  return out;
}

/** An address without prefix stands for itself alone. */
function inRange(address: string, range: string): boolean {
  const [network = "", bits] = range.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(address) !== family) return false;
  const list = new BlockList();
  const type = family === 4 ? "ipv4" : "ipv6";
  const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false;
  list.addSubnet(network, prefix, type);
  return list.check(address, type);
}
