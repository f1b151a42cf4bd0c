/**
 * What a pack keeps of the network that it judged, for those who picture it: the network itself and
 * what was proved of it, so that nobody lifts or proves it a second time.
 */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { Topology } from "../../model/network/topology.ts";
import type { DifferenceKind } from "../../model/reach/compare.ts";
import type { Proof } from "../../model/reach/prove.ts";

/** A planned network, and the intents it was held against. */
export interface NetworkRecord {
  readonly topology: Topology;
  readonly segmentations: readonly SegmentationRecord[];
}

/** One intent and what was proved of its places. */
export interface SegmentationRecord {
  /** URN of the component that carries the intent. */
  readonly urn: string;
  readonly intent: NetworkIntent;
  readonly proofs: readonly PlaceProof[];
}

/** The proof of one place. */
export interface PlaceProof extends Pick<Proof, "verdict" | "unknowns" | "unseen" | "pairs"> {
  /** Name of the place. */
  readonly place: string;
  /** What passes and should not, or the reverse; residual paths are not among them. */
  readonly gaps: readonly Gap[];
}

/** A difference between plan and intent, by the names of its sides. */
export interface Gap {
  readonly kind: Exclude<DifferenceKind, "residual">;
  readonly settled: boolean;
  readonly from: string;
  readonly to: string;
  readonly selectors: IntervalSet;
}

/** The record's form of a proof. */
export function placeProof(place: string, proof: Proof): PlaceProof {
  const { verdict, unknowns, unseen, pairs, differences } = proof;
  const gaps = differences.flatMap(({ kind, settled, from, to, selectors }): Gap[] =>
    kind === "residual"
      ? []
      : [{ kind, settled, from: sideName(from), to: sideName(to), selectors }],
  );
  return { place, verdict, unknowns, unseen, pairs, gaps };
}

/** The segment of a side, as `web@aws`; of one that has none, its own name. */
export function sideName(side: {
  readonly segment?: string | undefined;
  readonly name: string;
}): string {
  return side.segment ?? side.name;
}

/** JSON has no whole numbers of 128 bits: each is written as `{"big":"ff"}`. */
export function recordText(record: NetworkRecord): string {
  return JSON.stringify(record, (_, value: unknown) =>
    typeof value === "bigint" ? { big: value.toString(16) } : value,
  );
}

/** The record of a parsed line; undefined where it is none. */
export function readRecord(parsed: unknown): NetworkRecord | undefined {
  const value = withNumbers(parsed);
  if (!isRecord(value) || !isRecord(value["topology"])) return undefined;
  const { endpoints, stages, residuals, unknowns } = value["topology"];
  const lists = [endpoints, stages, residuals, unknowns, value["segmentations"]];
  return lists.every(Array.isArray) ? (value as unknown as NetworkRecord) : undefined;
}

function withNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumbers);
  if (!isRecord(value)) return value;
  const { big } = value;
  if (typeof big === "string" && /^[0-9a-f]+$/.test(big)) return BigInt(`0x${big}`);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNumbers(one)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
