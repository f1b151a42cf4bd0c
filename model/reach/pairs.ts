/** Two topologies of one universe, pair of ends by pair of ends, bit by bit. */
import type { Found } from "./differences.ts";
import type { Reach, Selection } from "./reach.ts";
import { forEachOpen, passing } from "./reach.ts";
import type { Replies } from "./replies.ts";
import { blockedReplies, repliesOf } from "./replies.ts";
import { residualPaths } from "./residuals.ts";

/** `residual`: passes, was never meant to, and cannot be closed by any rule of this network. */
export type DifferenceKind = "extra" | "missing" | "reply-blocked" | "residual";

type Take = (found: Found<DifferenceKind>) => void;

/** Compares the pairs of the selection, except where both are outside. */
export function comparePairs(
  actual: Reach,
  wanted: Reach,
  take: Take,
  selection?: Selection,
): void {
  const pair = new PairComparison(actual, wanted, take);
  forEachOpen([actual, wanted], (from, to) => pair.compare(from, to), selection);
}

/** Rows of one pair, used again for the next. */
class PairComparison {
  readonly #actual: Reach;
  readonly #wanted: Reach;
  readonly #take: Take;
  readonly #replies: Replies | undefined;
  readonly #residual: ReturnType<typeof residualPaths>;
  readonly #rows: Readonly<Record<"may" | "must" | "wantedMay" | "wantedMust", Int32Array>>;
  readonly #sure: Int32Array;
  readonly #perhaps: Int32Array;

  constructor(actual: Reach, wanted: Reach, take: Take) {
    const row = () => new Int32Array(actual.universe.atoms.words);
    this.#actual = actual;
    this.#wanted = wanted;
    this.#take = take;
    this.#replies = actual.asksReplies ? repliesOf(actual.universe.atoms) : undefined;
    this.#residual = residualPaths(actual);
    const may = row();
    const wantedMay = row();
    this.#rows = {
      may,
      must: actual.settled ? may : row(),
      wantedMay,
      wantedMust: wanted.settled ? wantedMay : row(),
    };
    this.#sure = row();
    this.#perhaps = row();
  }

  compare(from: number, to: number): void {
    const { may, must, wantedMay, wantedMust } = this.#rows;
    const passes = passing(this.#actual, from, to, "may", may);
    const meant = passing(this.#wanted, from, to, "may", wantedMay);
    if (!passes && !meant) return;
    if (!passes) may.fill(0);
    if (!meant) wantedMay.fill(0);
    if (must !== may && !passing(this.#actual, from, to, "must", must)) must.fill(0);
    if (wantedMust !== wantedMay && !passing(this.#wanted, from, to, "must", wantedMust)) {
      wantedMust.fill(0);
    }
    if (this.#subtract(must, wantedMay, may, wantedMust)) this.#report("extra", from, to);
    if (this.#subtract(wantedMust, may, wantedMay, must)) this.#report("missing", from, to);
    if (this.#replies !== undefined && passes && meant) this.#askReplies(from, to, this.#replies);
  }

  /** `sure = a & ~b`; `perhaps` = what else is in `c & ~d`. Says whether there is anything. */
  #subtract(a: Int32Array, b: Int32Array, c: Int32Array, d: Int32Array): boolean {
    let any = 0;
    for (let word = 0; word < a.length; word++) {
      const sure = (a[word] as number) & ~(b[word] as number);
      const perhaps = (c[word] as number) & ~(d[word] as number) & ~sure;
      this.#sure[word] = sure;
      this.#perhaps[word] = perhaps;
      any |= sure | perhaps;
    }
    return any !== 0;
  }

  #report(kind: "extra" | "missing", from: number, to: number): void {
    const around = this.#residual(from, to);
    for (const [settled, row] of [
      [true, this.#sure],
      [false, this.#perhaps],
    ] as const) {
      if (around === undefined) {
        this.#takeAny(kind, settled, from, to, row);
        continue;
      }
      const kept = row.map((word, index) => word & (around[index] as number));
      const rest = row.map((word, index) => word & ~(around[index] as number));
      this.#takeAny(kind, settled, from, to, rest);
      // What is missing arrives all the same, around the stages.
      if (kind === "extra") this.#takeAny("residual", settled, from, to, kept);
    }
  }

  #takeAny(
    kind: DifferenceKind,
    settled: boolean,
    from: number,
    to: number,
    row: Int32Array,
  ): void {
    if (row.some((word) => word !== 0)) this.#take({ kind, settled, from, to, row });
  }

  /** Of the packets that pass and are meant to, those whose replies are lost. */
  #askReplies(from: number, to: number, replies: Replies): void {
    const { may, must, wantedMay, wantedMust } = this.#rows;
    const surely = must.map((word, index) => word & (wantedMust[index] as number));
    const possibly = may.map((word, index) => word & (wantedMay[index] as number));
    const pair = { from, to };
    blockedReplies(this.#actual, replies, pair, surely, "may", this.#sure);
    blockedReplies(this.#actual, replies, pair, possibly, "must", this.#perhaps);
    if (this.#wanted.asksReplies) this.#withoutMeant(pair, possibly, replies);
    for (let word = 0; word < this.#sure.length; word++) {
      this.#perhaps[word] = (this.#perhaps[word] as number) & ~(this.#sure[word] as number);
    }
    this.#takeAny("reply-blocked", true, from, to, this.#sure);
    this.#takeAny("reply-blocked", false, from, to, this.#perhaps);
  }

  /** A reply that is not meant to come back is not missed. */
  #withoutMeant(
    pair: { readonly from: number; readonly to: number },
    requests: Int32Array,
    replies: Replies,
  ): void {
    const lost = new Int32Array(requests.length);
    blockedReplies(this.#wanted, replies, pair, requests, "may", lost);
    for (let word = 0; word < lost.length; word++) {
      this.#sure[word] = (this.#sure[word] as number) & ~(lost[word] as number);
      this.#perhaps[word] = (this.#perhaps[word] as number) & ~(lost[word] as number);
    }
  }
}
