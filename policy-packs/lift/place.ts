/**
 * One place of an intent as planned: its endpoints with the filters that guard them, and those
 * outside of whom the intent speaks. What the routes do is another question, with another answer:
 * a filter that lets a stranger in is wrong even while no route leads there.
 */

import { planPlace } from "../../model/network/address-plan.ts";
import { parseEnd, segmentAt } from "../../model/network/ends.ts";
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { outsideEndpoints, outsider } from "../../model/network/intent-topology.ts";
import type { Endpoint, Topology } from "../../model/network/topology.ts";
import { networksOf } from "./network-groups.ts";

/** The part of a lifted network that belongs to the place. */
export function inPlace(lifted: Topology, intent: NetworkIntent, place: PlaceIntent): Topology {
  const belongs = ({ segment = "" }: Endpoint) => parseEnd(segment).place === place.name;
  const networks = new Set(lifted.endpoints.filter(belongs).flatMap(networksOf));
  const inside = lifted.endpoints.filter(
    (endpoint) =>
      endpoint.outside === true ||
      belongs(endpoint) ||
      (endpoint.segment === undefined && networksOf(endpoint).some((id) => networks.has(id))),
  );
  const stages = lifted.stages.filter(({ plane }) => plane !== "route");
  const kept = new Set(stages.map(({ id }) => id));
  return {
    endpoints: [
      ...inside.map((endpoint) => ({
        ...endpoint,
        stages: endpoint.stages.filter((id) => kept.has(id)),
      })),
      ...outsideEndpoints(intent, place),
      ...podsOf(intent, place),
    ],
    stages,
    residuals: lifted.residuals.filter(({ endpoints }) =>
      inside.some(({ id }) => endpoints.includes(id)),
    ),
    unknowns: lifted.unknowns,
  };
}

/**
 * Pods of an overlay stand in no subnet, and so carry nothing that their nodes' cloud knows: there,
 * rules know them by address (Microsoft Learn, "Azure CNI Overlay networking").
 */
const knowsPodsByAddress: Record<Cloud, boolean> = { aws: false, azure: true, gcp: false };

function podsOf(intent: NetworkIntent, place: PlaceIntent): Endpoint[] {
  if (!knowsPodsByAddress[place.cloud]) return [];
  return planPlace(place, intent.segments).segments.flatMap(({ segment, pods4 }) =>
    pods4 === undefined ? [] : [outsider(segmentAt(segment, place.name), [pods4])],
  );
}
