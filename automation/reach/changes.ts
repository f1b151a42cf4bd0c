/** What two states of a network differ in, by the names that people have for the ends. */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { union } from "../../model/base/interval-set.ts";
import { ProblemError } from "../../model/base/problem.ts";
import type { Topology } from "../../model/network/topology.ts";
import type { FlowChange, StateDifference } from "../../model/reach/difference.ts";
import { differenceOf } from "../../model/reach/difference.ts";
import type { Side } from "../../model/reach/side.ts";
import { sizeOf } from "../../model/reach/side.ts";
import { rangeText, selectorsText } from "../report/reach/ports.ts";
import type { ToldWitness } from "./witness-text.ts";
import { toldWitness } from "./witness-text.ts";

/** Pairs of endpoints that are compared: more would take minutes. */
const pairsMax = 400_000_000;

/** One pair of names between which something else passes than before. */
export interface NamedChange {
  readonly kind: FlowChange["kind"];
  readonly from: string;
  readonly to: string;
  /** Ranges of a side that no endpoint has. */
  readonly addresses: readonly string[];
  /** Ports that may pass now and could not before; `nothing` where there are none. */
  readonly added: string;
  readonly removed: string;
  /** `surely`: what may pass is the same, but some of it hung on something unknown, or now does. */
  readonly reading: "may" | "surely";
  /** False where it hangs on something unknown whether any of it is so. */
  readonly settled: boolean;
  /** One such packet, and the rules that decide about it. */
  readonly witness: ToldWitness;
}

/** Which changes count, and as what; all of them where nobody says. */
export type Sift = (difference: StateDifference) => readonly FlowChange[];

/**
 * The changes, sorted by their names. What hangs on something unknown hangs on it in both states:
 * it is a change where what may pass differs, or else what surely passes. Throws a
 * {@link ProblemError} where there are too many pairs.
 */
export function namedChanges(
  before: Topology,
  after: Topology,
  sift: Sift = ({ changes }) => changes,
): NamedChange[] {
  const endpoints = Math.max(before.endpoints.length, after.endpoints.length);
  if (endpoints ** 2 > pairsMax) throw new ProblemError([tooMany(endpoints)]);
  const may = merged(sift(differenceOf(before, after, "may")), "may");
  if ([before, after].every(isSettled)) return may;
  const known = new Set(may.map(pairOf));
  const surely = merged(sift(differenceOf(before, after, "must")), "surely");
  const sure = new Set(surely.map(pairOf));
  return [
    ...may.map((change) => ({ ...change, settled: sure.has(pairOf(change)) })),
    ...surely.filter((change) => !known.has(pairOf(change))),
  ].sort((a, b) => (pairOf(a) < pairOf(b) ? -1 : 1));
}

/** Without conditions and unknown addresses in rules by address, both readings are one. */
function isSettled({ stages }: Topology): boolean {
  return stages.every(({ tiers }) =>
    tiers.every(({ rules }) =>
      rules.every(
        ({ conditions, peers, own }) =>
          conditions === undefined &&
          own === undefined &&
          peers.every(({ addresses }) => addresses === undefined),
      ),
    ),
  );
}

interface Draft extends Omit<NamedChange, "added" | "removed" | "settled"> {
  /** Addresses that the witness's ends could have as well. */
  readonly size: bigint;
  readonly plus: IntervalSet;
  readonly minus: IntervalSet;
}

/** Families and endpoints of one name together, sorted. */
function merged(changes: readonly FlowChange[], reading: NamedChange["reading"]): NamedChange[] {
  const drafts = new Map<string, Draft>();
  for (const change of changes) {
    const { kind, from, to, added, removed } = change;
    const addresses = [from, to].flatMap(rangesOf);
    const named = { kind, from: from.name, to: to.name, addresses, reading };
    const key = JSON.stringify(named);
    const draft = drafts.get(key);
    // One machine tells more than whatever might be put into a group.
    const size = sizeOf(from) + sizeOf(to);
    const isTelling = draft === undefined || size < draft.size;
    drafts.set(key, {
      ...named,
      witness: isTelling ? toldWitness(change) : draft.witness,
      size: isTelling ? size : draft.size,
      plus: union(draft?.plus ?? [], added),
      minus: union(draft?.minus ?? [], removed),
    });
  }
  return [...drafts.values()]
    .map(({ plus, minus, size: _, ...named }) => ({
      ...named,
      settled: true,
      added: selectorsText(plus),
      removed: selectorsText(minus),
    }))
    .sort((a, b) => (pairOf(a) < pairOf(b) ? -1 : 1));
}

function rangesOf({ endpoint, addresses }: Side): string[] {
  return endpoint === undefined ? addresses.map(rangeText) : [];
}

function pairOf({ from, to, addresses }: Pick<NamedChange, "from" | "to" | "addresses">): string {
  return [from, to, ...addresses].join("\n");
}

function tooMany(endpoints: number) {
  return {
    code: "input-too-large",
    place: "reach diff",
    got: `${endpoints} endpoints`,
    allowed: `at most ${Math.sqrt(pairsMax)}`,
    next: "Compare fewer workloads at a time, e.g. one cluster.",
  } as const;
}
