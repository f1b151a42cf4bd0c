/** Problems that several parts of a network intent can have. */
import type { Cidr } from "../base/address.ts";
import { cidrProblem, cidrSet, formatCidr, parseCidr, tryParseCidr } from "../base/address.ts";
import { covers } from "../base/interval-set.ts";
import type { Problem } from "../base/problem.ts";
import { nearest } from "../base/problem.ts";

/** A name that an earlier entry of the list has already. */
export function duplicate(place: string, name: string, first: string): Problem {
  return {
    code: "input-duplicate",
    place,
    got: JSON.stringify(name),
    allowed: "each name once",
    next: `${first} has this name already; rename one of the two.`,
  };
}

/** A name that nobody declared. */
export function unknownName(place: string, got: string, names: readonly string[]): Problem {
  const near = nearest(got, names);
  return {
    code: "input-unknown",
    place,
    got: JSON.stringify(got),
    allowed: names.join(", "),
    next: near === undefined ? "Declare it first." : `Did you mean "${near}"?`,
  };
}

/** A day of the calendar, `2027-01-31`. */
export function checkDay(place: string, text: string): Problem[] {
  const day = new Date(`${text}T00:00:00Z`);
  const valid = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime());
  if (valid && day.toISOString().startsWith(text)) return [];
  return [
    {
      code: "input-type",
      place,
      got: JSON.stringify(text),
      allowed: "a day such as 2027-01-31",
      next: "Name the last day on which it holds.",
    },
  ];
}

/** A text that must say something. */
export function checkSaid(place: string, text: string, allowed: string, next: string): Problem[] {
  return text.trim() === ""
    ? [{ code: "input-missing", place, got: "nothing", allowed, next }]
    : [];
}

/** Addresses of IPv4 written as IPv6 (RFC 4291 §2.5.5.2): no cloud routes or filters them. */
const mapped4 = cidrSet([parseCidr("::ffff:0:0/96", "IPv4-mapped addresses")]);

/**
 * A text that is no prefix, has bits behind its length or another spelling than addresses usually
 * have, or dresses IPv4 as IPv6: whoever reads it may read something else.
 */
export function prefixProblems(text: string, place: string): Problem[] {
  const cidr = tryParseCidr(text);
  if (cidr === undefined) return [cidrProblem(text, place)];
  if (covers(mapped4, cidrSet([cidr]))) {
    return [
      { ...cidrProblem(text, place), next: "Write the IPv4 prefix itself, e.g. 192.0.2.0/24." },
    ];
  }
  return canonicalProblems(text, cidr, place);
}

/** A prefix with bits behind its length, or in another spelling than addresses usually have. */
export function canonicalProblems(text: string, cidr: Cidr, place: string): Problem[] {
  const canonical = formatCidr(cidr);
  if (canonical === text.toLowerCase()) return [];
  return [
    {
      ...cidrProblem(text, place),
      allowed: `${canonical}, the canonical form of what is written`,
      next: "Write the network address: bits behind the prefix are a slip of somebody.",
    },
  ];
}
