/** Address prefixes in inputs and outputs. */

import {
  type Cidr,
  cidrInterval,
  formatCidr,
  overlap,
  tryParseCidr,
} from "../../../../model/base/address.ts";
import type { JsonObject } from "../../../protocol/value.ts";
import type { ServiceError } from "../../../types/type.ts";
import { invalid, textsIn } from "./common.ts";

/** The prefixes of a subnet: one, several, or both spellings. */
export function prefixesIn(subnet: JsonObject): string[] {
  const { addressPrefix: one, addressPrefixes: many } = subnet;
  const list = Array.isArray(many) ? many : [];
  return textsIn([...list, ...(typeof one === "string" ? [one] : [])]);
}

/** The texts that are prefixes, parsed. */
export function parsed(prefixes: readonly string[]): Cidr[] {
  return prefixes.flatMap((prefix) => tryParseCidr(prefix) ?? []);
}

/** Whether one prefix lies in another. */
export function inside(cidr: Cidr, whole: Cidr): boolean {
  const part = cidrInterval(cidr);
  const all = cidrInterval(whole);
  return all.from <= part.from && part.to <= all.to;
}

/** Whether any prefix of one list meets any of the other. */
export function overlapping(some: readonly string[], others: readonly string[]): boolean {
  const theirs = parsed(others);
  return parsed(some).some((ours) => theirs.some((their) => overlap(ours, their)));
}

/** Refuses what is no prefix, and one with bits set behind its length. */
export function badPrefix(prefixes: readonly string[]): ServiceError | undefined {
  for (const prefix of prefixes) {
    const cidr = tryParseCidr(prefix);
    if (cidr === undefined) {
      return invalid(
        "InvalidAddressPrefixFormat",
        `Address prefix ${prefix} is not formatted correctly.`,
      );
    }
    if (cidr.family === 4 && formatCidr(cidr) !== prefix) {
      return invalid(
        "InvalidCIDRNotation",
        `The address prefix ${prefix} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${formatCidr(cidr)}.`,
      );
    }
  }
  return undefined;
}
