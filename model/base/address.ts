/**
 * IP addresses and prefixes on one number line: IPv4 occupies [0, 2^32), IPv6 the 2^128 numbers
 * after it. One line keeps the families apart without a second set of functions.
 */
import type { Interval, IntervalSet } from "./interval-set.ts";
import { intervalSet } from "./interval-set.ts";
import type { Problem } from "./problem.ts";
import { ProblemError } from "./problem.ts";

export type Family = 4 | 6;

const bitsOf: Record<Family, number> = { 4: 32, 6: 128 };
const lineStart: Record<Family, bigint> = { 4: 0n, 6: 1n << 32n };

/** An IP prefix, checked once when parsed and trusted afterwards. */
export interface Cidr {
  readonly family: Family;
  /** Network address as a number of its family (host bits zero). */
  readonly base: bigint;
  /** Length of the prefix in bits, 0–32 or 0–128. */
  readonly length: number;
}

/** Every address of both families. */
export const everyAddress: IntervalSet = intervalSet([
  { from: 0n, to: (1n << 32n) - 1n },
  { from: 1n << 32n, to: (1n << 32n) + (1n << 128n) - 1n },
]);

/** Every address of a family: on the line the two lie side by side, as one interval. */
export const everyAddressOf: Record<Family, IntervalSet> = {
  4: [{ from: 0n, to: (1n << 32n) - 1n }],
  6: [{ from: 1n << 32n, to: (1n << 32n) + (1n << 128n) - 1n }],
};

/**
 * Parses `10.0.0.0/8` or `fd00::/48`; host bits below the prefix are dropped, as the clouds do.
 * Returns undefined where the text is no prefix.
 */
export function tryParseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const lengthText = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(lengthText)) return undefined;
  const address = tryParseAddress(text.slice(0, slash));
  if (address === undefined) return undefined;
  const length = Number(lengthText);
  const bits = bitsOf[address.family];
  if (length > bits) return undefined;
  const hostBits = BigInt(bits - length);
  return { family: address.family, base: (address.value >> hostBits) << hostBits, length };
}

/** Like {@link tryParseCidr}, but throws a {@link ProblemError} that names `place`. */
export function parseCidr(text: string, place: string): Cidr {
  const cidr = tryParseCidr(text);
  if (cidr === undefined) throw new ProblemError([cidrProblem(text, place)]);
  return cidr;
}

/** The problem of a text that is no prefix. */
export function cidrProblem(text: string, place: string): Problem {
  return {
    code: "address-invalid",
    place,
    got: JSON.stringify(text),
    allowed: "a prefix such as 10.0.0.0/16 or fd00:10::/48",
    next: "Write the network address, a slash and the length of the prefix.",
  };
}

/** Address and family of a dotted or colon text; undefined where it is neither. */
export function tryParseAddress(text: string): { family: Family; value: bigint } | undefined {
  if (text.includes(":")) {
    const value = parseIpv6(text);
    return value === undefined ? undefined : { family: 6, value };
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : { family: 4, value };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is read as octal by some tools and as decimal by others: refuse it.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  // A dotted IPv4 may only end the whole text (RFC 4291 §2.2).
  if (halves.length === 2 && halves[0]?.includes(".")) return undefined;
  const head = groups(halves[0] ?? "");
  const tail = halves.length === 2 ? groups(halves[1] ?? "") : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...new Array<bigint>(Math.max(0, missing)).fill(0n), ...tail];
  return all.reduce((value, group) => (value << 16n) | group, 0n);
}

/** The 16-bit groups of a colon-separated run; a trailing dotted IPv4 counts as two groups. */
function groups(text: string): bigint[] | undefined {
  if (text === "") return [];
  const result: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".") && index === parts.length - 1) {
      const v4 = parseIpv4(part);
      if (v4 === undefined) return undefined;
      result.push(v4 >> 16n, v4 & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      result.push(BigInt(`0x${part}`));
    } else {
      return undefined;
    }
  }
  return result;
}

/** The addresses of a prefix on the number line. */
export function cidrInterval(cidr: Cidr): Interval {
  const size = 1n << BigInt(bitsOf[cidr.family] - cidr.length);
  const from = lineStart[cidr.family] + cidr.base;
  return { from, to: from + size - 1n };
}

/** The addresses of several prefixes. */
export function cidrSet(cidrs: readonly Cidr[]): IntervalSet {
  return intervalSet(cidrs.map(cidrInterval));
}

/**
 * What the internet does not route: private, shared and unique local addresses (RFC 1918, RFC 6598,
 * RFC 4193), those of one link or one host (RFC 3927, RFC 4291, RFC 1122 §3.2.1.3).
 */
export const unroutedAddresses: IntervalSet = cidrSet(
  [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
    "fe80::/10",
  ].map((text) => parseCidr(text, text)),
);

/** The `index`-th prefix that is `newBits` longer; throws where there is none. */
export function subnet(cidr: Cidr, newBits: number, index: number, place: string): Cidr {
  const length = cidr.length + newBits;
  const bits = bitsOf[cidr.family];
  if (length > bits || index < 0 || index >= 2 ** newBits) {
    throw new ProblemError([
      {
        code: "address-exhausted",
        place,
        got: `${formatCidr(cidr)} for part ${index} of ${2 ** newBits}`,
        allowed: `a prefix of at most /${bits - newBits}`,
        next: "Give the place a larger range.",
      },
    ]);
  }
  return {
    family: cidr.family,
    base: cidr.base + (BigInt(index) << BigInt(bits - length)),
    length,
  };
}

/** Whether two prefixes share an address. */
export function overlap(a: Cidr, b: Cidr): boolean {
  const x = cidrInterval(a);
  const y = cidrInterval(b);
  return x.from <= y.to && y.from <= x.to;
}

/** Canonical text of a prefix (IPv6 as RFC 5952). */
export function formatCidr(cidr: Cidr): string {
  const address = cidr.family === 4 ? formatIpv4(cidr.base) : formatIpv6(cidr.base);
  return `${address}/${cidr.length}`;
}

/** Text of an address given by its place on the number line. */
export function formatAddress(onLine: bigint): string {
  return onLine < lineStart[6] ? formatIpv4(onLine) : formatIpv6(onLine - lineStart[6]);
}

/** Family of an address given by its place on the number line. */
export function familyOf(onLine: bigint): Family {
  return onLine < lineStart[6] ? 4 : 6;
}

function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join(".");
}

function formatIpv6(value: bigint): string {
  const parts = Array.from({ length: 8 }, (_, i) => (value >> BigInt(112 - 16 * i)) & 0xffffn);
  const run = longestZeroRun(parts);
  const hex = parts.map((part) => part.toString(16));
  if (run.length < 2) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

function longestZeroRun(parts: readonly bigint[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= parts.length; i++) {
    if (i < parts.length && parts[i] === 0n) continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  return best;
}
