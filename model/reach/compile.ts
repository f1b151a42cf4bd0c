/**
 * A stage as a table: for every end on the other side one row of atoms that it lets pass. Ends that
 * the stage does not tell apart share a row.
 */
import { has } from "../base/interval-set.ts";
import type { Action } from "../network/topology.ts";
import { unknownIn } from "./address-classes.ts";
import type { Ranges } from "./covers.ts";
import { coverOf } from "./covers.ts";
import type { EncodedStage, EncodedTier } from "./encode.ts";
import { actions } from "./encode.ts";
import type { End } from "./ends.ts";
import type { Mask, Universe } from "./universe.ts";
import { maskOf } from "./universe.ts";

export type RowIndex = Uint16Array | Uint32Array;

/** What a stage does for one class of ends that it guards. */
export interface Table {
  readonly stage: EncodedStage;
  /** Row of every end on the other side; row 0 lets nothing pass. */
  readonly index: RowIndex;
  /** What may pass: rows of `atoms.words` words. */
  readonly may: Int32Array;
  /** What must pass; the very same rows where nothing is uncertain. */
  readonly must: Int32Array;
  /** The ends on the other side for which something may pass. */
  readonly open: Ranges;
  readonly openCount: number;
}

/** How surely a guarded end lies in the own addresses of rules, by number of the set. */
export type OwnMatch = ReadonlyMap<number, "no" | "perhaps" | "yes">;

/** How the own addresses of the stage's rules hold for an end that it guards. */
export function ownMatchOf(universe: Universe, { ownSets }: EncodedStage, end: End): OwnMatch {
  const { cut, vocabulary } = universe;
  const first = end.pieces[0];
  return new Map(
    ownSets.map((number) => {
      const set = vocabulary.addresses.sets[number] ?? [];
      if (first === undefined) return [number, unknownIn(set, end.family)];
      return [number, has(set, cut.starts[first] as bigint) ? "yes" : "no"];
    }),
  );
}

/** Compiles a stage as it is for the ends with the given own addresses. */
export function compile(universe: Universe, stage: EncodedStage, own: OwnMatch): Table {
  const pieces = localPieces(universe, stage);
  const uncertain = stage.conditional || pieces.uncertain || [...own.values()].includes("perhaps");
  const rows: Rows = { universe, pieces, own, size: pieces.count * universe.atoms.words };
  const may = evaluate(rows, stage, "allow");
  const must = uncertain ? complement(evaluate(rows, stage, "deny")) : may;
  return tableOf(universe, stage, pieces, may, must);
}

interface Rows {
  readonly universe: Universe;
  readonly pieces: Pieces;
  readonly own: OwnMatch;
  readonly size: number;
}

/** Runs of ends between which no rule of the stage has a border. */
interface Pieces {
  readonly count: number;
  /** The first end of each, and the number of ends after the last. */
  readonly starts: Int32Array;
  /** Piece of every end. */
  readonly of: Int32Array;
  /** Whether some rule names an address not known yet. */
  readonly uncertain: boolean;
}

function localPieces(universe: Universe, stage: EncodedStage): Pieces {
  const count = universe.ends.all.length;
  const borders = new Uint8Array(count + 1);
  let uncertain = false;
  for (const { terms } of stage.tiers) {
    for (let t = 0; t < terms.length; t++) {
      const { sure, perhaps } = coverOf(universe, terms[t] as number);
      for (let i = 0; i < sure.length; i++) borders[sure[i] as number] = 1;
      for (let i = 0; i < perhaps.length; i++) borders[perhaps[i] as number] = 1;
      uncertain ||= perhaps.length > 0;
    }
  }
  borders[0] = 0;
  borders[count] = 1;
  const starts: number[] = [0];
  const of = scratch("pieces", count);
  for (let start = 0; start < count; ) {
    const next = borders.indexOf(1, start + 1);
    of.fill(starts.length - 1, start, next);
    starts.push(next);
    start = next;
  }
  return { count: starts.length - 1, starts: Int32Array.from(starts), of, uncertain };
}

/**
 * What the stage's tiers can do to the preferred effect: a match that is not settled is followed
 * both ways. Tiers are taken from the last, as a `pass` needs what follows.
 */
function evaluate(rows: Rows, { tiers, stage }: EncodedStage, preferred: Action): Int32Array {
  let next: Int32Array | undefined;
  for (let t = tiers.length - 1; t >= 0; t--) {
    next = sweep(rows, tiers[t] as EncodedTier, preferred, next);
  }
  if (next === undefined) throw new Error(`stage ${stage.id} has no tier`);
  return next;
}

function sweep(
  rows: Rows,
  tier: EncodedTier,
  preferred: Action,
  next: Int32Array | undefined,
): Int32Array {
  const { universe, own, pieces } = rows;
  const result = new Int32Array(rows.size);
  const open = scratch("open", rows.size).fill(-1, 0, rows.size);
  const effects = { result, open, words: universe.atoms.words };
  for (let r = 0; r < tier.actions.length; r++) {
    const ownSet = tier.owns[r] as number;
    const ownMatch = ownSet < 0 ? "yes" : own.get(ownSet);
    if (ownMatch === "no") continue;
    const settled = ownMatch === "yes" && tier.conditional[r] === 0;
    const mask = maskOf(universe, tier.matches[r] as number);
    const outcome = outcomeOf(actions[tier.actions[r] as number] as Action, preferred, next);
    const end = tier.termStart[r + 1] as number;
    for (let t = tier.termStart[r] as number; t < end; t++) {
      const { sure, perhaps } = coverOf(universe, tier.terms[t] as number);
      apply(effects, pieces.of, sure, mask, outcome, settled);
      if (perhaps.length > 0) apply(effects, pieces.of, perhaps, mask, outcome, false);
    }
  }
  const rest = outcomeOf(tier.otherwise, preferred, next);
  if (rest === "none") return result;
  for (let i = 0; i < rows.size; i++) {
    const left = open[i] as number;
    result[i] = (result[i] as number) | (rest === "all" ? left : left & (rest[i] as number));
  }
  return result;
}

/** What an action does to packets, as far as the preferred effect goes: rows where tiers follow. */
type Outcome = "all" | "none" | Int32Array;

function outcomeOf(action: Action, preferred: Action, next: Int32Array | undefined): Outcome {
  if (action !== "pass") return action === preferred ? "all" : "none";
  if (next === undefined) throw new Error("the last tier hands on what nobody takes");
  return next;
}

interface Effects {
  readonly result: Int32Array;
  /** Atoms that no rule has surely decided yet. */
  readonly open: Int32Array;
  readonly words: number;
}

/** One rule on the rows of some ends. */
function apply(
  { result, open, words }: Effects,
  pieceOf: Int32Array,
  ranges: Ranges,
  { row, firstWord, lastWord }: Mask,
  outcome: Outcome,
  settled: boolean,
): void {
  for (let range = 0; range < ranges.length; range += 2) {
    const first = pieceOf[ranges[range] as number] as number;
    const last = pieceOf[(ranges[range + 1] as number) - 1] as number;
    for (let piece = first; piece <= last; piece++) {
      const base = piece * words;
      for (let word = firstWord; word <= lastWord; word++) {
        const at = base + word;
        const matched = (open[at] as number) & (row[word] as number);
        if (outcome === "all") result[at] = (result[at] as number) | matched;
        else if (outcome !== "none") {
          result[at] = (result[at] as number) | (matched & (outcome[at] as number));
        }
        if (settled) open[at] = (open[at] as number) & ~matched;
      }
    }
  }
}

/** Arrays that are used until the next stage only: making new ones costs more than the work. */
const reused = { pieces: new Int32Array(0), open: new Int32Array(0) };

function scratch(name: keyof typeof reused, size: number): Int32Array {
  if (reused[name].length < size) reused[name] = new Int32Array(size * 2);
  return reused[name];
}

function complement(rows: Int32Array): Int32Array {
  return rows.map((word) => ~word);
}

/** Makes row 0 the one that lets nothing pass, so that most pairs are settled by one look. */
function tableOf(
  { ends, atoms: { words } }: Universe,
  stage: EncodedStage,
  { count, starts }: Pieces,
  may: Int32Array,
  must: Int32Array,
): Table {
  const size = ends.all.length;
  const index = size < 65536 ? new Uint16Array(size) : new Uint32Array(size);
  const kept: number[] = [];
  const open: number[] = [];
  let openCount = 0;
  for (let piece = 0; piece < count; piece++) {
    if (!isFilled(may, piece * words, words)) continue;
    const start = starts[piece] as number;
    const end = starts[piece + 1] as number;
    index.fill(kept.push(piece), start, end);
    openCount += end - start;
    if (open.at(-1) === start) open[open.length - 1] = end;
    else open.push(start, end);
  }
  const compact = (from: Int32Array) => {
    const to = new Int32Array((kept.length + 1) * words);
    for (let row = 0; row < kept.length; row++) {
      const at = (kept[row] as number) * words;
      for (let word = 0; word < words; word++)
        to[(row + 1) * words + word] = from[at + word] as number;
    }
    return to;
  };
  const mayRows = compact(may);
  const mustRows = must === may ? mayRows : compact(must);
  return { stage, index, may: mayRows, must: mustRows, open: Int32Array.from(open), openCount };
}

function isFilled(rows: Int32Array, from: number, words: number): boolean {
  for (let word = 0; word < words; word++) if (rows[from + word] !== 0) return true;
  return false;
}
