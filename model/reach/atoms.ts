/**
 * Layer 4 cut into atoms: ranges of selectors, and of source ports where some rule asks for them,
 * that no rule tells apart. A set of packets between two ends is then a row of bits, one an atom.
 */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { intervalSet } from "../base/interval-set.ts";
import { protocolNumbers } from "../base/layer4.ts";
import type { Cells } from "./cells.ts";
import {
  cellRanges,
  cellsFor,
  hasPorts,
  kindOfCell,
  lowSize,
  rangeAt,
  selectorEnd,
} from "./cells.ts";
import type { LayerMatch, Vocabulary } from "./encode.ts";
import type { Partition } from "./partition.ts";
import { eachOf, isOfWholeClasses, refine } from "./partition.ts";

const { icmp, icmp6 } = protocolNumbers;

/** The cells put together into atoms that no rule tells apart. */
export interface Atoms {
  readonly cells: Cells;
  /** Atom of every cell. */
  readonly partition: Partition;
  readonly count: number;
  /** Words of 32 bits in a row. */
  readonly words: number;
  readonly cellsOf: readonly (readonly number[])[];
  /** ICMP is only found in IPv4 and ICMPv6 only in IPv6. */
  readonly families: Readonly<Record<Family, Int32Array>>;
}

/** Atoms for all that the vocabulary's rules ask of layer 4. */
export function atomsOf({ selectors, sourcePorts }: Vocabulary): Atoms {
  const cells = cellsFor(selectors.sets, sourcePorts.sets);
  const kinds = new Map<string, number>();
  const kindOf = Int32Array.from({ length: cells.count }, (_, cell) => {
    const kind = kindOfCell(cells, cell);
    return kinds.get(kind) ?? kinds.set(kind, kinds.size).size - 1;
  });
  const cuts = selectors.sets.map((set) => cellRanges(cells, set));
  const partition = refine(kindOf, kinds.size, cuts);
  const words = Math.ceil(partition.count / 32);
  const families = { 4: new Int32Array(words), 6: new Int32Array(words) };
  const cellsOf: number[][] = Array.from({ length: partition.count }, () => []);
  for (let cell = 0; cell < cells.count; cell++) {
    const atom = partition.classOf[cell] as number;
    const protocol = (cells.from[cell] as number) >> 16;
    cellsOf[atom]?.push(cell);
    if (protocol !== icmp6) setBit(families[4], atom);
    if (protocol !== icmp) setBit(families[6], atom);
  }
  return { cells, partition, count: partition.count, words, cellsOf, families };
}

export function setBit(row: Int32Array, atom: number): void {
  row[atom >> 5] = (row[atom >> 5] as number) | (1 << (atom & 31));
}

export function hasBit(row: Int32Array, atom: number): boolean {
  return (((row[atom >> 5] as number) >>> (atom & 31)) & 1) === 1;
}

/** The atom of a packet. */
export function atomAt({ cells, partition }: Atoms, selector: number, sourcePort: number): number {
  const range = rangeAt(cells.starts, selector);
  const first = cells.firstCell[range] as number;
  const several = (cells.firstCell[range + 1] as number) - first;
  const cell = several === 1 ? first : first + rangeAt(cells.sourceStarts, sourcePort);
  return partition.classOf[cell] as number;
}

/** The atoms of a match. With source ports it matches TCP, UDP and SCTP only. */
export function rowOf(
  { cells, partition, words }: Atoms,
  selectors: IntervalSet,
  sourcePorts: IntervalSet | undefined,
): Int32Array {
  const row = new Int32Array(words);
  eachOf(cellRanges(cells, selectors), (cell) => {
    if (sourcePorts === undefined || fromOneOf(cells, cell, sourcePorts)) {
      setBit(row, partition.classOf[cell] as number);
    }
  });
  return row;
}

function fromOneOf(cells: Cells, cell: number, ports: IntervalSet): boolean {
  const first = BigInt(cells.sourceFrom[cell] as number);
  const speaks = hasPorts(cells.from[cell] as number);
  return speaks && ports.some(({ from, to }) => from <= first && first <= to);
}

/** Whether a match is made of whole atoms. */
export function isOfAtoms(
  { cells, partition }: Atoms,
  { selectors, sourcePorts }: Vocabulary,
  match: LayerMatch,
): boolean {
  const isCut = (borders: Int32Array, set: IntervalSet, end: number) =>
    set.every(({ from, to }) =>
      [Number(from), Number(to) + 1].every(
        (border) => border === end || borders[rangeAt(borders, border)] === border,
      ),
    );
  const selected = selectors.sets[match.selectors] ?? [];
  return (
    isCut(cells.starts, selected, selectorEnd) &&
    isCut(cells.sourceStarts, sourcePorts.sets[match.sourcePorts] ?? [], lowSize) &&
    isOfWholeClasses(partition, cellRanges(cells, selected))
  );
}

/** The selectors of a row's atoms, whatever the source port. */
export function selectorsOf(atoms: Atoms, row: Int32Array): IntervalSet {
  const { from, to } = atoms.cells;
  return intervalSet(
    cellsIn(atoms, row).map((cell) => ({
      from: BigInt(from[cell] as number),
      to: BigInt(to[cell] as number),
    })),
  );
}

/** The cells of a row's atoms. */
export function cellsIn({ cellsOf }: Atoms, row: Int32Array): number[] {
  return bitsOf(row).flatMap((atom) => cellsOf[atom] ?? []);
}

/** The set bits of a row, lowest first. */
export function bitsOf(row: Int32Array): number[] {
  const bits: number[] = [];
  for (let word = 0; word < row.length; word++) {
    for (let rest = row[word] as number; rest !== 0; rest &= rest - 1) {
      bits.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return bits;
}
