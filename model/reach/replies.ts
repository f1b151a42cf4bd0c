/** Requests that pass a pair of ends whose replies would not all come back. */
import type { Reading } from "../network/walk.ts";
import type { Atoms } from "./atoms.ts";
import { atomAt, bitsOf, setBit } from "./atoms.ts";
import { clientPorts, hasPorts, rangeAt, replySelector } from "./cells.ts";
import type { Reach } from "./reach.ts";
import { passing } from "./reach.ts";

/** What must come back for a request to be answered. */
export interface Replies {
  /** For each atom of a request, the number of a row of {@link rows}. */
  readonly of: Int32Array;
  /** Atoms of the replies, for each port from which a client may have sent the request. */
  readonly rows: readonly Int32Array[];
  /** All of them. */
  readonly any: Int32Array;
}

const computed = new WeakMap<Atoms, Replies>();

/** The replies to the requests of each atom; computed once. */
export function repliesOf(atoms: Atoms): Replies {
  const known = computed.get(atoms);
  if (known !== undefined) return known;
  const replies = computeReplies(atoms);
  computed.set(atoms, replies);
  return replies;
}

function computeReplies(atoms: Atoms): Replies {
  const of = new Int32Array(atoms.count);
  const rows: Int32Array[] = [];
  const numbers = new Map<string, number>();
  const any = new Int32Array(atoms.words);
  for (let atom = 0; atom < atoms.count; atom++) {
    const { key, replies } = repliesTo(atoms, atom);
    let number = numbers.get(key);
    if (number === undefined) {
      const row = new Int32Array(atoms.words);
      for (const reply of replies()) {
        setBit(row, reply);
        setBit(any, reply);
      }
      number = rows.push(row) - 1;
      numbers.set(key, number);
    }
    of[atom] = number;
  }
  return { of, rows, any };
}

function repliesTo(atoms: Atoms, atom: number): { key: string; replies: () => number[] } {
  const { cells, cellsOf, partition } = atoms;
  // All cells of an atom have the same replies.
  const cell = cellsOf[atom]?.[0] as number;
  const selector = cells.from[cell] as number;
  if (!hasPorts(selector)) {
    // An echo is answered by an atom of its own, everything else by its like.
    const answer = replySelector(selector);
    const reply = answer === selector ? atom : atomAt(atoms, answer, 0);
    return { key: `${reply}`, replies: () => [reply] };
  }
  const protocol = selector >> 16;
  // The reply comes from the port to which the request went.
  const sourceRange = rangeAt(cells.sourceStarts, selector & 0xffff);
  const from = Math.max(cells.sourceFrom[cell] as number, clientPorts.from);
  const to = Math.min(cells.sourceTo[cell] as number, clientPorts.to);
  const replies = () => {
    const found: number[] = [];
    let range = rangeAt(cells.starts, (protocol << 16) | from);
    for (; from <= to && (cells.starts[range] ?? Infinity) <= ((protocol << 16) | to); range++) {
      const reply = (cells.firstCell[range] as number) + sourceRange;
      found.push(partition.classOf[reply] as number);
    }
    return found;
  };
  return { key: `${protocol} ${sourceRange} ${from}-${to}`, replies };
}

/** A request atom with a reply atom that does not come back. */
export interface BlockedReply {
  readonly request: number;
  readonly reply: number;
}

/**
 * Writes into `blocked` those requests of a pair of which some reply does not come back, and gives
 * one of them.
 */
export function blockedReplies(
  reach: Reach,
  replies: Replies,
  pair: { readonly from: number; readonly to: number },
  requests: Int32Array,
  reading: Reading,
  blocked: Int32Array,
): BlockedReply | undefined {
  const { words, families } = reach.universe.atoms;
  const lost = new Int32Array(words);
  blocked.fill(0);
  if (!passing(reach, pair.to, pair.from, reading, lost, "reply")) lost.fill(0);
  const family = families[reach.universe.ends.all[pair.from]?.family ?? 4];
  let any = 0;
  for (let word = 0; word < words; word++) {
    lost[word] = ~(lost[word] as number) & (replies.any[word] as number) & (family[word] as number);
    any |= lost[word] as number;
  }
  if (any === 0) return undefined;
  let first: BlockedReply | undefined;
  for (const request of bitsOf(requests)) {
    const awaited = replies.rows[replies.of[request] as number] as Int32Array;
    const gone = awaited.map((word, index) => word & (lost[index] as number));
    const reply = bitsOf(gone).at(-1);
    if (reply === undefined) continue;
    setBit(blocked, request);
    first ??= { request, reply };
  }
  return first;
}
