/** Clusters: by which names a person knows them, where their nodes are, what enforces policies. */

import { type Deployed, type Live, objectOf, textOf, textsOf } from "../deployed.ts";
import { eksAddon as addon, aks, eks, gke } from "./managed.ts";
import { kubernetes } from "./tokens.ts";

/** The server of the cluster that a name means: its own, its resource's end of URN, or its server's host. */
export function serverOf(deployed: Deployed, name: string): string | undefined {
  const servers = [
    ...new Set(
      deployed
        .all(
          kubernetes.namespace,
          kubernetes.networkPolicy,
          kubernetes.serviceAccount,
          kubernetes.pod,
          kubernetes.deployment,
        )
        .map(({ account }) => account),
    ),
  ];
  const byHost = servers.find((server) => server === name || hostOf(server) === name);
  if (byHost !== undefined) return byHost;
  const managed = deployed
    .all(eks, aks, gke)
    .find(
      ({ id, urn, properties }) =>
        [id, textOf(properties, "name")].includes(name) || urn.endsWith(`::${name}`),
    );
  return managed === undefined
    ? undefined
    : servers.find((server) => hostsOf(managed).includes(hostOf(server).replace(/:443$/, "")));
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, "");
}

function hostsOf(cluster: Live): readonly string[] {
  const keys = ["endpoint", "fqdn", "privateFQDN"];
  return keys.flatMap((key) => textOf(cluster.properties, key) ?? []).map(hostOf);
}

/** The managed cluster behind a server; `undefined` if it is not in the world. */
export function managedOf(deployed: Deployed, server: string): Live | undefined {
  return deployed
    .all(eks, aks, gke)
    .find((one) => hostsOf(one).includes(hostOf(server).replace(/:443$/, "")));
}

/** Ranges of a cluster's pod addresses; `undefined` where the world does not show them. */
export function podRanges(deployed: Deployed, server: string): readonly string[] | undefined {
  const cluster = managedOf(deployed, server);
  if (cluster?.token === gke) return [textOf(cluster.properties, "clusterIpv4Cidr") ?? []].flat();
  if (cluster?.token === aks) {
    const profile = objectOf(cluster.properties, "networkProfile");
    return [textOf(profile, "podCidr") ?? [], ...textsOf(profile, "podCidrs")].flat();
  }
  if (cluster?.token !== eks) return undefined;
  const subnets = textsOf(objectOf(cluster.properties, "vpcConfig"), "subnetIds");
  return subnets.flatMap(
    (id) => textOf(deployed.find(id, "aws:ec2/subnet:Subnet")?.properties ?? {}, "cidrBlock") ?? [],
  );
}

/**
 * What keeps a managed cluster from enforcing NetworkPolicies; `undefined` where they are enforced,
 * as in any cluster that is not a managed one of this world.
 */
export function notEnforced(deployed: Deployed, server: string): string | undefined {
  const cluster = managedOf(deployed, server);
  if (cluster === undefined) return undefined;
  if (cluster.token === aks) {
    const policy = textOf(objectOf(cluster.properties, "networkProfile"), "networkPolicy");
    return policy === undefined || policy === "none"
      ? "networkProfile.networkPolicy is none"
      : undefined;
  }
  if (cluster.token === gke) {
    const modern = cluster.properties["datapathProvider"] === "ADVANCED_DATAPATH";
    const old = objectOf(cluster.properties, "networkPolicy")["enabled"] === true;
    return modern || old ? undefined : "neither Dataplane V2 nor networkPolicy is enabled";
  }
  const plugin = deployed
    .all(addon)
    .find(
      ({ properties }) =>
        properties["clusterName"] === textOf(cluster.properties, "name") &&
        properties["addonName"] === "vpc-cni",
    );
  const configured = textOf(plugin?.properties ?? {}, "configurationValues") ?? "";
  return /"enableNetworkPolicy"\s*:\s*"?true/.test(configured)
    ? undefined
    : "the vpc-cni add-on does not enable network policies";
}
