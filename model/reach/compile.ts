/**
 * A stage as a table: for every end on the other side one row of atoms that it lets pass. Ends that
 * the stage does not tell apart share a row.
 */

import type { EncodedStage } from "./encode.ts";
import type { Ranges } from "./ends.ts";
import type { OwnMatch } from "./own-match.ts";
import { endsWith, evaluate, localPieces, type Pieces } from "./sweep.ts";
import type { Universe } from "./universe.ts";
import type { Workspace } from "./workspace.ts";

export type RowIndex = Uint16Array | Int32Array;

const uint16Size = 2 ** 16;

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

/** Compiles a stage as it is for the ends with the given own addresses. */
export function compile(
  universe: Universe,
  workspace: Workspace,
  stage: EncodedStage,
  own: OwnMatch,
): Table {
  const { words } = universe.atoms;
  const pieces = localPieces(universe, workspace, stage);
  const rows = { universe, workspace, pieces, own, size: pieces.count * words };
  const passing = evaluate(rows, stage, endsWith("allow"));
  const kept = filledRows(passing, pieces.count, words);
  const may = compact(workspace, passing, kept, words);
  const uncertain = stage.conditional || pieces.uncertain || [...own.values()].includes("perhaps");
  const index = indexOf(universe, workspace, pieces, kept);
  if (!uncertain) return { stage, may, must: may, ...index };
  const must = compact(workspace, complement(evaluate(rows, stage, endsWith("deny"))), kept, words);
  return { stage, may, must, ...index };
}

/** Pieces whose rows let anything pass. */
function filledRows(rows: Int32Array, count: number, words: number): number[] {
  const kept: number[] = [];
  for (let piece = 0; piece < count; piece++) {
    if (isFilled(rows, piece * words, words)) kept.push(piece);
  }
  return kept;
}

function isFilled(rows: Int32Array, from: number, words: number): boolean {
  for (let word = 0; word < words; word++) if (rows[from + word] !== 0) return true;
  return false;
}

/** Row 0 lets nothing pass, so that most pairs are settled by one look; the kept rows follow. */
function compact(
  { pool }: Workspace,
  rows: Int32Array,
  kept: readonly number[],
  words: number,
): Int32Array {
  const compacted = pool.int32((kept.length + 1) * words);
  for (let row = 0; row < kept.length; row++) {
    const from = (kept[row] as number) * words;
    const to = (row + 1) * words;
    for (let word = 0; word < words; word++) compacted[to + word] = rows[from + word] as number;
  }
  return compacted;
}

function indexOf(
  { ends }: Universe,
  { pool }: Workspace,
  { starts }: Pieces,
  kept: readonly number[],
): Pick<Table, "index" | "open" | "openCount"> {
  const size = ends.all.length;
  const index = size < uint16Size ? pool.uint16(size) : pool.int32(size);
  const open: number[] = [];
  let openCount = 0;
  for (let row = 0; row < kept.length; row++) {
    const start = starts[kept[row] as number] as number;
    const end = starts[(kept[row] as number) + 1] as number;
    index.fill(row + 1, start, end);
    openCount += end - start;
    if (open.at(-1) === start) open[open.length - 1] = end;
    else open.push(start, end);
  }
  const ranges = pool.int32(open.length);
  ranges.set(open);
  return { index, open: ranges, openCount };
}

function complement(rows: Int32Array): Int32Array {
  for (let word = 0; word < rows.length; word++) rows[word] = ~(rows[word] as number);
  return rows;
}
