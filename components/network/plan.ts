/** The plan of each place Bulkhead creates, by the lowering of its cloud. */
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { LinkIntent } from "../../model/network/link.ts";
import type { AwsNetworkPlan } from "./aws/lower.ts";
import { lowerAwsNetwork } from "./aws/lower.ts";
import type { AzureNetworkPlan } from "./azure/lower.ts";
import { lowerAzureNetwork } from "./azure/lower.ts";
import type { GcpNetworkPlan } from "./gcp/lower.ts";
import { lowerGcpNetwork } from "./gcp/lower.ts";

export type NetworkPlan = AwsNetworkPlan | AzureNetworkPlan | GcpNetworkPlan;

type Lower = (
  name: string,
  environment: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  links: readonly LinkIntent[],
) => NetworkPlan;

const lowerings: Record<Cloud, Lower> = {
  aws: (name, _environment, intent, place, links) => lowerAwsNetwork(name, intent, place, links),
  azure: lowerAzureNetwork,
  gcp: (name, _environment, intent, place, links) => lowerGcpNetwork(name, intent, place, links),
};

/** Lowers one place with the links that start there. */
export function lowerNetwork(
  name: string,
  environment: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  links: readonly LinkIntent[],
): NetworkPlan {
  const own = links.filter((link) => link.place === place.name);
  return lowerings[place.cloud](name, environment, intent, place, own);
}
