/** Whether one place of a plan means exactly what its intent says. */
import { segmentAt } from "../network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../network/intent.ts";
import { flowsTopology } from "../network/intent-topology.ts";
import type { PlaceFlows } from "../network/local-flows.ts";
import { placeFlows } from "../network/local-flows.ts";
import type { Origin, Topology, UnknownInput } from "../network/topology.ts";
import type { Comparison, Difference } from "./compare.ts";
import { compareTopologies, distinct } from "./compare.ts";

/** The verdict on a place. */
export interface Proof {
  /** `unknown`: no settled difference, but inputs on which one hangs. */
  readonly verdict: Comparison["verdict"];
  readonly differences: readonly Difference[];
  /** What keeps the verdict open. */
  readonly unknowns: readonly UnknownInput[];
  /** Segments of the place to which no planned endpoint belongs: of them nothing is proved. */
  readonly unseen: readonly string[];
  /** Pairs of ends compared: zero would mean that nothing was proved. */
  readonly pairs: number;
}

/**
 * Compares a place with its intent. What is `extra` is beyond everything that the place's rules
 * should let pass, health probes and open stages included; what is `missing` was declared.
 * `origin` is where the intent stands. Throws an Error where the naive walk disagrees.
 */
export function proveIntent(
  actual: Topology,
  intent: NetworkIntent,
  place: PlaceIntent,
  origin: Origin,
): Proof {
  return proveFlows(actual, placeFlows(intent, place), origin);
}

/** The same of one plane of the place, of which is said what it is meant to let pass. */
export function proveFlows(actual: Topology, flows: PlaceFlows, origin: Origin): Proof {
  const { endpoints } = actual;
  const compared = (bound: "least" | "most") =>
    compareTopologies(actual, flowsTopology(flows, endpoints, bound, origin));
  const most = compared("most");
  const least = compared("least");
  const differences = [
    ...most.differences.filter(({ kind }) => kind !== "missing"),
    ...least.differences.filter(({ kind }) => kind === "missing"),
  ];
  const unseen = unseenSegments(actual, flows);
  const wrong = differences.filter(({ kind }) => kind !== "residual");
  const unknowns = [...actual.unknowns, ...wrong.flatMap(({ witness }) => witness.inputs)];
  const open = unknowns.length > 0 || unseen.length > 0 || wrong.some(({ settled }) => !settled);
  const violated = wrong.some(({ settled }) => settled);
  return {
    verdict: violated ? "violated" : open ? "unknown" : "proven",
    differences,
    unknowns: distinct(unknowns),
    unseen,
    pairs: most.pairs,
  };
}

function unseenSegments({ endpoints }: Topology, { place, segments }: PlaceFlows): string[] {
  const seen = new Set(endpoints.flatMap(({ segment, outside }) => (outside ? [] : [segment])));
  return segments.filter((name) => !seen.has(segmentAt(name, place)));
}
