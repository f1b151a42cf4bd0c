/**
 * The clusters of the world with what their API servers issue and accept.
 *
 * EKS: issuer as DescribeCluster gives it (Amazon EKS user guide, "IAM roles for service accounts").
 * AKS: issuer of the OIDC profile (AKS docs, "Create an OpenID Connect provider on AKS").
 * GKE: the cluster's URL (GKE docs, "About Workload Identity Federation for GKE").
 */

import { type Live, type LiveWorld, objectsAt, textAt } from "../live.ts";

/** A cluster. */
export interface Cluster {
  /** `eks/NAME`, `aks/NAME`, `gke/NAME`, or `kubernetes` for one that belongs to no cloud. */
  readonly name: string;
  /** `""` where the cluster issues no tokens that others could verify. */
  readonly issuer: string;
  /** Audiences that its API server accepts. */
  readonly audiences: readonly string[];
  /** The account under which its objects lie: the address of its API server. */
  readonly server: string;
  /** The cloud's own resource. */
  readonly resource: Live | undefined;
}

const kinds: Readonly<Record<string, (live: Live) => Omit<Cluster, "server">>> = {
  "aws:eks/cluster:Cluster": eks,
  "azure-native:containerservice:ManagedCluster": aks,
  "gcp:container/cluster:Cluster": gke,
};

/** Audience and issuer that API servers use where nothing else is set (kube-apiserver reference, `--service-account-issuer`). */
const usualIssuer = "https://kubernetes.default.svc.cluster.local";

/** All clusters: of the clouds, and those that only have objects. */
export function clustersOf(live: LiveWorld): readonly Cluster[] {
  const servers = [...new Set(live.like(/^kubernetes:/).map(({ account }) => account))];
  const managed = Object.entries(kinds).flatMap(([token, make]) =>
    live.of(token).map((resource) => ({ ...make(resource), server: serverOf(resource, servers) })),
  );
  const taken = new Set(managed.map(({ server }) => server));
  const others = servers.filter((server) => !taken.has(server));
  return [
    ...managed,
    ...others.map((server, i) => ({
      name: i === 0 ? "kubernetes" : `kubernetes/${server}`,
      issuer: usualIssuer,
      audiences: [usualIssuer],
      server,
      resource: undefined,
    })),
  ];
}

/** A service account of a cluster. */
export function serviceAccountOf(
  live: LiveWorld,
  cluster: Cluster,
  namespace: string,
  name: string,
): Live | undefined {
  return live
    .of("kubernetes:core/v1:ServiceAccount")
    .find(({ account, id }) => account === cluster.server && id === `${namespace}/${name}`);
}

function eks(resource: Live): Omit<Cluster, "server"> {
  const [identity] = objectsAt(resource.properties, "identities");
  const [oidc] = objectsAt(identity, "oidcs");
  const issuer = textAt(oidc, "issuer");
  return {
    name: `eks/${textAt(resource.properties, "name")}`,
    issuer,
    audiences: ["https://kubernetes.default.svc"],
    resource,
  };
}

function aks(resource: Live): Omit<Cluster, "server"> {
  const issuer = textAt(resource.properties, "oidcIssuerProfile.issuerURL");
  const host = textAt(resource.properties, "fqdn") || textAt(resource.properties, "privateFQDN");
  return {
    name: `aks/${textAt(resource.properties, "name")}`,
    issuer,
    audiences: [issuer, `https://${host}`],
    resource,
  };
}

function gke(resource: Live): Omit<Cluster, "server"> {
  const issuer = textAt(resource.properties, "selfLink");
  return {
    name: `gke/${textAt(resource.properties, "name")}`,
    issuer,
    audiences: [issuer],
    resource,
  };
}

/** The address among those of kubeconfigs that leads to a cluster: its host is one of the cluster's. */
function serverOf(resource: Live, servers: readonly string[]): string {
  const hosts = ["endpoint", "fqdn", "privateFQDN"]
    .map((key) => hostOf(textAt(resource.properties, key)))
    .filter((host) => host !== "");
  return servers.find((server) => hosts.includes(hostOf(server))) ?? `https://${hosts[0] ?? ""}`;
}

function hostOf(address: string): string {
  return address.replace(/^https:\/\//, "").replace(/[:/].*$/, "");
}
