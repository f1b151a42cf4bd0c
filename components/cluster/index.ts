/** Cluster: Kubernetes in every place that asks for it, private and without stored credentials. */
import * as pulumi from "@pulumi/pulumi";
import { throwIfAny } from "../../model/base/problem.ts";
import type { ClusterPlaceIntent } from "../../model/network/cluster-intent.ts";
import type { Cloud, PlaceIntent } from "../../model/network/intent.ts";
import { mustHave } from "../shared/must-get.ts";
import { requireProviders } from "../shared/providers.ts";
import type { ClusterArgs } from "./args.ts";
import { createEks } from "./aws/resources.ts";
import type { EksSurroundings } from "./aws/surroundings.ts";
import type { AksSurroundings } from "./azure/resources.ts";
import { createAks } from "./azure/resources.ts";
import { checkClusterArgs } from "./check.ts";
import type { GkeSurroundings } from "./gcp/resources.ts";
import { createGke } from "./gcp/resources.ts";
import type { ClusterAccess } from "./places.ts";
import type { ClusterPlan } from "./plan.ts";
import { lowerCluster } from "./plan.ts";

type Surroundings = {
  readonly aws: EksSurroundings;
  readonly azure: AksSurroundings;
  readonly gcp: GkeSurroundings;
};

type Creators = {
  readonly [C in Cloud]: (
    parent: pulumi.ComponentResource,
    plan: Extract<ClusterPlan, { cloud: C }>,
    around: Surroundings[C],
  ) => ClusterAccess;
};

const creators: Creators = { aws: createEks, azure: createAks, gcp: createGke };

const packages: Record<Cloud, string> = { aws: "aws", azure: "azure-native", gcp: "gcp" };

/**
 * EKS, AKS or GKE: private endpoint, workload identity, secrets under a key of their own, audit
 * log on, nodes as members of their segment; or a cluster that exists, by its kubeconfig. Throws a
 * ProblemError with everything wrong with the arguments.
 */
export class Cluster extends pulumi.ComponentResource {
  /** Access to every cluster, by place. */
  readonly clusters: Readonly<Record<string, ClusterAccess>>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulkhead:index:Cluster", name, { intent: args.intent }, opts);
    throwIfAny(checkClusterArgs(args));
    const { intent, network, existing = {} } = args;
    const created = intent.clusters.flatMap((cluster) =>
      network.places
        .filter((place) => place.name === cluster.place)
        .map((place) => ({ cluster, place })),
    );
    requireProviders(this, name, [...new Set(created.map(({ place }) => packages[place.cloud]))]);
    this.clusters = Object.fromEntries([
      ...Object.entries(existing).map(([place, { kubeconfig }]) => [
        place,
        { place, kubeconfig: pulumi.secret(kubeconfig) },
      ]),
      ...created.map(({ cluster, place }) => [
        place.name,
        this.#create(name, args, cluster, place),
      ]),
    ]);
    this.registerOutputs({ clusters: this.clusters });
  }

  #create(
    name: string,
    args: ClusterArgs,
    cluster: ClusterPlaceIntent,
    place: PlaceIntent,
  ): ClusterAccess {
    const environment = pulumi.getStack();
    const plan = lowerCluster({ ...args, name, environment }, cluster, place);
    const auditWorkspaceId = args.auditWorkspaceIds?.[place.name];
    const auditAccountId = args.auditAccountIds?.[place.name];
    const create = creators[place.cloud] as (
      parent: pulumi.ComponentResource,
      plan: ClusterPlan,
      around: unknown,
    ) => ClusterAccess;
    return create(this, plan, {
      network: mustHave(args.places, place.name),
      membership: mustHave(args.memberships, place.name),
      administrators: args.administrators[place.cloud] ?? [],
      ...(auditWorkspaceId === undefined ? {} : { auditWorkspaceId }),
      ...(auditAccountId === undefined ? {} : { auditAccountId }),
    });
  }
}
