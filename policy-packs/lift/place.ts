/**
 * One place of an intent as planned: its endpoints with the filters that guard them, and those
 * outside of whom the intent speaks; and, apart from these, its routes.
 */

import type { IntervalSet } from "../../model/base/interval-set.ts";
import { intervalSet, subtract } from "../../model/base/interval-set.ts";
import { privateAddresses } from "../../model/base/special-addresses.ts";
import { planPlace } from "../../model/network/address-plan.ts";
import { parseEnd, segmentAt } from "../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { outsideEndpoints, outsider } from "../../model/network/intent-topology.ts";
import type { Endpoint, Stage, Topology } from "../../model/network/topology.ts";
import { unplannedName } from "../../model/policy/gap.ts";
import type { PlannedPlace } from "../../model/reach/prove.ts";
import { isOthers } from "./borders.ts";
import { isClusterPod } from "./clusters/names.ts";
import { isKubernetesObject } from "./kubernetes.ts";
import { answersItself } from "./members.ts";
import { networksOf } from "./network-groups.ts";
import { routesInPlace } from "./roads.ts";
import { isTranslator } from "./translators.ts";

/** What is proved of the place. */
export function plannedPlace(
  lifted: Topology,
  intent: NetworkIntent,
  place: PlaceIntent,
): PlannedPlace {
  return {
    filters: inPlace(lifted, intent, place),
    routes: routesInPlace(lifted, intent, place),
  };
}

/** The part of a lifted network that belongs to the place, as its filters decide. */
export function inPlace(lifted: Topology, intent: NetworkIntent, place: PlaceIntent): Topology {
  const belongs = ({ segment = "" }: Endpoint) => parseEnd(segment).place === place.name;
  const networks = new Set(lifted.endpoints.filter(belongs).flatMap(networksOf));
  const inside = lifted.endpoints
    .filter(answersItself(intent, place))
    .filter(
      (endpoint) =>
        belongs(endpoint) ||
        (endpoint.segment === undefined &&
          endpoint.outside !== true &&
          networksOf(endpoint).some((id) => networks.has(id))),
    );
  const used = new Set(inside.flatMap((endpoint) => endpoint.stages));
  const stages = lifted.stages.filter(({ id, plane }) => used.has(id) && plane !== "route");
  const kept = new Set(stages.map(({ id }) => id));
  const named = groupsNamedIn(stages);
  const declared = outsideEndpoints(intent, place);
  const meant = intervalSet(declared.flatMap(({ addresses }) => [...addresses]));
  const linked = lifted.endpoints.map((one) =>
    // Whose addresses the intent knows is who it says, by whatever link it is reached.
    one.outside === true ? { ...one, addresses: subtract(one.addresses, meant) } : one,
  );
  const outside = linked.filter(
    (one) =>
      one.outside === true &&
      // To filters their addresses are some of the internet's.
      !isTranslator(one) &&
      isNamed(one, named) &&
      !isOthers(one, place.cloud) &&
      // Addresses of the place that nobody has are nobody's.
      !networksOf(one).some((id) => networks.has(id)),
  );
  const known = [
    ...[...inside.map((one) => apartFrom(one, meant)), ...outside].map((endpoint) => ({
      ...endpoint,
      stages: endpoint.stages.filter((id) => kept.has(id)),
    })),
    ...declared,
    ...podsOf(intent, place, inside),
  ];
  return {
    endpoints: [...known, unplannedAmong(known)],
    stages,
    residuals: lifted.residuals.filter(({ endpoints }) =>
      inside.some(({ id }) => endpoints.includes(id)),
    ),
    unknowns: inside.some(isClusterPod)
      ? lifted.unknowns
      : lifted.unknowns.filter(({ urn }) => !isKubernetesObject(urn)),
  };
}

/** What a cloud chooses out of its own addresses lies in no range of somebody whom the intent knows. */
function apartFrom(endpoint: Endpoint, others: IntervalSet): Endpoint {
  const { unknownWithin } = endpoint;
  if (unknownWithin === undefined) return endpoint;
  return { ...endpoint, unknownWithin: subtract(unknownWithin, others) };
}

/** Private addresses that nothing planned has: whoever has them, it is not the internet. */
function unplannedAmong(known: readonly Endpoint[]): Endpoint {
  const taken = intervalSet(known.flatMap(({ addresses }) => [...addresses]));
  return {
    id: unplannedName,
    name: unplannedName,
    addresses: subtract(privateAddresses, taken),
    unknownAddresses: [],
    groups: [],
    stages: [],
    outside: true,
  };
}

/**
 * Whose addresses nobody can know, such as a vendor's service, is nobody in particular to a filter,
 * unless a rule names it.
 */
function isNamed({ addresses, groups }: Endpoint, named: ReadonlySet<string>): boolean {
  return addresses.length > 0 || groups.some((group) => named.has(group));
}

function groupsNamedIn(stages: readonly Stage[]): ReadonlySet<string> {
  const rules = stages.flatMap(({ tiers }) => tiers.flatMap((tier) => tier.rules));
  return new Set(rules.flatMap(({ peers }) => peers.flatMap(({ group }) => group ?? [])));
}

/** Pods need not stand in a subnet; they carry what their nodes carry, and answer for them. */
function podsOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  inside: readonly Endpoint[],
): Endpoint[] {
  return planPlace(place, intent.segments).segments.flatMap(({ segment, pods4 }) => {
    const name = segmentAt(segment, place.name);
    const node = inside.find((endpoint) => endpoint.segment === name);
    if (pods4 === undefined || node === undefined) return [];
    return [{ ...outsider(name, [pods4]), groups: node.groups }];
  });
}
