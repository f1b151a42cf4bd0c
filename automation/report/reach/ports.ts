/** Sets of layer-4 selectors and of addresses as people read them. */
import { familyOf, formatAddress, formatCidr } from "../../../model/base/address.ts";
import type { Interval, IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, intersect, subtract } from "../../../model/base/interval-set.ts";
import type { Protocol } from "../../../model/base/layer4.ts";
import { everyLayer4, portSet } from "../../../model/base/layer4.ts";

const ported = (["tcp", "udp", "sctp"] as const).map(whole);
const plain = (["icmp", "icmp6"] as const).map(whole);
const named = [...ported, ...plain];

function whole(name: Protocol): { readonly name: Protocol; readonly all: IntervalSet } {
  return { name, all: portSet({ protocol: name, from: 0, to: 65535 }) };
}

/** `tcp/80, tcp/8080-8090, udp`; `any` for everything that a family of addresses has. */
export function selectorsText(selectors: IntervalSet): string {
  if (selectors.length === 0) return "nothing";
  // ICMP belongs to IPv4 alone, and ICMPv6 to IPv6.
  if (plain.some(({ all }) => covers(selectors, subtract(everyLayer4, all)))) return "any";
  const parts = named.flatMap(({ name, all }) => {
    const some = intersect(selectors, all);
    if (some.length === 0) return [];
    if (covers(some, all)) return [name];
    return some.map((range) => `${name}${lowText(name, range)}`);
  });
  const rest = named.reduce<IntervalSet>((left, { all }) => subtract(left, all), selectors);
  return [...parts, ...(rest.length > 0 ? ["other protocols"] : [])].join(", ");
}

function lowText(name: string, { from, to }: Interval): string {
  const [first, last] = [from & 0xffffn, to & 0xffffn];
  const text = first === last ? `${first}` : `${first}-${last}`;
  return name.startsWith("icmp") ? ` type and code ${text}` : `/${text}`;
}

/** A prefix where the range is one, otherwise its first and last address. */
export function rangeText({ from, to }: Interval): string {
  const family = familyOf(from);
  const size = to - from + 1n;
  const bits = size.toString(2).length - 1;
  const offset = family === 4 ? from : from - (1n << 32n);
  if (size === 1n << BigInt(bits) && offset % size === 0n) {
    return formatCidr({ family, base: offset, length: (family === 4 ? 32 : 128) - bits });
  }
  return `${formatAddress(from)}-${formatAddress(to)}`;
}
