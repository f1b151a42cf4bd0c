/** Addresses that nobody on the internet has. */
import { cidrSet, parseCidr } from "./address.ts";
import type { IntervalSet } from "./interval-set.ts";
import { subtract, union } from "./interval-set.ts";

/** Ranges for networks of one's own (RFC 1918, RFC 6598, RFC 4193). */
export const privateAddresses: IntervalSet = setOf(
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "fc00::/7",
);

/**
 * What the internet does not route: private ranges, and addresses of one link or one host (RFC
 * 3927, RFC 4291, RFC 1122 §3.2.1.3).
 */
export const unroutedAddresses: IntervalSet = union(
  privateAddresses,
  setOf("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "fe80::/10"),
);

/**
 * IPv6 addresses that registries hand out: global unicast (RFC 4291) without what is reserved for
 * protocols, documentation and translation (IANA IPv6 Special-Purpose Address Registry).
 */
export const delegatedAddresses6: IntervalSet = subtract(
  setOf("2000::/3"),
  setOf("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
);

function setOf(...prefixes: readonly string[]): IntervalSet {
  return cidrSet(prefixes.map((text) => parseCidr(text, text)));
}
