/**
 * Packets between the ends of a lifted network, drawn by a seed: half of them between any two ends,
 * half where something may pass, so that much arrives; ports at the borders of what rules say.
 */
import { type Family, familyOf, formatAddress } from "../../../model/base/address.ts";
import { has, type IntervalSet } from "../../../model/base/interval-set.ts";
import { protocolNumbers } from "../../../model/base/layer4.ts";
import { unroutedAddresses } from "../../../model/base/special-addresses.ts";
import type { Topology } from "../../../model/network/topology.ts";
import type { Packet, PacketEnd } from "../../../model/network/walk.ts";
import { endAt, type Reach, selectorsBetween } from "../../../model/reach/reach.ts";
import { networksOf } from "../../../policy-packs/lift/network-groups.ts";
import type { Draw } from "./draw.ts";
import type { NamedEnd } from "./ends.ts";

/** An end that is somewhere: one address of each family that it has. */
export interface PlacedEnd extends NamedEnd {
  readonly addresses: { readonly [family in Family]?: PacketEnd["address"] };
  /** Of a pod, those that other pods of its cluster see. */
  readonly amongPods?: PlacedEnd["addresses"];
  /** Of a pod, the endpoints on which it may run. */
  readonly nodes?: readonly string[];
}

/** One line of the probe's batch. */
export interface Question {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly family: Family;
  readonly port?: number;
  readonly sourcePort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

/** A packet in the words of both. */
export interface DrawnPacket {
  readonly packet: Packet;
  readonly question: Question;
  readonly kinds: string;
}

const ported: readonly number[] = [protocolNumbers.tcp, protocolNumbers.udp, protocolNumbers.sctp];
/** GRE and ESP, which have no ports. */
const portless = [47, 50];
const echoRequests: readonly bigint[] = [
  (BigInt(protocolNumbers.icmp) << 16n) | 0x0800n,
  (BigInt(protocolNumbers.icmp6) << 16n) | 0x8000n,
];
const portMax = 65_535;
/** First port that clients may take (Linux takes 32768, RFC 6335 says 49152, NAT gateways 1024). */
const clientPortMin = 1024;

/** How many ends of a hundred are outside. */
const outsideShare = 20;

/** Draws packets of a topology. */
export class PacketSource {
  private readonly reach: Reach;
  private readonly topology: Topology;
  private readonly inside: readonly PlacedEnd[];
  private readonly outside: readonly PlacedEnd[];
  private readonly draw: Draw;
  private readonly lows: ReadonlyMap<number, readonly number[]>;
  private readonly networks: ReadonlyMap<string, readonly string[]>;
  private readonly open = new Map<string, readonly bigint[]>();
  private readonly asked: (from: PlacedEnd, to: PlacedEnd) => boolean;

  /** Only pairs of which `asked` says so are drawn. */
  constructor(
    reach: Reach,
    topology: Topology,
    ends: readonly PlacedEnd[],
    draw: Draw,
    asked: (from: PlacedEnd, to: PlacedEnd) => boolean = () => true,
  ) {
    this.asked = asked;
    this.reach = reach;
    this.topology = topology;
    this.networks = new Map(topology.endpoints.map((one) => [one.id, networksOf(one)]));
    this.inside = ends.filter(({ cloud }) => cloud !== "outside");
    this.outside = ends.filter(({ cloud }) => cloud === "outside");
    this.draw = draw;
    this.lows = lowsOf(topology);
  }

  /** A packet of which both sides understand the ends. */
  next(): DrawnPacket {
    const wantsOpen = this.draw.percent(50);
    for (;;) {
      const { family, from, to } = this.pair();
      const platform = this.platformSelectors(from, to.addresses[family]);
      if (platform.length > 0) return this.packetOf(family, from, to, this.draw.of(platform));
      const open = wantsOpen ? this.openBorders(family, from, to) : [];
      if (wantsOpen && open.length === 0) continue;
      const selector = open.length > 0 ? this.draw.of(open) : this.anySelector(family);
      if (isUndocumented(from, to, selector)) continue;
      return this.packetOf(family, from, to, selector);
    }
  }

  private pair(): { family: Family; from: PlacedEnd; to: PlacedEnd } {
    for (;;) {
      const [from, to] = [this.end(), this.end()];
      const families = ([4, 6] as const).filter(
        (one) => from.addresses[one] !== undefined && to.addresses[one] !== undefined,
      );
      if (families.length === 0 || from === to || !this.asked(from, to)) continue;
      const family = this.draw.of(families);
      if (isSayable(from, to, family) && !this.isNearer(from, to, family))
        return { family, from, to };
    }
  }

  /** There are more addresses outside than ends inside, of which more is to be said. */
  private end(): PlacedEnd {
    return this.draw.of(this.draw.percent(outsideShare) ? this.outside : this.inside);
  }

  /** Whether the sender's own network has the address too: then the packet goes there. */
  private isNearer(from: PlacedEnd, to: PlacedEnd, family: Family): boolean {
    const address = to.addresses[family];
    const [near, far] = [from, to].map(({ endpoint }) => this.networks.get(endpoint ?? "") ?? []);
    if (near === undefined || far === undefined || typeof address !== "bigint") return false;
    if (far.length === 0 || far.some((one) => near.includes(one))) return false;
    return this.topology.endpoints.some(
      (one) => has(one.addresses, address) && networksOf(one).some((id) => near.includes(id)),
    );
  }

  /** Selectors at the borders of what may pass between two ends, and just beyond. */
  private openBorders(family: Family, from: PlacedEnd, to: PlacedEnd): readonly bigint[] {
    const key = `${family} ${from.name} ${to.name}`;
    const known = this.open.get(key);
    if (known !== undefined) return known;
    const [source, target] = [endOf(from, family, to), endOf(to, family, from)].map((end) =>
      endAt(this.reach, end),
    );
    const passing = selectorsBetween(this.reach, source ?? -1, target ?? -1, "may");
    const found = bordersOf(passing).filter((one) => isOf(family, Number(one >> 16n)));
    this.open.set(key, found);
    return found;
  }

  /** At the platform's own addresses nobody knows what else is answered. */
  private platformSelectors(
    from: PlacedEnd,
    address: PacketEnd["address"] | undefined,
  ): readonly bigint[] {
    if (typeof address !== "bigint") return [];
    // What a node gets its pods may get, too.
    const asking = [from.endpoint ?? "", ...(from.nodes ?? [])];
    const found = this.topology.residuals
      .filter(({ endpoints }) => endpoints.some((id) => asking.includes(id)))
      .filter(({ to }) => has(to, address))
      .flatMap(({ selectors }) => selectors.flatMap(({ from: first, to: last }) => [first, last]));
    return [...new Set(found)];
  }

  private anySelector(family: Family): bigint {
    const icmp = family === 4 ? protocolNumbers.icmp : protocolNumbers.icmp6;
    const all = [...ported, ...ported, icmp, this.draw.of(portless)];
    const protocol = this.draw.of(all);
    if (portless.includes(protocol)) return BigInt(protocol) << 16n;
    return (BigInt(protocol) << 16n) | BigInt(this.low(protocol));
  }

  private low(protocol: number): number {
    const known = this.lows.get(protocol) ?? [];
    return known.length > 0 && this.draw.percent(70)
      ? this.draw.of(known)
      : this.draw.below(portMax + 1);
  }

  private packetOf(family: Family, from: PlacedEnd, to: PlacedEnd, selector: bigint): DrawnPacket {
    const sourcePort = this.draw.percent(80)
      ? clientPortMin + this.draw.below(portMax + 1 - clientPortMin)
      : this.low(protocolNumbers.tcp);
    const ends = { from: endOf(from, family, to), to: endOf(to, family, from) };
    const packet = { ...ends, selector, sourcePort };
    return {
      packet,
      question: {
        from: from.name,
        to: crosses(from, to) ? (to.hidden ?? to.name) : to.name,
        family,
        ...layer4(packet),
      },
      kinds: `${from.kind} → ${to.kind}, IPv${family}`,
    };
  }
}

/**
 * Between clouds a public address would be taken, of which the lifted network knows two halves. A
 * public address of IPv6 in Azure cannot be said to the probe. Addresses speak to each other nowhere.
 */
function isSayable(from: PlacedEnd, to: PlacedEnd, family: Family): boolean {
  if (from.cloud === "outside" && to.cloud === "outside") return false;
  if (crosses(from, to)) return to.hidden !== undefined;
  // Who comes to a pod from outside comes by its node, which its cluster says nothing of.
  if (to.amongPods !== undefined && from.cloud === "outside") return false;
  // By which network a private address comes in is nothing that either could say.
  if (from.cloud === "outside" && !isRouted(from)) return false;
  const azureSix = (end: PlacedEnd) => end.cloud === "azure" && end.imagined && family === 6;
  const outside = from.cloud === "outside" || to.cloud === "outside";
  return !(outside && (azureSix(from) || azureSix(to)));
}

/**
 * Whether a rule of Azure with ports and any protocol means SCTP's ports, Microsoft does not say; nor
 * do RFC 792 and 4443 say what answers an echo request with another code than 0.
 */
function isUndocumented(from: NamedEnd, to: NamedEnd, selector: bigint): boolean {
  const isEcho = echoRequests.some((one) => selector >> 8n === one >> 8n);
  if (isEcho) return !echoRequests.includes(selector);
  const isAzure = from.cloud === "azure" || to.cloud === "azure";
  return isAzure && Number(selector >> 16n) === protocolNumbers.sctp;
}

function isRouted({ addresses }: PlacedEnd): boolean {
  return Object.values(addresses).every(
    (address) => typeof address === "bigint" && !has(unroutedAddresses, address),
  );
}

function crosses(from: NamedEnd, to: NamedEnd): boolean {
  return from.cloud !== to.cloud && from.cloud !== "outside" && to.cloud !== "outside";
}

function endOf(end: PlacedEnd, family: Family, peer: PlacedEnd): PacketEnd {
  const { endpoint, addresses, amongPods } = end;
  const address = (peer.amongPods === undefined ? addresses : (amongPods ?? addresses))[family];
  if (address === undefined) throw new RangeError(`no address of IPv${family}`);
  return { endpoint, address };
}

function layer4({ selector, sourcePort }: Packet) {
  const protocol = Number(selector >> 16n);
  const low = Number(selector & 0xffffn);
  const name = String(protocol);
  if (ported.includes(protocol)) return { protocol: name, port: low, sourcePort };
  const isIcmp = protocol === protocolNumbers.icmp || protocol === protocolNumbers.icmp6;
  return isIcmp ? { protocol: name, icmpType: low >> 8, icmpCode: low & 255 } : { protocol: name };
}

function isOf(family: Family, protocol: number): boolean {
  return protocol !== (family === 4 ? protocolNumbers.icmp6 : protocolNumbers.icmp);
}

/** The first and the last of each interval, one before and one after; of every protocol's too. */
function bordersOf(set: IntervalSet): bigint[] {
  const known = [...ported, ...portless, protocolNumbers.icmp, protocolNumbers.icmp6];
  const whole = known.flatMap((protocol) => {
    const start = BigInt(protocol) << 16n;
    return [start, start + 80n, start + 0xffffn].filter((one) => has(set, one));
  });
  const near = set.flatMap(({ from, to }) => [from - 1n, from, to, to + 1n]);
  return [...new Set([...near, ...whole])].filter(
    (one) => one >= 0n && known.includes(Number(one >> 16n)) && isWhole(one),
  );
}

/** Protocols without ports have one selector that packets are asked by. */
function isWhole(selector: bigint): boolean {
  return !portless.includes(Number(selector >> 16n)) || (selector & 0xffffn) === 0n;
}

/** By protocol, the ports (or ICMP types) at which rules begin and end, and those beside them. */
function lowsOf({ stages }: Topology): Map<number, number[]> {
  const all = new Set<bigint>();
  for (const { tiers } of stages)
    for (const { rules } of tiers)
      for (const { selectors } of rules)
        for (const { from, to } of selectors)
          for (const one of [from - 1n, from, from + 1n, to - 1n, to, to + 1n]) all.add(one);
  const found = Map.groupBy(
    [...all].filter((one) => one >= 0n),
    (one) => Number(one >> 16n),
  );
  return new Map(
    [...found].map(([protocol, list]) => [protocol, list.map((one) => Number(one & 0xffffn))]),
  );
}

/** An address that no endpoint has, as an end. */
export function addressEnd(onLine: bigint, kind: string, name = formatAddress(onLine)): PlacedEnd {
  const addresses = { [familyOf(onLine)]: onLine };
  const plain = {
    hidden: undefined,
    endpoint: undefined,
    cloud: "outside",
    imagined: false,
  } as const;
  return { ...plain, name, kind, addresses };
}
