/** What rules of VPC firewalls and of firewall policies have in common: protocols, targets, sources. */

import { type Address, holds } from "../address.ts";
import type { Deployed } from "../deployed.ts";
import { hasPorts, type Packet, protocolNumbers } from "../packet.ts";
import type { GcpInterface } from "./interface.ts";
import { sameLink } from "./networks.ts";
import { peeringsOf } from "./peerings.ts";

/** `INGRESS` or `EGRESS`, as the services write it. */
export type Direction = "INGRESS" | "EGRESS";

/** What a rule is matched against. */
export interface Sight {
  readonly deployed: Deployed;
  readonly direction: Direction;
  readonly packet: Packet;
  /** The interface at which the rule is enforced. */
  readonly own: GcpInterface;
  /** The interface at the other end, where it is one of this world. */
  readonly other: GcpInterface | undefined;
}

/** A protocol with its ports; no ports mean all. */
export interface Layer4 {
  readonly protocol: string;
  readonly ports: readonly string[];
}

/** Whether one of the entries carries the packet. */
export function carries(entries: readonly Layer4[], packet: Packet): boolean {
  return entries.some(({ protocol, ports }) => {
    const name = protocol.toLowerCase();
    if (name === "all") return true;
    // IPv6's own number is written out; `icmp` is IPv4's alone ("VPC firewall rules", "Protocols and ports").
    const number = protocolNumbers[name] ?? Number(name);
    if (number !== packet.protocol) return false;
    return ports.length === 0 || !hasPorts(packet) || ports.some((range) => inRange(range, packet));
  });
}

function inRange(range: string, packet: Packet): boolean {
  const [from = "", to = from] = range.split("-");
  return Number(from) <= packet.port && packet.port <= Number(to);
}

/** Whether one of the ranges holds an address. */
export function inRanges(ranges: readonly string[], address: Address): boolean {
  return ranges.some((range) => holds(range, address));
}

/**
 * The sender, as far as network tags and service accounts name it: only by internal addresses, and
 * only in the same VPC network ("VPC firewall rules", "Sources").
 */
export function senderInNetwork(sight: Sight): GcpInterface | undefined {
  const { other, own, packet } = sight;
  if (other === undefined || !sameLink(other.network, own.network)) return undefined;
  return hasAddress(other, packet.source) ? other : undefined;
}

/** The sender, as far as secure tags name it: peered networks, too ("Secure tags for firewalls"). */
export function senderByTag(sight: Sight): GcpInterface | undefined {
  const { other, own, packet, deployed } = sight;
  if (other === undefined || !hasAddress(other, packet.source)) return undefined;
  const peered = peeringsOf(deployed, own.network).some(({ remote }) =>
    sameLink(remote, other.network),
  );
  return peered || sameLink(other.network, own.network) ? other : undefined;
}

function hasAddress(end: GcpInterface, address: Address): boolean {
  return end.addresses.some(({ onLine }) => onLine === address.onLine);
}
