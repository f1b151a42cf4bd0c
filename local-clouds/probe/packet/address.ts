/** Addresses as a probe compares them: text in, membership out. */

import {
  cidrInterval,
  type Family,
  formatAddress,
  tryParseAddress,
  tryParseCidr,
} from "../../../model/base/address.ts";

/** One address. */
export interface Address {
  readonly family: Family;
  /** Its place on the number line of `model/base/address.ts`. */
  readonly onLine: bigint;
  readonly text: string;
}

/** First number of IPv6 on the line. */
const ipv6Start = 1n << 32n;

/** An address from its text; `undefined` if it is none. A prefix's length is ignored. */
export function addressOf(text: string): Address | undefined {
  const parsed = tryParseAddress(text.replace(/\/\d+$/, ""));
  if (parsed === undefined) return undefined;
  const onLine = parsed.family === 4 ? parsed.value : parsed.value + ipv6Start;
  return { family: parsed.family, onLine, text: formatAddress(onLine) };
}

/** An address from its place on the line. */
export function addressAt(onLine: bigint): Address {
  return { family: onLine < ipv6Start ? 4 : 6, onLine, text: formatAddress(onLine) };
}

/** Whether a prefix (or a single address, or a range `a-b`) holds an address. */
export function holds(range: string, address: Address): boolean {
  const span = spanOf(range);
  return span !== undefined && span.from <= address.onLine && address.onLine <= span.to;
}

/** Addresses of one family from the first to the last; `undefined` for a text that is no range. */
interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** Texts read before; rules of one world name few ranges, and packets name them again and again. */
const spans = new Map<string, Span | undefined>();

/** Most texts kept; then reading begins anew. */
const spansMax = 100_000;

function spanOf(range: string): Span | undefined {
  if (spans.has(range)) return spans.get(range);
  if (spans.size >= spansMax) spans.clear();
  const span = readSpan(range);
  spans.set(range, span);
  return span;
}

function readSpan(range: string): Span | undefined {
  const [first = "", last] = range.split("-");
  if (last !== undefined) {
    const [from, to] = [addressOf(first), addressOf(last)];
    const fits = from !== undefined && to !== undefined && from.family === to.family;
    return fits ? { from: from.onLine, to: to.onLine } : undefined;
  }
  const cidr = tryParseCidr(
    range.includes("/") ? range : `${range}/${range.includes(":") ? 128 : 32}`,
  );
  return cidr === undefined ? undefined : cidrInterval(cidr);
}

/** Length of a prefix in bits; -1 if it is none. */
export function lengthOf(range: string): number {
  return tryParseCidr(range)?.length ?? -1;
}

/** Whether the second prefix lies in the first. */
export function encloses(outer: string, inner: string): boolean {
  const [whole, part] = [tryParseCidr(outer), tryParseCidr(inner)];
  if (whole === undefined || part === undefined || whole.family !== part.family) return false;
  const [all, some] = [cidrInterval(whole), cidrInterval(part)];
  return all.from <= some.from && some.to <= all.to;
}

/** Ranges that the internet does not route (RFC 1918, 3927, 4193, 4291, 6598; 1122 §3.2.1.3). */
const notRouted = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "fc00::/7",
  "fe80::/10",
];

/** Whether the internet routes an address. The ranges for documentation count as routed: the local clouds give them out. */
export function isPublic(address: Address): boolean {
  return !notRouted.some((range) => holds(range, address));
}

/**
 * An address of a prefix that nobody has: the first one after `reserved` that is not taken;
 * `undefined` where the prefix is full or none.
 */
export function freeAddress(
  range: string,
  reserved: bigint,
  taken: (address: Address) => boolean,
): Address | undefined {
  const cidr = tryParseCidr(range);
  if (cidr === undefined) return undefined;
  const { from, to } = cidrInterval(cidr);
  for (let onLine = from + reserved; onLine <= to && onLine < from + triesMax; onLine++) {
    const address = addressAt(onLine);
    if (!taken(address)) return address;
  }
  return undefined;
}

/** Addresses tried before a prefix counts as full; no local subnet has as many interfaces. */
const triesMax = 65_536n;

/** The member that gives an interface that does not exist yet a public IPv4 address. */
export const publicMember = "public";

/** The public address of an interface that does not exist yet (RFC 5737: nobody's). */
export const imaginedPublicAddress = "198.51.100.10";
