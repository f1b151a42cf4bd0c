/** What two states of a network differ in, by the names that people have for the ends. */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { union } from "../../model/base/interval-set.ts";
import { ProblemError } from "../../model/base/problem.ts";
import type { Topology } from "../../model/network/topology.ts";
import type { Side } from "../../model/reach/compare.ts";
import { differenceOf, type FlowChange } from "../../model/reach/difference.ts";
import { rangeText, selectorsText } from "../report/reach/ports.ts";

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
}

/**
 * The changes, sorted by their names. What hangs on something unknown hangs on it in both states:
 * it is a change where what may pass differs, or else what surely passes. Throws a
 * {@link ProblemError} where there are too many pairs.
 */
export function namedChanges(before: Topology, after: Topology): NamedChange[] {
  const endpoints = Math.max(before.endpoints.length, after.endpoints.length);
  if (endpoints ** 2 > pairsMax) throw new ProblemError([tooMany(endpoints)]);
  const may = merged(differenceOf(before, after, "may").changes, "may");
  const known = new Set(may.map(pairOf));
  const settled = [before, after].every(isSettled);
  const surely = settled ? [] : merged(differenceOf(before, after, "must").changes, "surely");
  return [...may, ...surely.filter((change) => !known.has(pairOf(change)))].sort((a, b) =>
    pairOf(a) < pairOf(b) ? -1 : 1,
  );
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

interface Draft extends Omit<NamedChange, "added" | "removed"> {
  readonly plus: IntervalSet;
  readonly minus: IntervalSet;
}

/** Families and endpoints of one name together. */
function merged(changes: readonly FlowChange[], reading: NamedChange["reading"]): NamedChange[] {
  const drafts = new Map<string, Draft>();
  for (const { kind, from, to, added, removed } of changes) {
    const addresses = [from, to].flatMap(rangesOf);
    const named = { kind, from: from.name, to: to.name, addresses, reading };
    const key = JSON.stringify(named);
    const draft = drafts.get(key);
    drafts.set(key, {
      ...named,
      plus: union(draft?.plus ?? [], added),
      minus: union(draft?.minus ?? [], removed),
    });
  }
  return [...drafts.values()].map(({ plus, minus, ...named }) => ({
    ...named,
    added: selectorsText(plus),
    removed: selectorsText(minus),
  }));
}

function rangesOf({ endpoint, addresses }: Side): string[] {
  return endpoint === undefined ? addresses.map(rangeText) : [];
}

function pairOf({ from, to, addresses }: NamedChange): string {
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
