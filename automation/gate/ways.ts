/** Ways by which the internet comes to something over several hops, and did not before. */
import type { Topology } from "../../model/network/topology.ts";
import { internetName } from "../../model/reach/compare.ts";
import type { NamedChange } from "../reach/changes.ts";
import { namedChanges } from "../reach/changes.ts";
import { bySegment, flowsOf } from "../reach/flows.ts";
import type { Edit } from "./edits.ts";
import type { Explain } from "./explain.ts";

/** One hop of a way. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  /** A packet of it, where the change opens this hop. */
  readonly packet: string;
  /** The edits that open it; none where it was open before. */
  readonly edits: readonly Edit[];
}

/** A way from the internet to something that it could not come to before. */
export interface Way {
  readonly to: string;
  readonly hops: readonly Hop[];
}

/** Shortest ways to each name that is newly within reach, over two hops and more; the longest last. */
export function waysFromOutside(
  before: Topology,
  after: Topology,
  explain: Explain,
): readonly Way[] {
  const [was, is] = [bySegment(before), bySegment(after)];
  const old = reachedFrom(edgesOf(was));
  const now = reachedFrom(edgesOf(is));
  const fresh = [...now].filter(([name, way]) => !old.has(name) && way.length > 1);
  if (fresh.length === 0) return [];
  const opened = new Map(
    namedChanges(was, is).map((change) => [`${change.from}\n${change.to}`, change]),
  );
  return fresh.map(([to, way]) => ({
    to,
    hops: way.map(([from, next]) => hop(from, next, opened.get(`${from}\n${next}`), explain)),
  }));
}

function hop(from: string, to: string, change: NamedChange | undefined, explain: Explain): Hop {
  if (change === undefined || change.added === "nothing")
    return { from, to, packet: "", edits: [] };
  return { from, to, packet: change.witness.packet, edits: explain(change).edits };
}

type Edge = readonly [from: string, to: string];

function edgesOf(topology: Topology): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  for (const [from, to] of flowsOf(topology).pairs()) {
    // Whatever an endpoint sends out to the internet is no way in.
    if (to !== internetName) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  return edges;
}

/** Breadth first: the shortest way to each name. */
function reachedFrom(edges: ReadonlyMap<string, readonly string[]>): Map<string, readonly Edge[]> {
  const ways = new Map<string, readonly Edge[]>([[internetName, []]]);
  let front = [internetName];
  while (front.length > 0) {
    const next: string[] = [];
    for (const from of front) {
      for (const to of edges.get(from) ?? []) {
        if (ways.has(to)) continue;
        ways.set(to, [...(ways.get(from) ?? []), [from, to]]);
        next.push(to);
      }
    }
    front = next;
  }
  ways.delete(internetName);
  return ways;
}
