/** What a replay showed, counted: per method, per type and field, difference by difference. */

import { parsePath } from "../protocol/path.ts";
import type { Json } from "../protocol/value.ts";
import { type Accepted, accepting, stale } from "./accepted.ts";
import type { Verdict } from "./compare.ts";
import type { Replayed } from "./replay.ts";

/** How many places agree, how many do not although that is accepted, how many do not. */
export interface Tally {
  readonly agreed: number;
  readonly accepted: number;
  readonly differing: number;
}

/** A difference and how often it occurs. */
export interface Difference {
  readonly method: string;
  readonly type: string;
  readonly path: string;
  readonly verdict: Exclude<Verdict, "agrees">;
  readonly recorded: Json | undefined;
  readonly ours: Json | undefined;
  /** Line of the recording where it shows first. */
  readonly line: number;
  readonly file: string;
  readonly count: number;
  /** Why it is accepted; absent where it is not. */
  readonly reason: string | undefined;
}

/** The report on one or more recordings. */
export interface Report {
  readonly files: readonly {
    readonly file: string;
    readonly exchanges: number;
    readonly supplied: number;
  }[];
  readonly sum: Tally;
  readonly byMethod: Readonly<Record<string, Tally>>;
  /** Type, then field at the top of its properties. */
  readonly byType: Readonly<Record<string, Readonly<Record<string, Tally>>>>;
  readonly differences: readonly Difference[];
  /** Accepted differences that no longer occur although their type and method were exchanged. */
  readonly stale: readonly Accepted[];
}

/** Counts what replays showed. */
export function report(
  replays: ReadonlyMap<string, Replayed>,
  entries: readonly Accepted[],
): Report {
  const counts = new Counts(entries);
  for (const [file, replayed] of replays) counts.add(file, replayed);
  return counts.report(replays);
}

class Counts {
  private readonly entries: readonly Accepted[];
  private readonly used = new Set<Accepted>();
  private readonly sum = tally();
  private readonly byMethod: Record<string, Counter> = {};
  private readonly byType: Record<string, Record<string, Counter>> = {};
  private readonly differences = new Map<string, Difference>();

  constructor(entries: readonly Accepted[]) {
    this.entries = entries;
  }

  add(file: string, replayed: Replayed): void {
    for (const { line, method, type, places } of replayed.exchanges) {
      for (const place of places) {
        const { path, verdict, ours } = place;
        const spot = { type, method, path, verdict, ours };
        const entry = place.verdict === "agrees" ? undefined : accepting(this.entries, spot);
        if (entry !== undefined) this.used.add(entry);
        this.count(method, type, place.path, kindOf(place.verdict, entry));
        if (place.verdict === "agrees") continue;
        const reason = entry?.reason;
        this.note({ ...place, verdict: place.verdict, type, method, line, file, count: 1, reason });
      }
    }
  }

  report(replays: ReadonlyMap<string, Replayed>): Report {
    const files = [...replays].map(([file, { exchanges, supplied }]) => ({
      file,
      exchanges: exchanges.length,
      supplied,
    }));
    const exchanged = [...replays.values()].flatMap(({ exchanges }) => exchanges);
    return {
      files,
      sum: this.sum,
      byMethod: this.byMethod,
      byType: this.byType,
      differences: [...this.differences.values()],
      stale: stale(this.entries, exchanged, this.used),
    };
  }

  private count(method: string, type: string, path: string, kind: keyof Tally): void {
    this.sum[kind] += 1;
    entryIn(this.byMethod, method, tally)[kind] += 1;
    const fields = entryIn(this.byType, type, () => ({}));
    entryIn(fields, fieldOf(path), tally)[kind] += 1;
  }

  private note(difference: Difference): void {
    const { method, type, path, verdict } = difference;
    const key = [method, type, path, verdict].join("\n");
    const known = this.differences.get(key);
    this.differences.set(
      key,
      known === undefined ? difference : { ...known, count: known.count + 1 },
    );
  }
}

type Counter = { -readonly [kind in keyof Tally]: number };

function entryIn<T>(record: Record<string, T>, key: string, make: () => T): T {
  const value = record[key] ?? make();
  record[key] = value;
  return value;
}

function tally(): Counter {
  return { agreed: 0, accepted: 0, differing: 0 };
}

function kindOf(verdict: Verdict, entry: Accepted | undefined): keyof Tally {
  if (verdict === "agrees") return "agreed";
  return entry === undefined ? "differing" : "accepted";
}

function fieldOf(path: string): string {
  return path === "" ? "(answer)" : String(parsePath(path)[0]);
}
