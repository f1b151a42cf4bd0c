/** Where the nodes of a cluster are, what they carry, and with which address their pods are seen. */

import { type Address, freeAddress, isPublic, publicMember } from "../address.ts";
import { aws } from "../aws/tokens.ts";
import { type Deployed, type Live, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { managedOf, podRanges } from "./clusters.ts";
import { aks, eks, eksNodeGroup, gke, gkeNodePool } from "./managed.ts";

/** The subnet of a cluster's nodes, and the groups, tags and account that they have. */
export interface NodePlace {
  readonly subnet: string;
  readonly members: readonly string[];
}

/** The place of the (first) nodes of a cluster; `undefined` where the world does not show it. */
export function nodePlace(deployed: Deployed, server: string): NodePlace | undefined {
  const cluster = managedOf(deployed, server);
  if (cluster?.token === eks) return eksNodes(deployed, cluster);
  if (cluster?.token === aks) {
    const [pool] = objectsOf(cluster.properties, "agentPoolProfiles");
    const subnet = textOf(pool ?? {}, "vnetSubnetID");
    const members = pool?.["enableNodePublicIP"] === true ? [publicMember] : [];
    return subnet === undefined ? undefined : { subnet, members };
  }
  return cluster?.token === gke ? gkeNodes(deployed, cluster) : undefined;
}

/**
 * A launch template's groups stand in for the cluster's own (EKS: Customize managed nodes with launch
 * templates, "Using custom security groups").
 */
function eksNodes(deployed: Deployed, { properties }: Live): NodePlace | undefined {
  const config = objectOf(properties, "vpcConfig");
  const own = deployed
    .all(eksNodeGroup)
    .find((one) => one.properties["clusterName"] === textOf(properties, "name"));
  const [subnet] = textsOf(own?.properties ?? config, "subnetIds");
  if (subnet === undefined) return undefined;
  const reference = objectOf(own?.properties ?? {}, "launchTemplate");
  const template = deployed.find(textOf(reference, "id"), aws.launchTemplate)?.properties ?? {};
  const written = [
    ...textsOf(template, "vpcSecurityGroupIds"),
    ...objectsOf(template, "networkInterfaces").flatMap((one) => textsOf(one, "securityGroups")),
  ];
  const usual = [textOf(config, "clusterSecurityGroupId") ?? []].flat();
  const isShown = deployed.find(subnet, aws.subnet)?.properties["mapPublicIpOnLaunch"] === true;
  const groups = written.length > 0 ? written : usual;
  return { subnet, members: isShown ? [...groups, publicMember] : groups };
}

/**
 * Firewall rules know nodes by their tags and their account; nodes have external addresses unless they
 * are private (GKE: "About network isolation", private nodes).
 */
function gkeNodes(deployed: Deployed, { properties }: Live): NodePlace | undefined {
  const subnet = textOf(properties, "subnetwork");
  const pool = deployed
    .all(gkeNodePool)
    .find((one) => one.properties["cluster"] === textOf(properties, "name"));
  const config = objectOf(pool?.properties ?? properties, "nodeConfig");
  const secure = Object.values(objectOf(config, "resourceManagerTags"));
  const isPrivate = [
    objectOf(properties, "privateClusterConfig"),
    objectOf(pool?.properties ?? {}, "networkConfig"),
  ].some((one) => one["enablePrivateNodes"] === true);
  const members = [
    ...(isPrivate ? [] : [publicMember]),
    ...textsOf(config, "tags"),
    ...secure.filter((value) => typeof value === "string"),
    ...[textOf(config, "serviceAccount") ?? []].flat(),
  ];
  return subnet === undefined ? undefined : { subnet, members };
}

/** Addresses at the beginning of a range that stay free, for a node's first pods. */
const skipped = 4n;

/**
 * The address that a pod has for an end beyond its cluster, where that is not its node's: GKE's pods
 * have alias addresses, which private destinations see (IP masquerade agent, default non-masquerade
 * destinations).
 */
export function aliasFor(deployed: Deployed, server: string, other: Address): Address | undefined {
  if (managedOf(deployed, server)?.token !== gke) return undefined;
  if (isPublic(other)) return undefined;
  const [range] = podRanges(deployed, server) ?? [];
  return range === undefined ? undefined : freeAddress(range, skipped, () => false);
}
