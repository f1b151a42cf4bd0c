/**
 * Layer 4 cut into atoms: ranges of selectors, and of source ports where some rule asks for them,
 * that no rule tells apart. A set of packets between two ends is then a row of bits, one an atom.
 */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { intervalSet } from "../base/interval-set.ts";
import { protocolNumbers } from "../base/layer4.ts";
import type { LayerMatch, Vocabulary } from "./encode.ts";
import type { Partition } from "./partition.ts";
import { eachOf, isOfWholeClasses, refine } from "./partition.ts";

/** Selectors of one protocol. */
export const lowSize = 65536;
const portMax = 65535;
/** The number after the last selector. */
export const selectorEnd = 256 * lowSize;
const { icmp, icmp6, tcp, udp, sctp } = protocolNumbers;
const ported: readonly number[] = [tcp, udp, sctp];

/**
 * Ports from which clients speak: Linux takes 32768–60999 (net.ipv4.ip_local_port_range), RFC 6335
 * names 49152–65535. A reply must reach every one of them.
 */
export const clientPorts = { from: 32768, to: 65535 } as const;

const echo = icmp * lowSize + (8 << 8);
const echoReply = icmp * lowSize;
const echo6 = icmp6 * lowSize + (128 << 8);
const echoReply6 = icmp6 * lowSize + (129 << 8);

/** Ranges of selectors, by ranges of source ports where the protocol has them. */
export interface Cells {
  readonly count: number;
  /** First and last selector of each cell, and first and last source port; all inclusive. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly sourceFrom: Int32Array;
  readonly sourceTo: Int32Array;
  /** Starts of the ranges of selectors, and the first cell of each. */
  readonly starts: Int32Array;
  readonly firstCell: Int32Array;
  /** Starts of the ranges of source ports. */
  readonly sourceStarts: Int32Array;
}

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

function cellsFor(selectors: readonly IntervalSet[], sourcePorts: readonly IntervalSet[]): Cells {
  const sourceStarts = cuts(sourcePorts, [0], lowSize);
  const starts = cuts(selectors, fixedCuts(sourceStarts), selectorEnd);
  const firstCell = new Int32Array(starts.length + 1);
  for (let i = 0; i < starts.length; i++) {
    const several = hasPorts(starts[i] as number) ? sourceStarts.length : 1;
    firstCell[i + 1] = (firstCell[i] as number) + several;
  }
  const count = firstCell[starts.length] as number;
  const borders = {
    from: new Int32Array(count),
    to: new Int32Array(count),
    sourceFrom: new Int32Array(count),
    sourceTo: new Int32Array(count),
  };
  for (let i = 0; i < starts.length; i++) {
    const first = firstCell[i] as number;
    const several = (firstCell[i + 1] as number) - first;
    for (let s = 0; s < several; s++) {
      borders.from[first + s] = starts[i] as number;
      borders.to[first + s] = (starts[i + 1] ?? selectorEnd) - 1;
      borders.sourceFrom[first + s] = sourceStarts[s] as number;
      borders.sourceTo[first + s] = s + 1 < several ? (sourceStarts[s + 1] as number) - 1 : portMax;
    }
  }
  return { count, ...borders, starts, firstCell, sourceStarts };
}

/** Cells of two kinds are never one atom: their families or their replies differ. */
function kindOfCell({ from, sourceFrom, sourceStarts }: Cells, cell: number): string {
  const selector = from[cell] as number;
  const protocol = selector >> 16;
  const low = selector & portMax;
  if (hasPorts(selector)) {
    const answering = rangeAt(sourceStarts, low);
    return `${protocol} ${low >= clientPorts.from} ${answering} ${sourceFrom[cell]}`;
  }
  if ([echo, echoReply, echo6, echoReply6].includes(selector)) return `echo ${selector}`;
  return protocol === icmp || protocol === icmp6 ? `${protocol}` : "other";
}

/** Cuts without which a cell would mix protocols, packets with different replies, or families. */
function fixedCuts(sourceStarts: Int32Array): number[] {
  const protocols = [icmp, icmp6, ...ported];
  return [
    0,
    ...protocols.flatMap((protocol) => [protocol * lowSize, (protocol + 1) * lowSize]),
    // A reply goes to the port from which the request came.
    ...ported.flatMap((protocol) =>
      [clientPorts.from, ...sourceStarts].map((port) => protocol * lowSize + port),
    ),
    ...[echo, echoReply, echo6, echoReply6].flatMap((selector) => [selector, selector + 1]),
  ];
}

function cuts(sets: readonly IntervalSet[], fixed: readonly number[], end: number): Int32Array {
  const all = new Set(fixed);
  for (const set of sets) {
    for (const { from, to } of set) all.add(Number(from)).add(Number(to) + 1);
  }
  return Int32Array.from([...all].filter((cut) => cut >= 0 && cut < end)).sort();
}

export function hasPorts(selector: number): boolean {
  return ported.includes(selector >> 16);
}

export function setBit(row: Int32Array, atom: number): void {
  row[atom >> 5] = (row[atom >> 5] as number) | (1 << (atom & 31));
}

export function hasBit(row: Int32Array, atom: number): boolean {
  return (((row[atom >> 5] as number) >>> (atom & 31)) & 1) === 1;
}

/** Index of the last start that is not above the value. */
export function rangeAt(starts: Int32Array, value: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The atom of a packet. */
export function atomAt({ cells, partition }: Atoms, selector: number, sourcePort: number): number {
  const range = rangeAt(cells.starts, selector);
  const first = cells.firstCell[range] as number;
  const several = (cells.firstCell[range + 1] as number) - first;
  const cell = several === 1 ? first : first + rangeAt(cells.sourceStarts, sourcePort);
  return partition.classOf[cell] as number;
}

/** The cells of a set of selectors at whose borders they were cut, as ranges. */
function cellRanges({ starts, firstCell }: Cells, selectors: IntervalSet): number[] {
  return selectors.flatMap(({ from, to }) => [
    firstCell[rangeAt(starts, Number(from))] as number,
    firstCell[rangeAt(starts, Number(to)) + 1] as number,
  ]);
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

/** Selectors of a reply to a selector without ports (RFC 792, RFC 4443). */
export function replySelector(selector: number): number {
  if (selector === echo) return echoReply;
  return selector === echo6 ? echoReply6 : selector;
}
