/** A stage's rules, swept over the ends on its other side from the first rule to the last. */
import type { Action } from "../network/topology.ts";
import type { Ranges } from "./covers.ts";
import { coverOf } from "./covers.ts";
import type { EncodedStage, EncodedTier } from "./encode.ts";
import { actions } from "./encode.ts";
import type { OwnMatch } from "./own-match.ts";
import type { Mask, Universe } from "./universe.ts";
import { maskOf } from "./universe.ts";
import type { Workspace } from "./workspace.ts";

/** What a sweep works on: one row of atoms for each piece. */
export interface Rows {
  readonly universe: Universe;
  readonly workspace: Workspace;
  readonly pieces: Pieces;
  readonly own: OwnMatch;
  /** Words of all rows. */
  readonly size: number;
}

/** Runs of ends between which no rule of the stage has a border. */
export interface Pieces {
  readonly count: number;
  /** The first end of each, and the number of ends after the last. */
  readonly starts: Int32Array;
  /** Piece of every end. */
  readonly of: Int32Array;
  /** Whether some rule names an address not known yet. */
  readonly uncertain: boolean;
}

/** The pieces into which the peers of a stage's rules cut the ends. */
export function localPieces(universe: Universe, workspace: Workspace, stage: EncodedStage): Pieces {
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
  const of = workspace.take("pieces", count);
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
export function evaluate(
  rows: Rows,
  { tiers, stage }: EncodedStage,
  preferred: "allow" | "deny",
): Int32Array {
  let next: Int32Array | undefined;
  for (let t = tiers.length - 1; t >= 0; t--) {
    const result = rows.workspace.take(t % 2 === 0 ? "even" : "odd", rows.size).fill(0);
    sweep(rows, tiers[t] as EncodedTier, preferred, next, result);
    next = result;
  }
  if (next === undefined) throw new Error(`stage ${stage.id} has no tier`);
  return next;
}

function sweep(
  rows: Rows,
  tier: EncodedTier,
  preferred: Action,
  next: Int32Array | undefined,
  result: Int32Array,
): void {
  const { universe, own, pieces } = rows;
  const open = rows.workspace.take("open", rows.size).fill(-1);
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
  if (rest === "none") return;
  for (let i = 0; i < rows.size; i++) {
    const left = open[i] as number;
    result[i] = (result[i] as number) | (rest === "all" ? left : left & (rest[i] as number));
  }
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
