/**
 * Layer 4 cut into atoms: ranges of selectors, and of source ports where some rule asks for them,
 * that no rule tells apart. A set of packets between two ends is then a row of bits, one an atom.
 */
import type { Family } from "../base/address.ts";
import type { Interval, IntervalSet } from "../base/interval-set.ts";
import { intervalSet } from "../base/interval-set.ts";
import { protocolNumbers } from "../base/layer4.ts";
import type { Vocabulary } from "./encode.ts";

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

/** The cut of layer 4. Atom `i` is the selectors and source ports between its four borders. */
export interface Atoms {
  readonly count: number;
  /** Words of 32 bits in a row. */
  readonly words: number;
  /** First and last selector of each atom, and first and last source port; all inclusive. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly sourceFrom: Int32Array;
  readonly sourceTo: Int32Array;
  /** Starts of the ranges of selectors, and the first atom of each. */
  readonly starts: Int32Array;
  readonly firstAtom: Int32Array;
  /** Starts of the ranges of source ports. */
  readonly sourceStarts: Int32Array;
  /** ICMP is only found in IPv4 and ICMPv6 only in IPv6. */
  readonly families: Readonly<Record<Family, Int32Array>>;
}

/** Atoms for all that the vocabulary's rules ask of layer 4. */
export function atomsOf({ selectors, sourcePorts }: Vocabulary): Atoms {
  const sourceStarts = cuts(sourcePorts.sets, [0], lowSize);
  const starts = cuts(selectors.sets, fixedCuts(sourceStarts), selectorEnd);
  const firstAtom = new Int32Array(starts.length + 1);
  for (let i = 0; i < starts.length; i++) {
    const several = hasPorts(starts[i] as number) ? sourceStarts.length : 1;
    firstAtom[i + 1] = (firstAtom[i] as number) + several;
  }
  const count = firstAtom[starts.length] as number;
  const borders = {
    from: new Int32Array(count),
    to: new Int32Array(count),
    sourceFrom: new Int32Array(count),
    sourceTo: new Int32Array(count),
  };
  for (let i = 0; i < starts.length; i++) {
    const first = firstAtom[i] as number;
    const several = (firstAtom[i + 1] as number) - first;
    for (let s = 0; s < several; s++) {
      borders.from[first + s] = starts[i] as number;
      borders.to[first + s] = (starts[i + 1] ?? selectorEnd) - 1;
      borders.sourceFrom[first + s] = sourceStarts[s] as number;
      borders.sourceTo[first + s] = s + 1 < several ? (sourceStarts[s + 1] as number) - 1 : portMax;
    }
  }
  const words = Math.ceil(count / 32);
  const families = { 4: new Int32Array(words), 6: new Int32Array(words) };
  for (let atom = 0; atom < count; atom++) {
    const protocol = (borders.from[atom] as number) >> 16;
    if (protocol !== icmp6) setBit(families[4], atom);
    if (protocol !== icmp) setBit(families[6], atom);
  }
  return { count, words, ...borders, starts, firstAtom, sourceStarts, families };
}

/** Cuts without which an atom would mix protocols, packets with different replies, or families. */
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
export function atomAt(atoms: Atoms, selector: number, sourcePort: number): number {
  const range = rangeAt(atoms.starts, selector);
  const first = atoms.firstAtom[range] as number;
  const several = (atoms.firstAtom[range + 1] as number) - first;
  return several === 1 ? first : first + rangeAt(atoms.sourceStarts, sourcePort);
}

/** The atoms of a match. With source ports it matches TCP, UDP and SCTP only. */
export function rowOf(
  atoms: Atoms,
  selectors: IntervalSet,
  sourcePorts: IntervalSet | undefined,
): Int32Array {
  const row = new Int32Array(atoms.words);
  for (const { from, to } of selectors) {
    for (let range = rangeAt(atoms.starts, Number(from)); range < atoms.starts.length; range++) {
      if ((atoms.starts[range] as number) > Number(to)) break;
      const end = atoms.firstAtom[range + 1] as number;
      for (let atom = atoms.firstAtom[range] as number; atom < end; atom++) {
        if (sourcePorts === undefined || fromOneOf(atoms, atom, sourcePorts)) setBit(row, atom);
      }
    }
  }
  return row;
}

function fromOneOf(atoms: Atoms, atom: number, ports: IntervalSet): boolean {
  const first = BigInt(atoms.sourceFrom[atom] as number);
  const speaks = hasPorts(atoms.from[atom] as number);
  return speaks && ports.some(({ from, to }) => from <= first && first <= to);
}

/** The selectors of a row's atoms, whatever the source port. */
export function selectorsOf(atoms: Atoms, row: Int32Array): IntervalSet {
  const intervals: Interval[] = [];
  for (const atom of bitsOf(row)) {
    const from = BigInt(atoms.from[atom] as number);
    intervals.push({ from, to: BigInt(atoms.to[atom] as number) });
  }
  return intervalSet(intervals);
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
