/** What a Kubernetes cluster's names and addresses follow from. */

import { createHash } from "node:crypto";
import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import { lastPart, regionOf } from "./common.ts";

/** The id of a cluster: `projects/P/locations/L/clusters/N`. */
export function clusterId(r: Resource): string {
  return `projects/${r.account}/locations/${r.text("location", r.region)}/clusters/${r.text("name")}`;
}

/** The subnet's path; zonal clusters lie in a subnet of their region. */
export function subnetPath(r: Resource, value: string): string {
  if (value.includes("/")) return value;
  return `projects/${r.account}/regions/${regionOf(r.text("location", r.region))}/subnetworks/${value}`;
}

/** The range that the cluster's policy names, in its subnet; `""` without one. */
export function secondaryRange(r: Resource, path: string): string {
  const name = r.text(path, "");
  const ranges = name === "" ? [] : r.target("subnetwork")?.properties["secondaryIpRanges"];
  const list = (Array.isArray(ranges) ? ranges : []) as { [key: string]: Json }[];
  return String(list.find((range) => range["rangeName"] === name)?.["ipCidrRange"] ?? "");
}

/** Addresses nobody else has: inside the control plane's range, or one that documentation owns (RFC 5737). */
export function privateEndpoint(r: Resource): string {
  const block = r.text("privateClusterConfig.masterIpv4CidrBlock", "");
  if (block !== "") return block.replace(/\d+\/\d+$/, "2");
  const digest = createHash("sha256").update(clusterId(r)).digest();
  return `172.16.${digest[0]}.2`;
}

/** The address outside, of a range that documentation owns (RFC 5737). */
export function publicEndpoint(r: Resource): string {
  return `198.51.100.${(Number.parseInt(r.hex("endpoint", 4), 16) % 254) + 1}`;
}

/** Pods get a /14 of 10.0.0.0/8 and services a /20 after it, where no ranges are named (GKE, "IP address ranges"). */
export function podRange(r: Resource): string {
  const named = secondaryRange(r, "ipAllocationPolicy.clusterSecondaryRangeName");
  const given = r.text("ipAllocationPolicy.clusterIpv4CidrBlock", "");
  if (named !== "" || given.includes(".")) return named || given;
  return r.text("clusterIpv4Cidr", `10.${secondOctet(r)}.0.0/14`);
}

/** The services' range, see {@link podRange}. */
export function serviceRange(r: Resource): string {
  const named = secondaryRange(r, "ipAllocationPolicy.servicesSecondaryRangeName");
  const given = r.text("ipAllocationPolicy.servicesIpv4CidrBlock", "");
  if (named !== "" || given.includes(".")) return named || given;
  return `10.${secondOctet(r) + 4}.0.0/20`;
}

function secondOctet(r: Resource): number {
  return 4 * (1 + (Number.parseInt(r.hex("pods", 4), 16) % 30));
}

/** Names of managed groups: cluster and pool share 32 characters. */
export function instanceGroup(cluster: string, pool: string, suffix: string): string {
  const short = lastPart(cluster).slice(0, 20);
  return `gke-${short}-${pool.slice(0, 32 - short.length)}-${suffix}-grp`;
}
