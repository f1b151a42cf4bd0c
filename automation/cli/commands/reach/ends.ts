/** The ends of one question, as people write them. */
import type { Family } from "../../../../model/base/address.ts";
import { everyAddress, familyOf, tryParseAddress } from "../../../../model/base/address.ts";
import { has } from "../../../../model/base/interval-set.ts";
import type { Problem } from "../../../../model/base/problem.ts";
import { nearest, ProblemError } from "../../../../model/base/problem.ts";
import type { Endpoint, Topology } from "../../../../model/network/topology.ts";
import type { PacketEnd } from "../../../../model/network/walk.ts";
import { readable } from "../../../../model/reach/differences.ts";
import { internetName } from "../../../../model/reach/side.ts";

/** An end with its name. */
export interface NamedEnd {
  readonly name: string;
  /** The end in each family in which it has an address. */
  readonly of: ReadonlyMap<Family, PacketEnd>;
  /** Whether any of the endpoint's addresses is meant, not the one in `of` alone. */
  readonly anywhere: boolean;
}

/** Names that a problem lists at once. */
const listedMax = 10;

/**
 * The end that a text means: `internet`, an address, an endpoint's id or name, or its name without
 * kind or namespace. Throws a {@link ProblemError} where nothing or too much has the name.
 */
export function endNamed(topology: Topology, text: string, place: string): NamedEnd {
  const address = tryParseAddress(text);
  if (address !== undefined) return addressEnd(topology, text, address, place);
  if (text === internetName) {
    const ends = ([4, 6] as const).map((family): [Family, PacketEnd] => [
      family,
      { endpoint: undefined, address: readable[family] },
    ]);
    return { name: text, of: new Map(ends), anywhere: false };
  }
  const found = candidates(topology, text);
  const [endpoint, ...more] = found;
  if (endpoint !== undefined && more.length === 0) return endpointEnd(endpoint);
  const names = topology.endpoints.map(({ name }) => name);
  throw new ProblemError([
    found.length === 0 ? nobody(place, text, [...new Set(names)]) : several(place, text, found),
  ]);
}

function candidates({ endpoints }: Topology, text: string): Endpoint[] {
  for (const matches of [
    ({ id }: Endpoint) => id === text,
    ({ name }: Endpoint) => name === text,
    ({ name }: Endpoint) => withoutKind(name) === text,
    ({ name }: Endpoint) => withoutKind(name).endsWith(`/${text}`),
  ]) {
    const found = endpoints.filter(matches);
    if (found.length > 0) return found;
  }
  return [];
}

function withoutKind(name: string): string {
  return name.replace(/\[\w+\]$/, "");
}

function endpointEnd(endpoint: Endpoint): NamedEnd {
  const of = new Map<Family, PacketEnd>();
  for (const family of endpoint.unknownAddresses) {
    of.set(family, { endpoint: endpoint.id, address: { unknown: family } });
  }
  for (const { from } of endpoint.addresses.toReversed()) {
    of.set(familyOf(from), { endpoint: endpoint.id, address: from });
  }
  return { name: endpoint.name, of, anywhere: true };
}

/** Who has the address: a machine of its own rather than whatever may get it in its subnet. */
function addressEnd(
  { endpoints }: Topology,
  text: string,
  { family, value }: { readonly family: Family; readonly value: bigint },
  place: string,
): NamedEnd {
  const address = family === 4 ? value : value + (1n << 32n);
  const all = endpoints.filter(({ addresses }) => has(addresses, address));
  const least = all
    .map(sizeOf)
    .reduce((a, b) => (a < b ? a : b), sizeOf({ addresses: everyAddress }));
  const [owner, ...more] = all.filter((one) => sizeOf(one) === least);
  // In networks that nothing joins, several may have it.
  if (owner !== undefined && more.length > 0) {
    throw new ProblemError([several(place, text, [owner, ...more])]);
  }
  const of = new Map([[family, { endpoint: owner?.id, address }]]);
  return { name: owner?.name ?? text, of, anywhere: false };
}

function nobody(place: string, text: string, names: readonly string[]): Problem {
  const bare = names.map(withoutKind);
  const short = bare.map((name) => name.slice(name.lastIndexOf("/") + 1));
  const near = nearest(text, [...names, ...bare, ...short]);
  return {
    code: "input-unknown",
    place,
    got: JSON.stringify(text),
    allowed: `internet, an address, or one of ${listed(names)}`,
    next: near === undefined ? "Choose one of these." : `Did you mean ${near}?`,
  };
}

function sizeOf({ addresses }: Pick<Endpoint, "addresses">): bigint {
  return addresses.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
}

function several(place: string, text: string, found: readonly Endpoint[]): Problem {
  const names = found.map(({ id }) => id);
  const next = "Write one of these in full.";
  return { code: "input-unknown", place, got: JSON.stringify(text), allowed: listed(names), next };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, listedMax).join(", ");
  const rest = names.length - listedMax;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
