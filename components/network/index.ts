/** Network: the places of an environment, each created in its cloud or taken as it is. */
import * as pulumi from "@pulumi/pulumi";
import { throwIfAny } from "../../model/base/problem.ts";
import type { Cloud } from "../../model/network/intent.ts";
import { requireProviders } from "../shared/providers.ts";
import type { NetworkArgs } from "./args.ts";
import { createAwsNetwork } from "./aws/resources.ts";
import { createAzureNetwork } from "./azure/resources.ts";
import { checkNetworkArgs } from "./check.ts";
import { existingPlace } from "./existing.ts";
import { createGcpNetwork } from "./gcp/resources.ts";
import type { PlaceNetwork } from "./places.ts";
import type { NetworkPlan } from "./plan.ts";
import { lowerNetwork } from "./plan.ts";

type Creators = {
  readonly [C in Cloud]: (
    parent: pulumi.ComponentResource,
    plan: Extract<NetworkPlan, { cloud: C }>,
  ) => PlaceNetwork;
};

const creators: Creators = {
  aws: createAwsNetwork,
  azure: createAzureNetwork,
  gcp: createGcpNetwork,
};

const packages: Record<Cloud, string> = { aws: "aws", azure: "azure-native", gcp: "gcp" };

/**
 * One VPC, virtual network or VPC network per place, with a subnet per segment, dual stack, and
 * only those routes to the internet that flows need. Throws a ProblemError with everything wrong
 * with the arguments.
 */
export class Network extends pulumi.ComponentResource {
  /** Ids of every place, by name. */
  readonly places: Readonly<Record<string, PlaceNetwork>>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulkhead:index:Network", name, { intent: args.intent }, opts);
    throwIfAny(checkNetworkArgs(args));
    const { intent, existing = {}, links = [] } = args;
    const created = intent.places.filter((place) => existing[place.name] === undefined);
    requireProviders(this, name, [...new Set(created.map((place) => packages[place.cloud]))]);
    this.places = Object.fromEntries(
      intent.places.map((place) => {
        const known = existing[place.name];
        if (known !== undefined) return [place.name, existingPlace(place, known)];
        const plan = lowerNetwork(name, pulumi.getStack(), intent, place, links);
        return [place.name, this.#create(plan)];
      }),
    );
    this.registerOutputs({ places: this.places });
  }

  #create(plan: NetworkPlan): PlaceNetwork {
    const create = creators[plan.cloud] as (
      parent: pulumi.ComponentResource,
      plan: NetworkPlan,
    ) => PlaceNetwork;
    return create(this, plan);
  }
}
