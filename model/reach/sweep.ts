/** A stage's rules, swept over the ends on its other side from the first rule to the last. */
import type { Action } from "../network/topology.ts";
import { coverOf } from "./covers.ts";
import type { EncodedStage, EncodedTier } from "./encode.ts";
import { actions } from "./encode.ts";
import type { Ranges } from "./ends.ts";
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
  readonly starts: readonly number[];
  /** Piece of every end. */
  readonly of: Int32Array;
  /** Whether some rule names an address not known yet. */
  readonly uncertain: boolean;
}

/** The pieces into which the peers of a stage's rules cut the ends. */
export function localPieces(universe: Universe, workspace: Workspace, stage: EncodedStage): Pieces {
  const count = universe.ends.all.length;
  const borders = workspace.bordersOf(count);
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
  return { count: starts.length - 1, starts, of, uncertain };
}

/** What is asked about the packets that a rule decides, or that none did where `rule` is -1. */
export type Question = (action: Action, tier: number, rule: number) => Answer;

/** Whether they count; `next`: as the next tier says; `skip`: as if the rule were not there. */
export type Answer = "yes" | "no" | "next" | "skip";

/** Does it end with this action? */
export const endsWith =
  (wanted: "allow" | "deny"): Question =>
  (action) =>
    action === "pass" ? "next" : action === wanted ? "yes" : "no";

/**
 * The packets for which the question can be answered with yes: a match that is not settled is
 * followed both ways. Tiers are taken from the last, as a `pass` needs what follows. The rows are
 * good until the next call.
 */
export function evaluate(rows: Rows, { tiers, stage }: EncodedStage, asks: Question): Int32Array {
  let next: Int32Array | undefined;
  for (let t = tiers.length - 1; t >= 0; t--) {
    const result = rows.workspace.take(t % 2 === 0 ? "even" : "odd", rows.size).fill(0);
    const ask = (action: Action, rule: number) => {
      const answer = asks(action, t, rule);
      if (answer !== "next") return answer;
      if (next === undefined) throw new Error(`stage ${stage.id} hands on what nobody takes`);
      return next;
    };
    sweep(rows, tiers[t] as EncodedTier, ask, result);
    next = result;
  }
  if (next === undefined) throw new Error(`stage ${stage.id} has no tier`);
  return next;
}

function sweep(
  rows: Rows,
  tier: EncodedTier,
  ask: (action: Action, rule: number) => Outcome,
  result: Int32Array,
): void {
  const open = rows.workspace.take("open", rows.size).fill(-1);
  const effects = { result, open, words: rows.universe.atoms.words };
  for (let r = 0; r < tier.actions.length; r++) {
    const outcome = ask(actions[tier.actions[r] as number] as Action, r);
    if (outcome !== "skip") applyRule(rows, tier, r, effects, outcome);
  }
  const rest = ask(tier.otherwise, -1);
  if (typeof rest === "string" && rest !== "yes") return;
  for (let i = 0; i < rows.size; i++) {
    const left = open[i] as number;
    result[i] = (result[i] as number) | (rest === "yes" ? left : left & (rest[i] as number));
  }
}

/** An answer, where `next` has become the rows of the next tier. */
type Outcome = Exclude<Answer, "next"> | Int32Array;

/** One rule of a tier on the rows of all the ends that it names. */
export function applyRule(
  { universe, own, pieces }: Rows,
  tier: EncodedTier,
  rule: number,
  effects: Effects,
  outcome: Outcome,
): void {
  const ownSet = tier.owns[rule] as number;
  const ownMatch = ownSet < 0 ? "yes" : own.get(ownSet);
  if (ownMatch === "no") return;
  const settled = ownMatch === "yes" && tier.conditional[rule] === 0;
  const mask = maskOf(universe, tier.matches[rule] as number);
  const end = tier.termStart[rule + 1] as number;
  for (let t = tier.termStart[rule] as number; t < end; t++) {
    const { sure, perhaps } = coverOf(universe, tier.terms[t] as number);
    apply(effects, pieces.of, sure, mask, outcome, settled);
    if (perhaps.length > 0) apply(effects, pieces.of, perhaps, mask, outcome, false);
  }
}

/** The rows that a rule changes. */
export interface Effects {
  readonly result: Int32Array;
  /** Atoms that no rule has surely decided yet. */
  readonly open: Int32Array;
  readonly words: number;
}

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
        if (outcome === "yes") result[at] = (result[at] as number) | matched;
        else if (typeof outcome !== "string") {
          result[at] = (result[at] as number) | (matched & (outcome[at] as number));
        }
        if (settled) open[at] = (open[at] as number) & ~matched;
      }
    }
  }
}
