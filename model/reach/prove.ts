/** Whether one place of a plan means exactly what its intent says. */
import type { Family } from "../base/address.ts";
import { everyAddressOf } from "../base/address.ts";
import { covers, intersect } from "../base/interval-set.ts";
import { segmentAt } from "../network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../network/intent.ts";
import { internet } from "../network/intent.ts";
import { flowsTopology, intentTopology } from "../network/intent-topology.ts";
import type { PlaceFlows } from "../network/local-flows.ts";
import { placeFlows } from "../network/local-flows.ts";
import type { Endpoint, Origin, Topology, UnknownInput } from "../network/topology.ts";
import type { Comparison, Difference } from "./compare.ts";
import { compareTopologies, distinct } from "./compare.ts";
import type { Side } from "./side.ts";

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

/** One place as planned. */
export interface PlannedPlace {
  /** Its endpoints with the filters that guard them, and whom these name. */
  readonly filters: Topology;
  /** Its segments' members, and those of other places, with routes alone. */
  readonly routes: Topology;
}

/**
 * Compares a place with its intent. What is `extra` is beyond everything that the place's rules
 * should let pass, health probes and open stages included: a filter that lets a stranger in is wrong
 * even while no route leads there. What is `missing` was declared, and a filter stops it, or no route
 * carries it. `origin` is where the intent stands. Throws an Error where the naive walk disagrees.
 */
export function proveIntent(
  { filters, routes }: PlannedPlace,
  intent: NetworkIntent,
  place: PlaceIntent,
  origin: Origin,
): Proof {
  const carried = notCarried(routes, intent, place, origin);
  return proofOf(filters, placeFlows(intent, place), origin, carried);
}

/** The same of one plane of the place, of which is said what it is meant to let pass. */
export function proveFlows(actual: Topology, flows: PlaceFlows, origin: Origin): Proof {
  return proofOf(actual, flows, origin, []);
}

function proofOf(
  filters: Topology,
  flows: PlaceFlows,
  origin: Origin,
  more: readonly Difference[],
): Proof {
  const compared = (bound: "least" | "most") =>
    compareTopologies(filters, flowsTopology(flows, filters.endpoints, bound, origin));
  const most = compared("most");
  const least = compared("least");
  const differences = [
    ...most.differences.filter(({ kind }) => kind !== "missing"),
    ...least.differences.filter(({ kind }) => kind === "missing"),
    ...more,
  ];
  const unseen = unseenSegments(filters, flows);
  const wrong = differences.filter(({ kind }) => kind !== "residual");
  const unknowns = [...filters.unknowns, ...wrong.flatMap(({ witness }) => witness.inputs)];
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

/**
 * Declared flows between segments that no route carries, or whose replies none carries. By which
 * members a segment meets the internet (a public address, a balancer) is not for the intent to say.
 */
function notCarried(
  routes: Topology,
  intent: NetworkIntent,
  place: PlaceIntent,
  origin: Origin,
): Difference[] {
  const flows = intent.flows.filter(({ from, to }) => from !== internet && to !== internet);
  const meant = intentTopology({ ...intent, flows }, place, routes.endpoints, "least", origin);
  const carried: Topology = {
    ...meant,
    endpoints: routes.endpoints.map((endpoint, index) => {
      const declared = meant.endpoints[index] ?? endpoint;
      return {
        ...endpoint,
        groups: [...declared.groups, ...endpoint.groups],
        stages: [...declared.stages, ...endpoint.stages],
      };
    }),
    stages: [...meant.stages, ...routes.stages],
  };
  const byId = new Map(routes.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  return compareTopologies(carried, meant).differences.map((difference) => {
    const { witness, family, from, to } = difference;
    // What could not be read may be the route that is missing.
    const open = [
      ...routes.unknowns,
      ...[from, to]
        .filter((side) => isPart(byId.get(side.endpoint ?? ""), side, family))
        .map(where),
    ];
    if (open.length === 0) return difference;
    const inputs = [...witness.inputs, ...open];
    return { ...difference, settled: false, witness: { ...witness, inputs } };
  });
}

/** Whether it hangs on which of its addresses the endpoint will have, in which of its subnets. */
function isPart(endpoint: Endpoint | undefined, { addresses }: Side, family: Family): boolean {
  if (endpoint === undefined || endpoint.outside === true || addresses.length === 0) return false;
  return !covers(addresses, intersect(endpoint.addresses, everyAddressOf[family]));
}

function where({ endpoint }: Side): UnknownInput {
  return { urn: endpoint ?? "", path: "addresses" };
}

function unseenSegments({ endpoints }: Topology, { place, segments }: PlaceFlows): string[] {
  const seen = new Set(endpoints.flatMap(({ segment, outside }) => (outside ? [] : [segment])));
  return segments.filter((name) => !seen.has(segmentAt(name, place)));
}
