/** Addresses as texts of planned resources, read into the model's sets. */
import {
  cidrSet,
  everyAddress,
  everyAddressOf,
  tryParseAddress,
  tryParseCidr,
} from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { intersect, subtract } from "../../model/base/interval-set.ts";
import { unroutedAddresses } from "../../model/base/special-addresses.ts";
import type { Place } from "../../model/policy/rule.ts";
import type { View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

/** All IPv4 addresses. */
export const every4: IntervalSet = everyAddressOf[4];
/** All IPv6 addresses. */
export const every6: IntervalSet = everyAddressOf[6];

/**
 * Addresses at which no end of a network is reached over the internet: all of IPv4, where public
 * addresses are translated, and of IPv6 what is not global unicast (RFC 4291, 2000::/3).
 */
export const networkOnly: IntervalSet = subtract(
  everyAddress,
  cidrSet([{ family: 6, base: 1n << 125n, length: 3 }]),
);

/** The addresses of a prefix or a single address. Throws `Undecided` for any other text. */
export function addressesOf(view: View): IntervalSet {
  return addressesIn(view.text() ?? "", view);
}

/** The same of a text that is part of what stands at a place. */
export function addressesIn(text: string, at: Place): IntervalSet {
  const cidr = tryParseCidr(text) ?? tryParseCidr(`${text}/${text.includes(":") ? 128 : 32}`);
  if (cidr === undefined) throw new Undecided(at.urn, at.path, "unreadable");
  return cidrSet([cidr]);
}

/** What the internet routes, by family: of IPv6 global unicast, of IPv4 no multicast (RFC 5771). */
const routed: readonly IntervalSet[] = [
  subtract(
    subtract(every4, unroutedAddresses),
    cidrSet([{ family: 4, base: 7n << 29n, length: 3 }]),
  ),
  subtract(every6, networkOnly),
];
/** Who is let in with that part of the internet is anybody: one rents a machine there. */
const everywherePart = 4n;

/**
 * Whether the set lets in the internet: a quarter of what it routes in one of the families. So a
 * prefix left out, or everything cut into halves, hides nothing.
 */
export function isEverywhere(set: IntervalSet): boolean {
  return routed.some((all) => sizeOf(intersect(set, all)) * everywherePart >= sizeOf(all));
}

function sizeOf(set: IntervalSet): bigint {
  return set.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
}

/** Documentation addresses (RFC 5737, RFC 3849): they stand for anybody on the internet. */
const anybody = ["203.0.113.7", "2001:db8::7"];

/** An address of the set that a person reads as "somebody on the internet", if it has one. */
export function somebodyIn(set: IntervalSet): string | undefined {
  return anybody.find((text) => {
    const address = tryParseAddress(text);
    if (address === undefined) return false;
    const cidr = tryParseCidr(`${text}/${address.family === 6 ? 128 : 32}`);
    return cidr !== undefined && intersect(set, cidrSet([cidr])).length > 0;
  });
}
