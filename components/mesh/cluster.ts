/** One cluster's part of the mesh. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { rootNamespace } from "../../model/mesh/intent.ts";
import type { PlannedObject } from "../shared/planned-object.ts";
import { childOf } from "../shared/providers.ts";
import type { Authority } from "./authorities.ts";
import type { ReleasePlan } from "./lower/releases.ts";
import type { MeshClusterPlan } from "./lower.ts";

/** What a cluster's part is made from. */
export interface MeshClusterArgs {
  readonly plan: MeshClusterPlan;
  readonly root: Authority;
  readonly authority: Authority;
}

type Namespaces = ReadonlyMap<string, pulumi.Resource>;

/** A release may pull large images onto fresh nodes. */
const releaseSecondsMax = 900;

/** Namespaces, identities, control plane, gateways and policies in one cluster. */
export class MeshCluster extends pulumi.ComponentResource {
  constructor(name: string, args: MeshClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("bulkhead:index:MeshCluster", name, { cluster: args.plan.cluster }, opts);
    const { plan } = args;
    const namespaces = this.createNamespaces(name, plan);
    const filters = this.createFilters(name, plan, namespaces);
    const authority = this.createAuthority(name, args, filters);
    const releases = this.createReleases(name, plan.releases, [...filters, authority]);
    this.createAccounts(name, plan, namespaces);
    // The webhook that checks these objects fails closed, so istiod must answer it first.
    const dependsOn = ["istio-base", "istiod"].flatMap((release) => known(releases.get(release)));
    for (const object of plan.meshObjects) {
      new kubernetes.apiextensions.CustomResource(
        childName(name, object),
        {
          apiVersion: object.apiVersion,
          kind: object.kind,
          metadata: { ...object.metadata },
          spec: { ...object.spec },
        },
        childOf(this, { dependsOn }),
      );
    }
    this.registerOutputs({});
  }

  private createNamespaces(name: string, plan: MeshClusterPlan): Namespaces {
    return new Map(
      plan.namespaces.map(({ metadata }) => [
        metadata.name,
        new kubernetes.core.v1.Namespace(
          `${name}-${metadata.name}`,
          { metadata: { ...metadata } },
          childOf(this),
        ),
      ]),
    );
  }

  /** NetworkPolicies stand before the first pod does, so nothing ever runs unfiltered. */
  private createFilters(
    name: string,
    plan: MeshClusterPlan,
    namespaces: Namespaces,
  ): pulumi.Resource[] {
    return plan.networkPolicies.map(
      (object) =>
        new kubernetes.networking.v1.NetworkPolicy(
          childName(name, object),
          { metadata: { ...object.metadata }, spec: object.spec },
          childOf(this, { dependsOn: namespaceOf(namespaces, object) }),
        ),
    );
  }

  private createAccounts(name: string, plan: MeshClusterPlan, namespaces: Namespaces): void {
    for (const object of plan.accounts) {
      const { metadata, automountServiceAccountToken = false } = object;
      new kubernetes.core.v1.ServiceAccount(
        childName(name, object),
        { metadata: { ...metadata }, automountServiceAccountToken },
        childOf(this, { dependsOn: namespaceOf(namespaces, object) }),
      );
    }
  }

  /** The Secret from which istiod takes its authority when it starts (Istio, "Plug in CA"). */
  private createAuthority(
    name: string,
    { root, authority }: MeshClusterArgs,
    dependsOn: pulumi.Resource[],
  ): pulumi.Resource {
    return new kubernetes.core.v1.Secret(
      `${name}-cacerts`,
      {
        metadata: { name: "cacerts", namespace: rootNamespace },
        type: "Opaque",
        stringData: {
          "ca-cert.pem": authority.certificate,
          "ca-key.pem": authority.privateKey,
          "cert-chain.pem": pulumi
            .all([authority.certificate, root.certificate])
            .apply((chain) => chain.map((pem) => `${pem.trimEnd()}\n`).join("")),
          "root-cert.pem": root.certificate,
        },
      },
      childOf(this, { dependsOn }),
    );
  }

  private createReleases(
    name: string,
    plans: readonly ReleasePlan[],
    before: pulumi.Resource[],
  ): ReadonlyMap<string, pulumi.Resource> {
    const made = new Map<string, pulumi.Resource>();
    for (const plan of plans) {
      const after = plan.after.flatMap((earlier) => known(made.get(earlier)));
      const release = new kubernetes.helm.v3.Release(
        `${name}-${plan.name}`,
        {
          name: plan.name,
          namespace: plan.namespace,
          chart: plan.chart,
          version: plan.version,
          values: { ...plan.values },
          atomic: true,
          timeout: releaseSecondsMax,
          ...(plan.repository === undefined ? {} : { repositoryOpts: { repo: plan.repository } }),
        },
        childOf(this, { dependsOn: [...before, ...after] }),
      );
      made.set(plan.name, release);
    }
    return made;
  }
}

/** The kind is part of the name: objects of different kinds may share theirs. */
function childName(name: string, { kind, metadata }: PlannedObject): string {
  return [name, metadata.namespace, kind.toLowerCase(), metadata.name].join("-");
}

function namespaceOf(namespaces: Namespaces, { metadata }: PlannedObject): pulumi.Resource[] {
  return known(namespaces.get(metadata.namespace ?? ""));
}

function known<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
