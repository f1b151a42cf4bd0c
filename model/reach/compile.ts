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
import { isConditional } from "./encode.ts";
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
  const { words } = universe.atoms;
  const { index, pieces, uncertain } = localPieces(universe, stage, own);
  const rows: Rows = { universe, index, own, size: pieces * words };
  const may = evaluate(rows, stage, "allow");
  const must = uncertain ? complement(evaluate(rows, stage, "deny")) : may;
  return withEmptyRow(stage, index, may, must, words);
}

interface Rows {
  readonly universe: Universe;
  readonly index: RowIndex;
  readonly own: OwnMatch;
  readonly size: number;
}

/** Numbers the runs of ends between which no rule of the stage has a border. */
function localPieces(
  universe: Universe,
  stage: EncodedStage,
  own: OwnMatch,
): { index: RowIndex; pieces: number; uncertain: boolean } {
  const count = universe.ends.all.length;
  const borders = new Uint8Array(count + 1);
  let uncertain = stage.conditional || [...own.values()].includes("perhaps");
  for (const { terms } of stage.tiers) {
    for (let t = 0; t < terms.length; t++) {
      const { sure, perhaps } = coverOf(universe, terms[t] as number);
      for (let i = 0; i < sure.length; i++) borders[sure[i] as number] = 1;
      for (let i = 0; i < perhaps.length; i++) borders[perhaps[i] as number] = 1;
      uncertain ||= perhaps.length > 0;
    }
  }
  const index = count < 65536 ? new Uint16Array(count) : new Uint32Array(count);
  let piece = 0;
  for (let end = 0; end < count; end++) {
    if (end > 0) piece += borders[end] as number;
    index[end] = piece;
  }
  return { index, pieces: count === 0 ? 0 : piece + 1, uncertain };
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
  const { universe, own } = rows;
  const result = new Int32Array(rows.size);
  const open = scratch(rows.size);
  const effects = { result, open, words: universe.atoms.words };
  for (let r = 0; r < tier.rules.length; r++) {
    const action = tier.rules[r]?.action as Action;
    const ownSet = tier.owns[r] as number;
    const ownMatch = ownSet < 0 ? "yes" : own.get(ownSet);
    if (ownMatch === "no") continue;
    const rule = tier.rules[r];
    const settled = ownMatch === "yes" && (rule === undefined || !isConditional(rule));
    const mask = maskOf(universe, tier.matches[r] as number);
    const outcome = outcomeOf(action, preferred, next);
    const end = tier.termStart[r + 1] as number;
    for (let t = tier.termStart[r] as number; t < end; t++) {
      const { sure, perhaps } = coverOf(universe, tier.terms[t] as number);
      apply(effects, rows.index, sure, mask, outcome, settled);
      if (perhaps.length > 0) apply(effects, rows.index, perhaps, mask, outcome, false);
    }
  }
  const rest = outcomeOf(tier.otherwise, preferred, next);
  if (rest !== "none") {
    for (let i = 0; i < rows.size; i++) {
      const open = effects.open[i] as number;
      const more = rest === "all" ? open : open & (rest[i] as number);
      result[i] = (result[i] as number) | more;
    }
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
  index: RowIndex,
  ranges: Ranges,
  { row, firstWord, lastWord }: Mask,
  outcome: Outcome,
  settled: boolean,
): void {
  for (let range = 0; range < ranges.length; range += 2) {
    const first = index[ranges[range] as number] as number;
    const last = index[(ranges[range + 1] as number) - 1] as number;
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

let reused = new Int32Array(0);

/** Rows with every bit set. They are used until the next call only. */
function scratch(size: number): Int32Array {
  if (reused.length < size) reused = new Int32Array(size * 2);
  return reused.fill(-1, 0, size);
}

function complement(rows: Int32Array): Int32Array {
  return rows.map((word) => ~word);
}

/** Makes row 0 the one that lets nothing pass, so that most pairs are settled by one look. */
function withEmptyRow(
  stage: EncodedStage,
  index: RowIndex,
  may: Int32Array,
  must: Int32Array,
  words: number,
): Table {
  const pieces = may.length / words;
  const moved = new Int32Array(pieces);
  let rows = 1;
  for (let piece = 0; piece < pieces; piece++) {
    if (isFilled(may, piece * words, words)) moved[piece] = rows++;
  }
  const compact = (from: Int32Array) => {
    const to = new Int32Array(rows * words);
    for (let piece = 0; piece < pieces; piece++) {
      const row = moved[piece] as number;
      if (row === 0) continue;
      for (let word = 0; word < words; word++) {
        to[row * words + word] = from[piece * words + word] as number;
      }
    }
    return to;
  };
  for (let end = 0; end < index.length; end++) {
    index[end] = moved[index[end] as number] as number;
  }
  const compactMay = compact(may);
  return { stage, index, may: compactMay, must: must === may ? compactMay : compact(must) };
}

function isFilled(rows: Int32Array, from: number, words: number): boolean {
  for (let word = 0; word < words; word++) if (rows[from + word] !== 0) return true;
  return false;
}
