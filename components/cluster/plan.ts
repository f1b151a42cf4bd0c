/** The plan of each cluster Bulkhead creates, by the lowering of its cloud. */
import type { CloudAccounts } from "../../model/base/accounts.ts";
import type { ClusterIntent, ClusterPlaceIntent } from "../../model/network/cluster-intent.ts";
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { EksPlan } from "./aws/lower.ts";
import { lowerEks } from "./aws/lower.ts";
import type { AksPlan } from "./azure/lower.ts";
import { lowerAks } from "./azure/lower.ts";
import type { GkePlan } from "./gcp/lower.ts";
import { lowerGke } from "./gcp/lower.ts";

export type ClusterPlan = EksPlan | AksPlan | GkePlan;

/** What all lowerings of an environment share. */
export interface ClusterContext {
  readonly name: string;
  readonly environment: string;
  readonly intent: ClusterIntent;
  readonly network: NetworkIntent;
  readonly accounts: CloudAccounts;
}

type Lower = (
  context: ClusterContext,
  cluster: ClusterPlaceIntent,
  place: PlaceIntent,
) => ClusterPlan;

const lowerings: Record<Cloud, Lower> = {
  aws: ({ name, environment, intent, accounts }, cluster, place) =>
    lowerEks(name, environment, intent.segment, cluster, place, accounts.aws),
  azure: ({ name, environment, intent, network, accounts }, cluster, place) =>
    lowerAks(name, environment, intent.segment, cluster, place, network, accounts.azure),
  gcp: ({ name, environment, intent, accounts }, cluster, place) =>
    lowerGke(name, environment, intent.segment, cluster, place, accounts.gcp),
};

/** Lowers one cluster; intent and network must have been checked. */
export function lowerCluster(
  context: ClusterContext,
  cluster: ClusterPlaceIntent,
  place: PlaceIntent,
): ClusterPlan {
  return lowerings[place.cloud](context, cluster, place);
}
