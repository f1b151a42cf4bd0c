/** Finds everything wrong with the arguments of a cluster component, all at once. */
import type { Problem } from "../../model/base/problem.ts";
import { checkNetworkIntent } from "../../model/network/check-intent.ts";
import type { ClusterIntent } from "../../model/network/cluster-intent.ts";
import { checkClusterIntent } from "../../model/network/cluster-intent.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { ClusterArgs } from "./args.ts";

/** Problems of the arguments; an empty list means that every cluster can be lowered. */
export function checkClusterArgs(args: ClusterArgs): Problem[] {
  const { intent, network } = args;
  const problems = [...checkNetworkIntent(network), ...checkClusterIntent(intent, network)];
  // Which cloud a cluster stands in is only known of places that are there.
  if (problems.length > 0) return problems;
  return [...checkExisting(args), ...checkAdministrators(args), ...checkSurroundings(args)];
}

function checkExisting({ intent, network, existing = {} }: ClusterArgs): Problem[] {
  return Object.keys(existing).flatMap((place): Problem[] => {
    const at = `existing.${place}`;
    if (!network.places.some(({ name }) => name === place)) {
      return [
        {
          code: "input-unknown",
          place: at,
          got: JSON.stringify(place),
          allowed: network.places.map(({ name }) => name).join(", "),
          next: "Name the place in which the cluster stands.",
        },
      ];
    }
    if (!intent.clusters.some((cluster) => cluster.place === place)) return [];
    return [
      {
        code: "input-duplicate",
        place: at,
        got: JSON.stringify(place),
        allowed: "a place in which no cluster is created",
        next: "Drop the cluster from the intent, or drop the existing one.",
      },
    ];
  });
}

function checkAdministrators({ intent, network, administrators }: ClusterArgs): Problem[] {
  const needed = new Set(cloudsOf(intent, network));
  return [...needed]
    .filter((cloud) => (administrators[cloud]?.length ?? 0) === 0)
    .map((cloud) => ({
      code: "input-missing",
      place: `administrators.${cloud}`,
      got: "nobody",
      allowed: "at least one",
      next: "Name who administers clusters there; the one who creates them gets no access.",
    }));
}

function cloudsOf(intent: ClusterIntent, network: NetworkIntent) {
  return network.places
    .filter((place) => intent.clusters.some((cluster) => cluster.place === place.name))
    .map((place) => place.cloud);
}

function checkSurroundings({ intent, network, places, memberships }: ClusterArgs): Problem[] {
  return intent.clusters.flatMap(({ place: name }) => {
    const cloud = network.places.find((place) => place.name === name)?.cloud;
    const given = { places: places[name]?.cloud, memberships: memberships[name]?.cloud };
    return Object.entries(given)
      .filter(([, actual]) => actual !== cloud)
      .map(([property, actual]) => ({
        code: "input-missing" as const,
        place: `${property}.${name}`,
        got: actual ?? "nothing",
        allowed: `what Network and Segmentation made for ${name} in ${cloud}`,
        next: "Hand over their outputs, made from the same network intent.",
      }));
  });
}
