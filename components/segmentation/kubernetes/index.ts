/** Segmentation inside Kubernetes: the declared flows of workloads, and nothing else. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../../model/base/problem.ts";
import { throwIfAny } from "../../../model/base/problem.ts";
import { clusterSegments } from "../../../model/network/cluster-flows.ts";
import { unknownName } from "../../../model/network/input-problems.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { PlannedObject } from "../../shared/planned-object.ts";
import { childOf, requireProviders } from "../../shared/providers.ts";
import { checkClusterSegmentation } from "./check.ts";
import type { ClusterSegmentationPlan } from "./lower.ts";
import { lowerClusterSegmentation } from "./lower.ts";
import type { PolicyApi } from "./policy-api.ts";

/** Arguments of {@link ClusterSegmentation}. */
export interface ClusterSegmentationArgs {
  readonly intent: NetworkIntent;
  /** The place whose cluster it is. */
  readonly place: string;
  /**
   * The API for policies of a whole cluster that this one serves: its network plugin brings the
   * definitions. Without it NetworkPolicies alone are made, which owners of namespaces can widen.
   */
  readonly policyApi?: PolicyApi;
  /**
   * `own`: the component makes the workloads' namespaces, in which pods must fit Pod Security's
   * "restricted". They exist already where absent.
   */
  readonly namespaces?: "own";
}

/**
 * NetworkPolicies for the workloads that segments name as members, in one cluster, and policies of
 * the Admin and Baseline tiers that no owner of a namespace can undo. The pods of a workload carry
 * its name as their label `app`. Needs one `kubernetes` provider; throws a ProblemError with
 * everything wrong with the intent.
 */
export class ClusterSegmentation extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterSegmentationArgs, opts?: pulumi.ComponentResourceOptions) {
    const { intent, place: placeName, policyApi } = args;
    super("bulkhead:index:ClusterSegmentation", name, { intent, place: placeName }, opts);
    const place = intent.places.find((one) => one.name === placeName);
    throwIfAny(
      place === undefined
        ? [unknownName("place", placeName, namesOf(intent.places))]
        : [...checkClusterSegmentation(intent, place, policyApi), ...checkMembers(intent, place)],
    );
    requireProviders(this, name, ["kubernetes"]);
    if (place !== undefined) {
      const plan = lowerClusterSegmentation(intent, place, policyApi);
      this.#createPolicies(name, plan, args.namespaces === "own" ? this.#own(name, plan) : []);
    }
    this.registerOutputs({});
  }

  #own(name: string, { namespaces }: ClusterSegmentationPlan): pulumi.Resource[] {
    return namespaces.map(
      (object) =>
        new kubernetes.core.v1.Namespace(
          childName(name, object),
          { metadata: { ...object.metadata } },
          childOf(this),
        ),
    );
  }

  #createPolicies(
    name: string,
    { networkPolicies, clusterPolicies }: ClusterSegmentationPlan,
    dependsOn: pulumi.Resource[],
  ): void {
    for (const object of networkPolicies) {
      new kubernetes.networking.v1.NetworkPolicy(
        childName(name, object),
        { metadata: { ...object.metadata }, spec: object.spec as never },
        childOf(this, { dependsOn }),
      );
    }
    for (const object of clusterPolicies) {
      const { apiVersion, kind, metadata, spec } = object;
      new kubernetes.apiextensions.CustomResource(
        childName(name, object),
        { apiVersion, kind, metadata: { ...metadata }, spec: { ...spec } },
        childOf(this),
      );
    }
  }
}

function namesOf(places: readonly PlaceIntent[]): string[] {
  return places.map(({ name }) => name);
}

function checkMembers(intent: NetworkIntent, place: PlaceIntent): Problem[] {
  if (clusterSegments(intent, place).length > 0) return [];
  return [
    {
      code: "input-missing",
      place: "segments",
      got: `no workload in ${place.name}`,
      allowed: 'a segment of the place with members such as { workload: "shop/web" }',
      next: "Name the workloads of each segment: without them there is nothing to allow.",
    },
  ];
}

/** The kind is part of the name: objects of different kinds may share theirs. */
function childName(name: string, { kind, metadata }: PlannedObject): string {
  return [name, metadata.namespace, kind.toLowerCase(), metadata.name]
    .filter((part) => part !== undefined)
    .join("-");
}
