/** Passes the ids of a network on that exists already. */
import * as pulumi from "@pulumi/pulumi";
import type { PlaceIntent } from "../../model/network/intent.ts";
import type { ExistingNetwork } from "./args.ts";
import type { PlaceNetwork } from "./places.ts";

/** The place as other components see it; creates nothing. */
export function existingPlace(place: PlaceIntent, network: ExistingNetwork): PlaceNetwork {
  const base = { place: place.name, region: place.region, owned: false } as const;
  switch (network.cloud) {
    case "aws":
      return {
        ...base,
        cloud: "aws",
        vpcId: pulumi.output(network.vpcId),
        subnetIds: mapValues(network.subnetIds, (ids) => ids.map((id) => pulumi.output(id))),
      };
    case "azure":
      return {
        ...base,
        cloud: "azure",
        resourceGroupName: pulumi.output(network.resourceGroupName),
        vnetId: pulumi.output(network.vnetId),
        vnetName: pulumi.output(network.vnetName),
        subnetIds: mapValues(network.subnetIds, (id) => pulumi.output(id)),
        nsgNames: mapValues(network.nsgNames, (name) => pulumi.output(name)),
      };
    case "gcp":
      return {
        ...base,
        cloud: "gcp",
        project: pulumi.output(network.project),
        networkId: pulumi.output(
          `projects/${network.project}/global/networks/${network.networkName}`,
        ),
        networkName: pulumi.output(network.networkName),
        subnetSelfLinks: mapValues(network.subnetSelfLinks, (link) => pulumi.output(link)),
      };
  }
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
