/** The naive walk's word on a difference. Where it says otherwise, something here is wrong. */
import type { UnknownInput } from "../network/topology.ts";
import type { Packet, Reading, Trace } from "../network/walk.ts";
import { ephemeralPort } from "../network/walk.ts";
import { atomAt, setBit } from "./atoms.ts";
import { clientPorts, hasPorts, rangeAt } from "./cells.ts";
import type { Gathered } from "./differences.ts";
import type { DifferenceKind } from "./pairs.ts";
import type { Reach } from "./reach.ts";
import { blockedReplies, repliesOf } from "./replies.ts";
import type { Universe } from "./universe.ts";
import type { Witness } from "./witness.ts";
import { packetOf, replay, within } from "./witness.ts";

/** A packet of the difference with both its traces. Throws an Error where they do not show it. */
export function judge(actual: Reach, wanted: Reach, gathered: Gathered<DifferenceKind>): Witness {
  const { kind, settled, best } = gathered;
  const packet = packetFor(actual, gathered);
  // What is settled is so even in the reading that speaks against it.
  const passing: Reading = settled ? "must" : "may";
  const stopped: Reading = settled ? "may" : "must";
  const missing = kind === "missing";
  const replies = kind === "reply-blocked";
  const trace = (reach: Reach, reading: Reading) =>
    replay(reach.universe, reach.topology, packet, best, reading);
  const witness = {
    packet,
    actual: trace(actual, missing || replies ? stopped : passing),
    wanted: trace(wanted, missing || replies ? passing : stopped),
  };
  const confirmed = replies
    ? trace(actual, passing)?.arrives === true && witness.actual?.replyArrives === false
    : arrives(witness.actual) !== missing && arrives(witness.wanted) === missing;
  if (!confirmed) throw new Error(`reach and walk disagree on what is ${kind}: ${said(packet)}`);
  const inputs = settled ? [] : [actual, wanted].flatMap((reach) => inputsOf(reach, trace, packet));
  return { ...witness, inputs };
}

function arrives(trace: Trace | undefined): boolean {
  return trace?.arrives === true;
}

function packetFor(
  actual: Reach,
  { kind, settled, best, from, to }: Gathered<DifferenceKind>,
): Packet {
  const { universe } = actual;
  const packet = packetOf(universe, { ...best, fromSubject: from, toSubject: to });
  if (kind !== "reply-blocked" || !hasPorts(Number(packet.selector))) return packet;
  const { atoms } = universe;
  const request = new Int32Array(atoms.words);
  setBit(request, atomAt(atoms, Number(packet.selector), packet.sourcePort));
  const reading = settled ? "may" : "must";
  const lost = blockedReplies(actual, repliesOf(atoms), best, request, reading, request.slice());
  if (lost === undefined) throw new Error("a blocked reply that is not blocked");
  return { ...packet, sourcePort: portOf(universe, packet, lost.reply) };
}

/** A port from which a client sends a packet whose reply is in an atom. */
function portOf({ atoms: { cells, cellsOf } }: Universe, packet: Packet, reply: number): number {
  const speaking = rangeAt(cells.sourceStarts, packet.sourcePort);
  const first = Math.max(cells.sourceStarts[speaking] as number, clientPorts.from);
  const last = (cells.sourceStarts[speaking + 1] ?? clientPorts.to + 1) - 1;
  const ports = (cellsOf[reply] ?? []).map((cell) => ({
    from: Math.max((cells.from[cell] as number) & 0xffff, first),
    to: Math.min((cells.to[cell] as number) & 0xffff, last),
  }));
  const open = ports.filter(({ from, to }) => from <= to);
  const usual = open.find(({ from, to }) => from <= ephemeralPort && ephemeralPort <= to);
  const shown = usual ?? open[0];
  if (shown === undefined) throw new Error("a blocked reply that no client awaits");
  return within(shown.from, shown.to, [ephemeralPort]);
}

/** What the rules hang on that decide otherwise in the other reading, and addresses not known. */
function inputsOf(
  reach: Reach,
  trace: (reach: Reach, reading: Reading) => Trace | undefined,
  packet: Packet,
): UnknownInput[] {
  const may = trace(reach, "may");
  const must = trace(reach, "must");
  const steps = [may, must].flatMap((one) => [...(one?.steps ?? []), ...(one?.replySteps ?? [])]);
  const conditions = steps.flatMap(({ rule }) => rule?.conditions ?? []);
  const ends = [packet.from, packet.to].flatMap(({ endpoint, address }) =>
    endpoint === undefined || typeof address === "bigint"
      ? []
      : [{ urn: endpoint, path: "addresses" }],
  );
  return [...conditions.flatMap((one) => (one.kind === "unknown" ? [one.input] : [])), ...ends];
}

function said(packet: Packet): string {
  return JSON.stringify(packet, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
