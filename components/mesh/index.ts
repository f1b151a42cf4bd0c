/** The service mesh of an environment: Istio in every cluster, under one root of trust. */
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../model/base/problem.ts";
import { throwIfAny } from "../../model/base/problem.ts";
import { checkMeshIntent } from "../../model/mesh/check-intent.ts";
import type { MeshIntent } from "../../model/mesh/intent.ts";
import { requireProviders } from "../shared/providers.ts";
import { createIntermediate, createRoot } from "./authorities.ts";
import { MeshCluster } from "./cluster.ts";
import { lowerMesh } from "./lower.ts";

/** A cluster of the intent, and how to reach it. */
export interface MeshClusterAccess {
  /** The cluster's name in the intent. */
  readonly name: string;
  readonly provider: kubernetes.Provider;
}

/** What the mesh is made from. */
export interface ServiceMeshArgs {
  readonly intent: MeshIntent;
  /** One entry per cluster of the intent. */
  readonly clusters: readonly MeshClusterAccess[];
}

/**
 * Istio as multi-primary on several networks: each cluster has a control plane of its own, with an
 * authority below the shared root, so workloads of all clusters trust each other's identities.
 *
 * What it does not do yet: control planes do not read the other clusters' API servers (Istio's
 * "remote secrets"), so a call stays in the caller's cluster. That needs links between the places,
 * over which istiod reaches the other API servers, and tokens that end and are renewed. Gateways,
 * network names and policies for it stand; nothing else changes when it comes.
 *
 * Needs a `tls` provider in `providers`; throws a ProblemError with everything wrong at once.
 */
export class ServiceMesh extends pulumi.ComponentResource {
  /** Certificate of the shared root, PEM. */
  readonly rootCertificate: pulumi.Output<string>;

  constructor(name: string, args: ServiceMeshArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulkhead:index:ServiceMesh", name, { intent: args.intent }, opts);
    throwIfAny([...checkMeshIntent(args.intent), ...checkAccess(args)]);
    requireProviders(this, name, ["tls"]);
    const plan = lowerMesh(args.intent);
    const root = createRoot(this, name, plan.authorities.root);
    for (const cluster of plan.clusters) {
      const authority = plan.authorities.intermediates.find(
        (each) => each.cluster === cluster.cluster,
      );
      const access = args.clusters.find((each) => each.name === cluster.cluster);
      if (authority === undefined || access === undefined) continue;
      new MeshCluster(
        `${name}-${cluster.cluster}`,
        { plan: cluster, root, authority: createIntermediate(this, name, root, authority) },
        { parent: this, providers: [access.provider] },
      );
    }
    this.rootCertificate = root.certificate;
    this.registerOutputs({ rootCertificate: this.rootCertificate });
  }
}

function checkAccess({ intent, clusters }: ServiceMeshArgs): Problem[] {
  const declared = intent.clusters.map((cluster) => cluster.name);
  const given = clusters.map((cluster) => cluster.name);
  const lacking = declared.filter((name) => !given.includes(name));
  const strange = given.filter((name) => !declared.includes(name));
  return [
    ...lacking.map(
      (name): Problem => ({
        code: "provider-missing",
        place: "clusters",
        got: `no provider for cluster ${JSON.stringify(name)}`,
        allowed: "one Kubernetes provider per cluster of the intent",
        next: `Give \`{ name: ${JSON.stringify(name)}, provider }\`.`,
      }),
    ),
    ...strange.map(
      (name): Problem => ({
        code: "input-unknown",
        place: "clusters",
        got: JSON.stringify(name),
        allowed: declared.join(", "),
        next: "Declare the cluster in the intent, or drop its provider.",
      }),
    ),
  ];
}
