/** One packet, and the packet that answers it. */

import { type Address, addressOf } from "./address.ts";

/** IANA protocol numbers that a packet may be named by. */
export const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  sctp: 132,
};

/** A packet as it is at one place of its way. */
export interface Packet {
  /** IANA protocol number, 0–255. */
  readonly protocol: number;
  readonly source: Address;
  readonly destination: Address;
  /** Ports of TCP, UDP and SCTP; 0 for other protocols. */
  readonly sourcePort: number;
  readonly port: number;
  /** Type and code of ICMP and ICMPv6; 0 for other protocols. */
  readonly icmpType: number;
  readonly icmpCode: number;
}

/** Whether the protocol has ports. */
export function hasPorts(packet: Packet): boolean {
  return [protocolNumbers["tcp"], protocolNumbers["udp"], protocolNumbers["sctp"]].includes(
    packet.protocol,
  );
}

/** Whether the packet is ICMP or ICMPv6. */
export function isIcmp(packet: Packet): boolean {
  return (
    packet.protocol === protocolNumbers["icmp"] || packet.protocol === protocolNumbers["icmpv6"]
  );
}

/** The name of the packet's protocol, or its number. */
export function protocolName(packet: Packet): string {
  const named = Object.entries(protocolNumbers).find(([, number]) => number === packet.protocol);
  return named?.[0] ?? String(packet.protocol);
}

/** Echo requests and what answers them (RFC 792; RFC 4443 §4). */
const echoReplies: ReadonlyMap<number, number> = new Map([
  [8, 0],
  [128, 129],
]);

/** The packet that answers: both ends and both ports exchanged. */
export function replyTo(packet: Packet): Packet {
  return {
    ...packet,
    source: packet.destination,
    destination: packet.source,
    sourcePort: packet.port,
    port: packet.sourcePort,
    icmpType: echoReplies.get(packet.icmpType) ?? packet.icmpType,
  };
}

/** The packet with another source, as after address translation. */
export function fromAddress(packet: Packet, source: Address): Packet {
  return { ...packet, source };
}

/** The packet with another destination. */
export function toAddress(packet: Packet, destination: Address): Packet {
  return { ...packet, destination };
}

/**
 * The packet as a person reads it: `tcp 10.0.1.5:50000 -> 10.0.2.7:8080`. Ends whose address nobody
 * knows are called by their names.
 */
export function formatPacket(packet: Packet, names: { from?: string; to?: string } = {}): string {
  const from = names.from ?? packet.source.text;
  const to = names.to ?? packet.destination.text;
  const name = protocolName(packet);
  if (isIcmp(packet)) {
    return `${name} ${from} -> ${to} type ${packet.icmpType} code ${packet.icmpCode}`;
  }
  if (!hasPorts(packet)) return `${name} ${from} -> ${to}`;
  return `${name} ${withPort(from, packet.sourcePort)} -> ${withPort(to, packet.port)}`;
}

function withPort(address: string, port: number): string {
  return addressOf(address)?.family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}
