/** Segmentation: the declared flows, and nothing else, in every place. */
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../model/base/problem.ts";
import { throwIfAny } from "../../model/base/problem.ts";
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { PlaceNetwork } from "../network/places.ts";
import { requireProviders } from "../shared/providers.ts";
import { createAwsSegmentation } from "./aws/resources.ts";
import { createAzureSegmentation } from "./azure/resources.ts";
import { checkSegmentation } from "./check.ts";
import { createGcpSegmentation } from "./gcp/resources.ts";
import type { Membership } from "./places.ts";
import type { SegmentationPlan } from "./plan.ts";
import { lowerSegmentation } from "./plan.ts";

/** Arguments of {@link Segmentation}. */
export interface SegmentationArgs {
  readonly intent: NetworkIntent;
  /** The networks of all places of the intent, as {@link Network} hands them on. */
  readonly places: Readonly<Record<string, PlaceNetwork>>;
}

type Creators = {
  readonly [C in Cloud]: (
    parent: pulumi.ComponentResource,
    plan: Extract<SegmentationPlan, { cloud: C }>,
    network: Extract<PlaceNetwork, { cloud: C }>,
    base: string,
  ) => Membership;
};

const creators: Creators = {
  aws: createAwsSegmentation,
  azure: createAzureSegmentation,
  gcp: createGcpSegmentation,
};

const packages: Record<Cloud, string> = { aws: "aws", azure: "azure-native", gcp: "gcp" };

/**
 * Security groups in AWS, rules of network security groups in Azure, a network firewall policy in
 * GCP: each flow allowed at both its ends in both families, everything else denied both ways.
 * Throws a ProblemError with everything wrong with the intent, exceeded quotas included.
 */
export class Segmentation extends pulumi.ComponentResource {
  /** How workloads join segments, by place. */
  readonly memberships: Readonly<Record<string, Membership>>;

  constructor(name: string, args: SegmentationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulkhead:index:Segmentation", name, { intent: args.intent }, opts);
    const { intent, places } = args;
    throwIfAny([...checkSegmentation(intent), ...missingPlaces(intent, places)]);
    requireProviders(this, name, [...new Set(intent.places.map(({ cloud }) => packages[cloud]))]);
    this.memberships = Object.fromEntries(
      intent.places.map((place) => [place.name, this.#create(name, intent, place, places)]),
    );
    this.registerOutputs({ memberships: this.memberships });
  }

  #create(
    name: string,
    intent: NetworkIntent,
    place: PlaceIntent,
    places: SegmentationArgs["places"],
  ): Membership {
    const create = creators[place.cloud] as (
      parent: pulumi.ComponentResource,
      plan: SegmentationPlan,
      network: PlaceNetwork | undefined,
      base: string,
    ) => Membership;
    const plan = lowerSegmentation(name, intent, place);
    return create(this, plan, places[place.name], `${name}-${place.name}`);
  }
}

function missingPlaces(intent: NetworkIntent, places: SegmentationArgs["places"]): Problem[] {
  return intent.places
    .filter(({ name, cloud }) => places[name]?.cloud !== cloud)
    .map(({ name, cloud }) => ({
      code: "input-missing",
      place: `places.${name}`,
      got: places[name]?.cloud ?? "nothing",
      allowed: `the network of the place in ${cloud}`,
      next: "Hand over the `places` of a Network made from the same intent.",
    }));
}
