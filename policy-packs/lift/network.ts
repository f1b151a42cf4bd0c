/** Planned network resources of all clouds, lifted into the model's filters. */
import type { LiftedNetwork } from "../../model/network/filter.ts";
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { Plan } from "../../model/policy/view.ts";
import { liftAwsPlace } from "./aws-network.ts";
import { liftAzurePlace } from "./azure-network.ts";
import { liftGcpPlace } from "./gcp-network.ts";
import type { PlaceLift } from "./network-context.ts";
import { beginLift } from "./network-context.ts";

const lifters: Record<Cloud, (lift: PlaceLift) => void> = {
  aws: liftAwsPlace,
  azure: liftAzurePlace,
  gcp: liftGcpPlace,
};

/** The filters of one place of the intent as planned, with what could not be read. */
export function liftPlace(intent: NetworkIntent, place: PlaceIntent, plan: Plan): LiftedNetwork {
  const lift = beginLift(intent, place, plan);
  lifters[place.cloud](lift);
  return { filters: lift.filters, unknowns: unique(lift.unknowns) };
}

function unique(unknowns: LiftedNetwork["unknowns"]): LiftedNetwork["unknowns"] {
  return [...new Map(unknowns.map((one) => [`${one.urn} ${one.path}`, one])).values()];
}
