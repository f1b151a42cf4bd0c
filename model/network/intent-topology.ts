/**
 * The intent in the planes' own form, on the endpoints of a plan: so that a plan and what was meant
 * by it are compared as any two states are.
 *
 * The internet is every address there is: whoever may call the internet may also call a segment
 * that the internet may call, on the ports both share. That is what letting pass at both ends means.
 */
import { cidrSet, tryParseCidr } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { portSet } from "../base/layer4.ts";
import { isOutside, segmentAt, segmentsIn } from "./ends.ts";
import type { NetworkIntent, PlaceIntent } from "./intent.ts";
import type { LocalFlow, LocalPeer, PlaceFlows } from "./local-flows.ts";
import { bothFamilies, everywhere, placeFlows, prefixesOf } from "./local-flows.ts";
import { roadBetween } from "./road.ts";
import type { Direction, Endpoint, Origin, PeerTerm, Rule, Stage, Topology } from "./topology.ts";

/**
 * `least`: what the flows declare must pass. `most`: nothing else may, but for what segments that
 * are not yet fully enforced let pass. Without such segments the two are the same.
 */
export type IntentBound = "least" | "most";

/**
 * What the intent lets the endpoints of one place of a plan do. An endpoint's `segment` is `web@aws`, or the
 * name of a segment outside every place. `origin` is where the intent stands, for evidence.
 */
export function intentTopology(
  intent: NetworkIntent,
  place: PlaceIntent,
  endpoints: readonly Endpoint[],
  bound: IntentBound,
  origin: Origin,
): Topology {
  return flowsTopology(placeFlows(intent, place), endpoints, bound, origin);
}

/** The same of any plane of which is said what it is meant to let pass. */
export function flowsTopology(
  { place, segments, ...flows }: PlaceFlows,
  endpoints: readonly Endpoint[],
  bound: IntentBound,
  origin: Origin,
): Topology {
  const declared = new Set(segments.map((name) => segmentAt(name, place)));
  const stages = segments.flatMap((name) =>
    bothDirections((direction) => {
      const own = flows[bound].filter(
        (flow) => flow.segment === name && flow.direction === direction,
      );
      const rules = own.map((flow) => ruleOf(flow, place, origin));
      return stage(segmentAt(name, place), direction, rules, origin);
    }),
  );
  return {
    endpoints: endpoints.map((endpoint) => ({
      ...endpoint,
      groups: endpoint.segment === undefined ? [] : [segmentGroup(endpoint.segment)],
      stages: stagesOf(endpoint, declared),
    })),
    stages: [...stages, ...bothDirections((direction) => stage("", direction, [], origin))],
    residuals: [],
    unknowns: [],
  };
}

/**
 * Whom every place's rules know by address only, as endpoints: segments outside every place, and
 * those of other places to which a road leads.
 */
export function outsideEndpoints(intent: NetworkIntent, place: PlaceIntent): Endpoint[] {
  const outside = intent.segments.filter(isOutside).map(({ name, cidrs = [] }) => ({
    name,
    prefixes: cidrs,
  }));
  const linked = intent.places
    .filter(({ name }) => name !== place.name && roadBetween(intent, name, place.name))
    .flatMap((other) =>
      segmentsIn(intent, other).map(({ name }) => ({
        name: segmentAt(name, other.name),
        prefixes: prefixesOf(intent, name, other.name),
      })),
    );
  return [...outside, ...linked].map(({ name, prefixes }) => outsider(name, prefixes));
}

/** A segment's members as known by address only. */
export function outsider(segment: string, prefixes: readonly string[]): Endpoint {
  return {
    id: segmentGroup(segment),
    name: segment,
    segment,
    addresses: addressesOf(prefixes),
    unknownAddresses: [],
    groups: [],
    stages: [],
    outside: true,
  };
}

function segmentGroup(segment: string): string {
  return `segment ${segment}`;
}

function bothDirections<T>(make: (direction: Direction) => T): T[] {
  return [make("out"), make("in")];
}

/**
 * Of what belongs to no declared segment (its mark may name one that nobody declared), nothing was
 * said; of what lies outside, nothing is asked.
 */
function stagesOf({ segment = "", outside }: Endpoint, declared: ReadonlySet<string>): string[] {
  const said = declared.has(segment) ? segment : "";
  return outside === true ? [] : bothDirections((direction) => stageId(said, direction));
}

function stageId(segment: string, direction: Direction): string {
  return `intent ${segment} ${direction}`;
}

function stage(
  segment: string,
  direction: Direction,
  rules: readonly Rule[],
  origin: Origin,
): Stage {
  const otherwiseOrigin = `${origin.path}: what no flow says is denied`;
  return {
    id: stageId(segment, direction),
    plane: "intent",
    direction,
    stateful: true,
    tiers: [{ rules, otherwise: "deny", otherwiseOrigin }],
  };
}

function ruleOf(flow: LocalFlow, place: string, origin: Origin): Rule {
  return {
    action: "allow",
    peers: peersOf(flow, place),
    selectors: portSet(flow.range),
    origin: { urn: origin.urn, path: `${origin.path} ${flow.key}` },
  };
}

function peersOf({ peer, families }: LocalFlow, place: string): PeerTerm[] {
  if (peer.kind === "platform") return [{ addresses: addressesOf(peer.prefixes) }];
  const group = groupOf(peer, place);
  if (families.length === bothFamilies.length) return [group === undefined ? {} : { group }];
  const addresses = addressesOf(families.map((family) => everywhere[family]));
  return [{ addresses, ...(group === undefined ? {} : { group }) }];
}

function addressesOf(prefixes: readonly string[]): IntervalSet {
  return cidrSet(prefixes.flatMap((text) => tryParseCidr(text) ?? []));
}

function groupOf(peer: LocalPeer, place: string): string | undefined {
  switch (peer.kind) {
    case "everybody":
    case "platform":
      return undefined;
    case "segment":
      return segmentGroup(segmentAt(peer.segment, place));
    case "elsewhere":
      return segmentGroup(peer.name);
  }
}
