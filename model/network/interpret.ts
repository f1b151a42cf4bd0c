/**
 * The naive reading of filters, one packet at a time. It shares nothing with the verifier but the
 * data types, so that every witness is judged twice before a person sees it.
 */
import { has } from "../base/interval-set.ts";
import type { Filter, FilterRule, Origin } from "./filter.ts";

/** One end of a packet. `segment` is undefined outside the place. */
export interface PacketEnd {
  readonly segment: string | undefined;
  /** Address on the number line of `base/address.ts`. */
  readonly address: bigint;
}

/** The first packet of a connection, inside one place or across its border. */
export interface Packet {
  readonly place: string;
  readonly from: PacketEnd;
  readonly to: PacketEnd;
  /** Layer-4 selector of `base/layer4.ts`. */
  readonly selector: bigint;
}

/** What one filter did with a packet. */
export interface Step {
  readonly segment: string;
  readonly direction: Filter["direction"];
  readonly action: "allow" | "deny";
  /** The deciding rule; undefined where the plane's default decided. */
  readonly rule: Origin | undefined;
  readonly otherwiseOrigin: string | undefined;
}

/** Whether the packet arrives, and what decided at each edge. */
export interface Trace {
  readonly arrives: boolean;
  readonly steps: readonly Step[];
}

/** Walks the packet out of its source's segment and into its destination's. */
export function interpret(filters: readonly Filter[], packet: Packet): Trace {
  const steps = [
    ...walk(filters, packet, "out", packet.from, packet.to),
    ...walk(filters, packet, "in", packet.to, packet.from),
  ];
  return { arrives: steps.every((step) => step.action === "allow"), steps };
}

function walk(
  filters: readonly Filter[],
  packet: Packet,
  direction: Filter["direction"],
  own: PacketEnd,
  other: PacketEnd,
): Step[] {
  return filters
    .filter(
      (filter) =>
        filter.place === packet.place &&
        filter.direction === direction &&
        filter.segment === own.segment,
    )
    .map((filter) => decide(filter, other, packet.selector));
}

function decide(filter: Filter, other: PacketEnd, selector: bigint): Step {
  const rule = filter.rules.find((candidate) => matches(candidate, other, selector));
  return {
    segment: filter.segment,
    direction: filter.direction,
    action: rule?.action ?? filter.otherwise,
    rule: rule?.origin,
    otherwiseOrigin: rule === undefined ? filter.otherwiseOrigin : undefined,
  };
}

function matches(rule: FilterRule, other: PacketEnd, selector: bigint): boolean {
  const bySegment = other.segment !== undefined && rule.peerSegments.includes(other.segment);
  return (bySegment || has(rule.peers, other.address)) && has(rule.selectors, selector);
}
