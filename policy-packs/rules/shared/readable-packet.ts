/** A witness with addresses that a person recognises. */
import { cidrInterval, familyOf, parseCidr } from "../../../model/base/address.ts";
import type { Filter } from "../../../model/network/filter.ts";
import type { Packet, PacketEnd } from "../../../model/network/interpret.ts";
import { interpret } from "../../../model/network/interpret.ts";
import type { Difference } from "../../../model/network/verify.ts";

/** Somebody on the internet: addresses of documentation (RFC 5737, RFC 3849). */
const somebody = { 4: "203.0.113.7/32", 6: "2001:db8::7/128" } as const;

/** The clouds keep a subnet's first addresses to themselves; this is the first that a machine gets. */
const firstMachine = 4n;

/**
 * The packet of the difference, its ends moved to addresses that read well. The moved packet is
 * replayed, and taken only if the filters do the same with it.
 */
export function readablePacket(filters: readonly Filter[], difference: Difference): Packet {
  const { packet, trace } = difference;
  const moved = { ...packet, from: readableEnd(packet.from), to: readableEnd(packet.to) };
  const replayed = interpret(filters, moved);
  const same =
    replayed.arrives === trace.arrives &&
    JSON.stringify(replayed.steps) === JSON.stringify(trace.steps);
  return same ? moved : packet;
}

function readableEnd(end: PacketEnd): PacketEnd {
  if (end.segment !== undefined) return { ...end, address: end.address + firstMachine };
  const text = somebody[familyOf(end.address)];
  return { ...end, address: cidrInterval(parseCidr(text, "witness")).from };
}
