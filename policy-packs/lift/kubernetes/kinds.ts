/** Which kinds of objects decide about packets, and which are read. */
import { nearest } from "../../../model/base/problem.ts";
import type { Place } from "./fields.ts";
import { below, textOf } from "./fields.ts";
import { workloadKinds } from "./workload.ts";

/** Kinds, whatever their group, that decide about packets in ways of their own, and for whom. */
export const foreignKinds: Readonly<Record<string, "cluster" | "namespace">> = {
  NetworkPolicy: "namespace",
  GlobalNetworkPolicy: "cluster",
  // Amazon EKS has kinds of its own (networking.k8s.aws).
  ClusterNetworkPolicy: "cluster",
  ApplicationNetworkPolicy: "namespace",
  CiliumNetworkPolicy: "namespace",
  CiliumClusterwideNetworkPolicy: "cluster",
  MultiNetworkPolicy: "namespace",
  UserDefinedNetwork: "namespace",
  ClusterUserDefinedNetwork: "cluster",
  EgressFirewall: "namespace",
};

export const meshGroup = "security.istio.io";
export const gatewayGroup = "networking.istio.io";

/** Groups of the kinds that are read; those that run pods may be of any group. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  NetworkPolicy: ["networking.k8s.io", "extensions"],
  AdminNetworkPolicy: ["policy.networking.k8s.io"],
  BaselineAdminNetworkPolicy: ["policy.networking.k8s.io"],
  ClusterNetworkPolicy: ["policy.networking.k8s.io"],
  Namespace: [""],
  AuthorizationPolicy: [meshGroup],
  PeerAuthentication: [meshGroup],
  Gateway: [gatewayGroup],
};

const workloadGroups: readonly string[] = ["", "apps", "batch", "kubevirt.io"];

/** Whether objects of the kind are read. */
export function isOurs(kind: string, group: string): boolean {
  const groups = Object.hasOwn(groupsOf, kind) ? groupsOf[kind] : undefined;
  return groups === undefined ? workloadKinds.includes(kind) : groups.includes(group);
}

/** Kinds of our groups whose names are not far from those that are read. */
const kindsBeside: readonly string[] = ["RequestAuthentication"];

/** A slip in the name of a kind would leave out a policy, or whom it protects. */
export function checkKind(place: Place, kind: string, group: string): void {
  const near = nearest(kind, [...Object.keys(groupsOf), ...workloadKinds]);
  if (near === undefined || kindsBeside.includes(kind)) return;
  if (!(groupsOf[near] ?? workloadGroups).includes(group)) return;
  const got = JSON.stringify(kind);
  const next = `Did you mean ${near}?`;
  const allowed = "a kind of the group";
  place.problems.push({
    code: "input-unknown",
    place: textOf(below(place, "kind")),
    got,
    allowed,
    next,
  });
}

/** The group of an `apiVersion`; empty for the core. */
export function groupOf(apiVersion: unknown): string {
  const version = String(apiVersion);
  return version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
}
