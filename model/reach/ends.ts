/**
 * Who can be at an end of a packet, as coarse as the rules allow: an end is a class of addresses of
 * endpoints that are guarded and named alike, or of addresses that no endpoint has.
 */
import type { Family } from "../base/address.ts";
import { everyAddressOf } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { emptySet, intersect, intervalSet } from "../base/interval-set.ts";
import type { Endpoint, Topology } from "../network/topology.ts";
import type { AddressCut } from "./address-classes.ts";
import { cutPiecesOf, familyOfPiece, pieceInterval } from "./address-classes.ts";
import { joinedResiduals, textOf } from "./joined-residuals.ts";
import type { Partition } from "./partition.ts";
import { eachOf } from "./partition.ts";

/** One endpoint in each of the topologies; undefined in those that do not have it. */
export interface Subject {
  readonly id: string;
  readonly states: readonly (Endpoint | undefined)[];
  readonly outside: boolean;
}

export interface End {
  readonly family: Family;
  /** Numbers of the endpoints that share it; empty for addresses that no endpoint has. */
  readonly subjects: readonly number[];
  /** Pieces of the address line; empty where the address is not known. */
  readonly pieces: readonly number[];
  /** Class of those pieces; -1 where the address is not known. */
  readonly addressClass: number;
  /** What the address can turn out to be, where it is not known; else empty. */
  readonly possible: IntervalSet;
  /** One bit for each topology that has it. */
  readonly presence: number;
  /** No endpoint, or one beyond what is planned. */
  readonly outside: boolean;
}

/** Where the ends of a family are: `[start, outside)` are inside, `[outside, end)` outside. */
export interface Block {
  readonly start: number;
  readonly outside: number;
  readonly end: number;
}

export interface Ends {
  readonly all: readonly End[];
  readonly blocks: Readonly<Record<Family, Block>>;
  /** Ends of each class of addresses. */
  readonly ofClass: readonly (readonly number[])[];
  readonly ofSubject: readonly (readonly number[])[];
  /** Ends whose address is not known, by what it can turn out to be. */
  readonly floating: ReadonlyMap<IntervalSet, readonly number[]>;
}

/** Ranges of ends: first, after the last, first, after the last, … */
export type Ranges = Int32Array;

/** The ends that match surely, and those of which an address not known yet may match. */
export interface Cover {
  readonly sure: Ranges;
  readonly perhaps: Ranges;
}

/** The endpoints of all topologies, each once. Throws where a topology has an id twice. */
export function subjectsOf(topologies: readonly Topology[]): Subject[] {
  const states = new Map<string, (Endpoint | undefined)[]>();
  for (const [index, topology] of topologies.entries()) {
    for (const endpoint of topology.endpoints) {
      const known = states.get(endpoint.id) ?? topologies.map(() => undefined);
      if (known[index] !== undefined) throw new Error(`two endpoints have the id ${endpoint.id}`);
      known[index] = endpoint;
      states.set(endpoint.id, known);
    }
  }
  return [...states].map(([id, all]) => ({
    id,
    states: all,
    outside: all.some((endpoint) => endpoint?.outside === true),
  }));
}

interface Draft extends End {
  readonly subjects: number[];
  readonly pieces: number[];
}

/** Cuts endpoints and the rest of the line into ends, and puts them in the order of {@link Block}. */
export function endsOf(
  subjects: readonly Subject[],
  topologies: readonly Topology[],
  cut: AddressCut,
  { classOf, count }: Partition,
): Ends {
  const drafts = new Drafts();
  const kindOf = kinds(topologies);
  const covered = new Uint8Array(cut.count);
  for (const [index, subject] of subjects.entries()) {
    const kind = kindOf(subject);
    const presence = presenceOf(subject, cut, covered);
    for (const [piece, present] of presence.pieces) {
      const place = { kind, addressClass: classOf[piece] as number, presence: present };
      drafts.add(place, familyOfPiece(cut, piece), subject.outside, index, piece);
    }
    for (const { family, possible, present } of presence.unknown) {
      const place = { kind, addressClass: -1, possible, presence: present };
      drafts.add(place, family, subject.outside, index, undefined);
    }
  }
  const everywhere = 2 ** topologies.length - 1;
  for (let piece = 0; piece < cut.count; piece++) {
    if (covered[piece] === 1) continue;
    const place = { kind: "", addressClass: classOf[piece] as number, presence: everywhere };
    drafts.add(place, familyOfPiece(cut, piece), true, undefined, piece);
  }
  return indexed(drafts.sorted(), subjects.length, count);
}

interface Place {
  readonly kind: string;
  readonly addressClass: number;
  readonly possible?: IntervalSet;
  readonly presence: number;
}

class Drafts {
  readonly #byKey = new Map<string, Draft>();

  add(
    { kind, addressClass, possible = emptySet, presence }: Place,
    family: Family,
    outside: boolean,
    subject: number | undefined,
    piece: number | undefined,
  ): void {
    const key = `${addressClass} ${family} ${presence} ${textOf(possible)} ${kind}`;
    let draft = this.#byKey.get(key);
    if (draft === undefined) {
      draft = { family, subjects: [], pieces: [], addressClass, possible, presence, outside };
      this.#byKey.set(key, draft);
    }
    if (subject !== undefined && draft.subjects.at(-1) !== subject) draft.subjects.push(subject);
    if (piece !== undefined) draft.pieces.push(piece);
  }

  sorted(): End[] {
    const rank = (end: End) => end.family * 2 + (end.outside ? 1 : 0);
    const first = (end: End) => end.pieces[0] ?? Number.POSITIVE_INFINITY;
    return [...this.#byKey.values()].sort((a, b) => {
      if (rank(a) !== rank(b)) return rank(a) - rank(b);
      return first(a) === first(b) ? 0 : first(a) - first(b);
    });
  }
}

/** What an address that is not known yet can turn out to be, in some of the topologies. */
interface Unknown {
  readonly family: Family;
  readonly possible: IntervalSet;
  readonly present: number;
}

/** The pieces and what is not known yet, with one bit for each topology in which it has them. */
function presenceOf(
  { states }: Subject,
  cut: AddressCut,
  covered: Uint8Array,
): { pieces: Map<number, number>; unknown: Iterable<Unknown> } {
  const pieces = new Map<number, number>();
  const unknown = new Map<string, Unknown>();
  for (const [index, endpoint] of states.entries()) {
    if (endpoint === undefined) continue;
    const bit = 1 << index;
    eachOf(cutPiecesOf(cut, endpoint.addresses), (piece) => {
      covered[piece] = 1;
      pieces.set(piece, (pieces.get(piece) ?? 0) | bit);
    });
    for (const family of endpoint.unknownAddresses) {
      const possible = possibleOf(endpoint, family);
      const key = `${family} ${textOf(possible)}`;
      const present = (unknown.get(key)?.present ?? 0) | bit;
      unknown.set(key, { family, possible, present });
    }
  }
  return { pieces, unknown: unknown.values() };
}

function possibleOf({ unknownWithin }: Endpoint, family: Family): IntervalSet {
  const every = everyAddressOf[family];
  return unknownWithin === undefined ? every : intersect(every, unknownWithin);
}

/** Endpoints of one kind have the same stages, groups and residual paths in every topology. */
function kinds(topologies: readonly Topology[]): (subject: Subject) => string {
  const residuals = topologies.map((topology) => {
    const of = new Map<string, number[]>();
    for (const [index, { endpoints }] of joinedResiduals(topology.residuals).entries()) {
      for (const id of endpoints) of.set(id, [...(of.get(id) ?? []), index]);
    }
    return of;
  });
  return ({ id, states, outside }) =>
    JSON.stringify([
      outside,
      states.map((endpoint, index) =>
        endpoint === undefined
          ? null
          : [endpoint.stages, endpoint.groups, residuals[index]?.get(id) ?? []],
      ),
    ]);
}

function indexed(all: readonly End[], subjectCount: number, classCount: number): Ends {
  const ofClass: number[][] = Array.from({ length: classCount }, () => []);
  const ofSubject: number[][] = Array.from({ length: subjectCount }, () => []);
  const floating = new Map<string, [IntervalSet, number[]]>();
  for (const [index, end] of all.entries()) {
    ofClass[end.addressClass]?.push(index);
    for (const subject of end.subjects) ofSubject[subject]?.push(index);
    if (end.addressClass >= 0) continue;
    const key = textOf(end.possible);
    const same = floating.get(key);
    if (same === undefined) floating.set(key, [end.possible, [index]]);
    else same[1].push(index);
  }
  const block = (family: Family): Block => {
    const start = all.findIndex((end) => end.family === family);
    const size = all.filter((end) => end.family === family).length;
    const inside = all.filter((end) => end.family === family && !end.outside).length;
    return { start, outside: start + inside, end: start + size };
  };
  return {
    all,
    blocks: { 4: blockOr(block(4)), 6: blockOr(block(6)) },
    ofClass,
    ofSubject,
    floating: new Map(floating.values()),
  };
}

/** A family may have no end where endpoints have all its addresses and none is left. */
function blockOr(block: Block): Block {
  return block.start < 0 ? { start: 0, outside: 0, end: 0 } : block;
}

/** The addresses of an end, as far as known. */
export function addressesOf(cut: AddressCut, { pieces }: End): IntervalSet {
  return intervalSet(pieces.map((piece) => pieceInterval(cut, piece)));
}
