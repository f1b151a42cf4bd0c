/**
 * Layer 4 cut at every border that any rule mentions: ranges of selectors, and of source ports where
 * some rule asks for them.
 */
import type { IntervalSet } from "../base/interval-set.ts";
import { protocolNumbers } from "../base/layer4.ts";

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

/** Cuts layer 4 at the borders of all the sets. */
export function cellsFor(
  selectors: readonly IntervalSet[],
  sourcePorts: readonly IntervalSet[],
): Cells {
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
export function kindOfCell({ from, sourceFrom, sourceStarts }: Cells, cell: number): string {
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

/** The cells of a set of selectors at whose borders they were cut, as ranges. */
export function cellRanges({ starts, firstCell }: Cells, selectors: IntervalSet): number[] {
  return selectors.flatMap(({ from, to }) => [
    firstCell[rangeAt(starts, Number(from))] as number,
    firstCell[rangeAt(starts, Number(to)) + 1] as number,
  ]);
}

/** Selectors of a reply to a selector without ports (RFC 792, RFC 4443). */
export function replySelector(selector: number): number {
  if (selector === echo) return echoReply;
  return selector === echo6 ? echoReply6 : selector;
}
