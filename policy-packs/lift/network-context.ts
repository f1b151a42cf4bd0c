/** What every cloud's lifting of network rules needs, and collects. */
import { cidrSet, parseCidr } from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { covers, emptySet, intersect, union } from "../../model/base/interval-set.ts";
import type { SegmentAddresses } from "../../model/network/address-plan.ts";
import { planPlace, segmentPrefixes } from "../../model/network/address-plan.ts";
import type { Direction, Filter, FilterRule, UnknownInput } from "../../model/network/filter.ts";
import type { NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { Marks } from "../../model/network/marks.ts";
import { marksOfDescription, marksOfTags } from "../../model/network/marks.ts";
import type { Plan, PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { every4, every6 } from "./address-set.ts";
import type { EdgeRule, Peer } from "./edge-rule.ts";

/** One place of an intent, the plan it is looked for in, and what came out so far. */
export interface PlaceLift {
  readonly intent: NetworkIntent;
  readonly place: PlaceIntent;
  readonly plan: Plan;
  readonly segments: readonly SegmentAddresses[];
  readonly filters: Filter[];
  readonly unknowns: UnknownInput[];
}

/** A lift of one place, still empty. */
export function beginLift(intent: NetworkIntent, place: PlaceIntent, plan: Plan): PlaceLift {
  const { segments } = planPlace(place, intent.segments);
  return { intent, place, plan, segments, filters: [], unknowns: [] };
}

/** Runs one part of the lift; what it cannot read is noted and keeps the verdict open. */
export function attempt(lift: PlaceLift, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    lift.unknowns.push({ urn: error.urn, path: error.path });
  }
}

/** All addresses of a segment that are known before anything exists. */
export function addressesOfSegment(segment: SegmentAddresses): IntervalSet {
  return cidrSet(segmentPrefixes(segment).map((cidr) => parseCidr(cidr, segment.segment)));
}

/** All addresses of a place. */
export function addressesOfPlace(place: PlaceIntent): IntervalSet {
  const cidrs = [place.cidr4, place.cidr6].filter((cidr) => cidr !== undefined);
  return cidrSet(cidrs.map((cidr) => parseCidr(cidr, `places.${place.name}`)));
}

/** Marks in the resource's tags or, where it has none, its description. */
export function marksOf(resource: PlannedResource): Marks | undefined {
  const tags = resource.inputs.at("tags");
  if (tags.state === "unknown") throw new Undecided(tags.urn, tags.path, "unknown");
  if (tags.state === "known") return marksOfTags(asRecord(tags.plain()));
  const description = resource.inputs.at("description");
  return description.state === "known" ? marksOfDescription(description.text() ?? "") : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Marked resources of a type that belong to the segment of the lift's place. */
export function markedFor(
  lift: PlaceLift,
  types: readonly string[],
  segment: string,
): PlannedResource[] {
  const found: PlannedResource[] = [];
  for (const resource of lift.plan.ofType(...types)) {
    attempt(lift, () => {
      const marks = marksOf(resource);
      if (marks?.place === lift.place.name && marks.segment === segment) found.push(resource);
    });
  }
  return found;
}

/**
 * A rule as the model reads it: the peers' addresses and segments. Part of the guarded side is
 * treated as all of it for an allow and as nothing for a deny, so that no path is overlooked.
 */
export function filterRule(
  lift: PlaceLift,
  at: View,
  rule: EdgeRule,
  segment: SegmentAddresses,
  resolve: (peer: Peer) => Pick<FilterRule, "peers" | "peerSegments">,
): FilterRule | undefined {
  let peers = emptySet;
  let peerSegments: readonly string[] = [];
  let path: string | undefined;
  for (const peer of rule.peers) {
    attempt(lift, () => {
      path ??= peer.at.path;
      const resolved = peer.kind === "addresses" ? { peers: peer.addresses() } : resolve(peer);
      peers = union(peers, resolved.peers);
      peerSegments = [
        ...peerSegments,
        ...("peerSegments" in resolved ? resolved.peerSegments : []),
      ];
    });
  }
  const own = rule.own?.();
  if (own !== undefined) peers = withinFamilies(peers, own, segment, rule.action);
  if (peers.length === 0 && peerSegments.length === 0) return undefined;
  const origin = { urn: at.urn, path: path ?? at.path };
  return { action: rule.action, peers, peerSegments, selectors: rule.selectors, origin };
}

function withinFamilies(
  peers: IntervalSet,
  own: IntervalSet,
  segment: SegmentAddresses,
  action: "allow" | "deny",
): IntervalSet {
  const guarded = addressesOfSegment(segment);
  return [every4, every6]
    .filter((family) => {
      const part = intersect(guarded, family);
      // Addresses that are not known yet are guarded by a rule only if it is for all of them.
      if (part.length === 0) return covers(own, family);
      return action === "allow" ? intersect(own, part).length > 0 : covers(own, part);
    })
    .reduce((all, family) => union(all, intersect(peers, family)), emptySet);
}

/** Adds the filter of one direction, rules in the order given. */
export function addFilter(
  lift: PlaceLift,
  segment: string,
  direction: Direction,
  rules: readonly (FilterRule | undefined)[],
  otherwise: Filter["otherwise"],
  otherwiseOrigin: string,
): void {
  const kept = rules.filter((rule) => rule !== undefined);
  const place = lift.place.name;
  lift.filters.push({ place, segment, direction, rules: kept, otherwise, otherwiseOrigin });
}
