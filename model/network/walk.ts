/**
 * The naive reading of a topology, one packet at a time, as the vendors' documents are read: stage
 * by stage, tier by tier, rule by rule. It shares nothing with `model/reach` but the data types, so
 * that every witness is judged twice before a person sees it.
 */

import type { Family } from "../base/address.ts";
import { everyAddressOf } from "../base/address.ts";
import { covers, has, intersect } from "../base/interval-set.ts";
import type { Endpoint, PeerTerm, Rule, Stage, Topology } from "./topology.ts";

/** One end of a packet. */
export interface PacketEnd {
  /** Id of the endpoint; undefined for an address that none has. */
  readonly endpoint: string | undefined;
  /** On the number line of `base/address.ts`; where it is not known yet, its family. */
  readonly address: bigint | { readonly unknown: Family };
}

/** The first packet of a connection. */
export interface Packet {
  readonly from: PacketEnd;
  readonly to: PacketEnd;
  /** Layer-4 selector of `base/layer4.ts`. */
  readonly selector: bigint;
  /** 0–65535; of protocols with ports only. */
  readonly sourcePort: number;
}

/**
 * Whether what is not settled counts for passing (`may`: no path is overlooked) or against it
 * (`must`: no path is taken for granted).
 */
export type Reading = "may" | "must";

/** What one stage did with a packet. */
export interface Step {
  readonly stage: Stage;
  /** Id of the endpoint that the stage guards. */
  readonly endpoint: string;
  readonly action: "allow" | "deny";
  /** The deciding rule; undefined where what becomes of unmatched packets decided. */
  readonly rule: Rule | undefined;
  readonly otherwiseOrigin: string | undefined;
}

/** Whether a packet arrives, and its reply, and what decided where. */
export interface Trace {
  readonly arrives: boolean;
  readonly steps: readonly Step[];
  /** The stages that do not remember connections, asked about the reply. */
  readonly replyArrives: boolean;
  readonly replySteps: readonly Step[];
}

/** First port of the range from which clients take theirs (RFC 6335, dynamic ports). */
export const ephemeralPort = 49152;

/** Walks the packet out of its source and into its destination, and its reply back. */
export function walk(topology: Topology, packet: Packet, reading: Reading): Trace {
  const steps = stepsOf(topology, packet, reading, () => true);
  const replySteps = stepsOf(topology, replyTo(packet), reading, (stage) => !stage.stateful);
  return {
    arrives: steps.every(({ action }) => action === "allow"),
    steps,
    replyArrives: replySteps.every(({ action }) => action === "allow"),
    replySteps,
  };
}

const ported: ReadonlySet<bigint> = new Set([6n, 17n, 132n]);
const portBits = 16n;

/** The reply: ends and, where the protocol has them, ports change sides. */
export function replyTo({ from, to, selector, sourcePort }: Packet): Packet {
  const protocol = selector >> portBits;
  if (!ported.has(protocol))
    return { from: to, to: from, selector: replySelector(selector), sourcePort };
  return {
    from: to,
    to: from,
    selector: (protocol << portBits) | BigInt(sourcePort),
    sourcePort: Number(selector & 0xffffn),
  };
}

/** An echo is answered by an echo reply (RFC 792, RFC 4443); other protocols know no sides. */
function replySelector(selector: bigint): bigint {
  const echoes: Record<string, bigint> = {
    [String((1n << portBits) | (8n << 8n))]: 1n << portBits,
    [String((58n << portBits) | (128n << 8n))]: (58n << portBits) | (129n << 8n),
  };
  return echoes[String(selector)] ?? selector;
}

function stepsOf(
  topology: Topology,
  packet: Packet,
  reading: Reading,
  asked: (stage: Stage) => boolean,
): Step[] {
  return (["out", "in"] as const).flatMap((direction) => {
    const [own, peer] = direction === "out" ? [packet.from, packet.to] : [packet.to, packet.from];
    const endpoint = topology.endpoints.find(({ id }) => id === own.endpoint);
    if (endpoint === undefined) return [];
    return topology.stages
      .filter((stage) => endpoint.stages.includes(stage.id) && stage.direction === direction)
      .filter(asked)
      .map((stage) => decide(topology, stage, endpoint, { own, peer, packet, reading }));
  });
}

interface Seen {
  readonly own: PacketEnd;
  readonly peer: PacketEnd;
  readonly packet: Packet;
  readonly reading: Reading;
}

function decide(topology: Topology, stage: Stage, endpoint: Endpoint, seen: Seen): Step {
  const preferred = seen.reading === "may" ? "allow" : "deny";
  const end = (
    action: Step["action"],
    rule: Rule | undefined,
    otherwiseOrigin: string | undefined,
  ): Step => ({ stage, endpoint: endpoint.id, action, rule, otherwiseOrigin });
  const enter = (tierIndex: number): Step => {
    const tier = stage.tiers[tierIndex];
    if (tier === undefined) throw new Error(`stage ${stage.id} hands on what nobody takes`);
    for (const rule of tier.rules) {
      const match = matches(topology, rule, seen);
      if (match === "no") continue;
      const taken =
        rule.action === "pass" ? enter(tierIndex + 1) : end(rule.action, rule, undefined);
      // What perhaps matches is followed both ways: the reading says which of the two counts.
      if (match === "yes" || taken.action === preferred) return taken;
    }
    if (tier.otherwise === "pass") return enter(tierIndex + 1);
    return end(tier.otherwise, undefined, tier.otherwiseOrigin);
  };
  return enter(0);
}

/** How surely something matches. */
type Match = "no" | "perhaps" | "yes";

function matches(topology: Topology, rule: Rule, seen: Seen): Match {
  return least([
    has(rule.selectors, seen.packet.selector) ? "yes" : "no",
    matchesSourcePort(rule, seen.packet),
    rule.own === undefined ? "yes" : matchesAddress(topology, rule.own, seen.own),
    most(rule.peers.map((term) => matchesPeer(topology, term, seen.peer))),
    rule.conditions === undefined || rule.conditions.length === 0 ? "yes" : "perhaps",
  ]);
}

function matchesSourcePort({ sourcePorts }: Rule, packet: Packet): Match {
  if (sourcePorts === undefined) return "yes";
  if (!ported.has(packet.selector >> portBits)) return "no";
  return has(sourcePorts, BigInt(packet.sourcePort)) ? "yes" : "no";
}

function matchesPeer(topology: Topology, { addresses, group }: PeerTerm, peer: PacketEnd): Match {
  const endpoint = topology.endpoints.find(({ id }) => id === peer.endpoint);
  const member = group === undefined || endpoint?.groups.includes(group) === true;
  if (!member) return "no";
  return addresses === undefined ? "yes" : matchesAddress(topology, addresses, peer);
}

/** An address that is not known yet lies surely in a set that holds all it can turn out to be. */
function matchesAddress(
  { endpoints }: Topology,
  set: NonNullable<PeerTerm["addresses"]>,
  { endpoint, address }: PacketEnd,
): Match {
  if (typeof address === "bigint") return has(set, address) ? "yes" : "no";
  const within = endpoints.find(({ id }) => id === endpoint)?.unknownWithin;
  const every = everyAddressOf[address.unknown];
  const possible = within === undefined ? every : intersect(every, within);
  if (intersect(set, possible).length === 0) return "no";
  return covers(set, possible) ? "yes" : "perhaps";
}

const order: readonly Match[] = ["no", "perhaps", "yes"];

function least(all: readonly Match[]): Match {
  return order.find((match) => all.includes(match)) ?? "yes";
}

function most(all: readonly Match[]): Match {
  return order.toReversed().find((match) => all.includes(match)) ?? "no";
}
