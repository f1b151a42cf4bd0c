/** One packet that shows a difference, judged again by the naive walk. */

import { has } from "../base/interval-set.ts";
import { protocolNumbers } from "../base/layer4.ts";
import type { Endpoint, Stage, Topology, UnknownInput } from "../network/topology.ts";
import type { Packet, PacketEnd, Reading, Trace } from "../network/walk.ts";
import { ephemeralPort, walk } from "../network/walk.ts";
import { cellsIn } from "./atoms.ts";
import { hasPorts } from "./cells.ts";
import { readable } from "./differences.ts";
import { addressesOfEnds } from "./end-addresses.ts";
import type { Universe } from "./universe.ts";

/** A packet of a difference, and what becomes of it. */
export interface Witness {
  readonly packet: Packet;
  /** What decided; undefined where the topology does not have one of the endpoints. */
  readonly actual: Trace | undefined;
  readonly wanted: Trace | undefined;
  /** What an unsettled difference hangs on. */
  readonly inputs: readonly UnknownInput[];
}

/** A pair of ends and the atoms of which one is to be shown. */
export interface Sight {
  readonly from: number;
  readonly to: number;
  /** Numbers of the endpoints; undefined for addresses that none has. */
  readonly fromSubject: number | undefined;
  readonly toSubject: number | undefined;
  readonly row: Int32Array;
}

/** The packet that a person reads best. */
export function packetOf(universe: Universe, sight: Sight): Packet {
  const { from, to, sourceFrom, sourceTo } = universe.atoms.cells;
  const cell = bestCell(universe, sight.row);
  return {
    from: packetEnd(universe, sight.from, sight.fromSubject),
    to: packetEnd(universe, sight.to, sight.toSubject),
    selector: BigInt(within(from[cell] as number, to[cell] as number, preferredSelectors)),
    sourcePort: within(sourceFrom[cell] as number, sourceTo[cell] as number, [ephemeralPort]),
  };
}

/** Well-known doors first: a person knows at once what an open tcp/22 means. */
const preferredSelectors = [22, 443, 80].map((port) => protocolNumbers.tcp * 65536 + port);

export function within(from: number, to: number, preferred: readonly number[]): number {
  return preferred.find((value) => from <= value && value <= to) ?? from;
}

function bestCell({ atoms }: Universe, row: Int32Array): number {
  const { cells } = atoms;
  const rank = (cell: number): number => {
    const from = cells.from[cell] as number;
    const to = cells.to[cell] as number;
    const usual = (cells.sourceTo[cell] as number) >= ephemeralPort ? 0 : 8;
    const known = preferredSelectors.findIndex((selector) => from <= selector && selector <= to);
    if (known >= 0) return usual + known;
    if (from >> 16 === protocolNumbers.tcp) return usual + 4;
    return usual + (hasPorts(from) ? 5 : 6);
  };
  let best: number | undefined;
  for (const cell of cellsIn(atoms, row).sort((a, b) => a - b)) {
    if (best === undefined || rank(cell) < rank(best)) best = cell;
  }
  if (best === undefined) throw new Error("a difference without a packet");
  return best;
}

/** The clouds keep a subnet's first addresses to themselves; this is the first that a machine gets. */
const firstMachine = 4n;

export function packetEnd(universe: Universe, end: number, subject: number | undefined): PacketEnd {
  const { subjects, ends } = universe;
  const endpoint = subject === undefined ? undefined : subjects[subject]?.id;
  const family = ends.all[end]?.family ?? 4;
  const addresses = addressesOfEnds(universe, subject, [end]);
  const first = addresses[0];
  if (first === undefined) return { endpoint, address: { unknown: family } };
  if (has(addresses, readable[family])) return { endpoint, address: readable[family] };
  const machine = first.from + firstMachine;
  return { endpoint, address: has(addresses, machine) ? machine : first.from };
}

/** Walks a packet through one topology of a universe; undefined where that lacks one of its ends. */
export function replay(
  universe: Universe,
  topology: number,
  packet: Packet,
  ends: { readonly from: number; readonly to: number },
  reading: Reading,
): Trace | undefined {
  const present = [ends.from, ends.to].every(
    (index) => (((universe.ends.all[index]?.presence ?? 0) >> topology) & 1) === 1,
  );
  return present ? walk(partOf(universe, topology, packet), packet, reading) : undefined;
}

/** The topology without what a walk of this packet never asks: so it costs the same in any network. */
function partOf(universe: Universe, topology: number, packet: Packet): Topology {
  const ids = [...new Set([packet.from.endpoint, packet.to.endpoint])];
  const endpoints: Endpoint[] = ids.flatMap((id) => {
    const number = id === undefined ? undefined : universe.subjectNumbers.get(id);
    return number === undefined ? [] : (universe.subjects[number]?.states[topology] ?? []);
  });
  const names = new Set(endpoints.flatMap(({ stages }) => stages));
  const stages: Stage[] = [...names].flatMap(
    (name) => universe.stages[topology]?.get(name)?.stage ?? [],
  );
  return { endpoints, stages, residuals: [], unknowns: [] };
}
