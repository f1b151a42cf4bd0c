/**
 * The APIs for policies of a whole cluster (Kubernetes SIG Network, Network Policy API):
 * AdminNetworkPolicy and BaselineAdminNetworkPolicy up to v0.1, ClusterNetworkPolicy since. A
 * cluster has the one that its network plugin brings.
 */
import type { PortRange } from "../../../model/base/layer4.ts";
import type { PlannedObject } from "../../shared/planned-object.ts";

/** Group and version of the API that a cluster serves. */
export const policyApis = [
  "policy.networking.k8s.io/v1alpha1",
  "policy.networking.k8s.io/v1alpha2",
  "policy.networking.k8s.io/v1beta1",
] as const;
export type PolicyApi = (typeof policyApis)[number];

type Fields = Readonly<Record<string, unknown>>;

/** How one API writes what all of them mean. */
export interface PolicyForm {
  /** Rules in a direction, and peers in a rule. */
  readonly entriesMax: number;
  readonly object: (
    tier: "Admin" | "Baseline",
    name: string,
    priority: number,
    spec: Fields,
  ) => PlannedObject;
  /** The property that holds ports; empty where it is every protocol. */
  readonly ports: (range: PortRange) => Fields;
}

const adminForm: PolicyForm = {
  entriesMax: 100,
  object: (tier, name, priority, spec) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha1",
    kind: tier === "Admin" ? "AdminNetworkPolicy" : "BaselineAdminNetworkPolicy",
    // "Only a singleton named default is allowed."
    metadata: { name: tier === "Admin" ? name : "default" },
    spec: tier === "Admin" ? { priority, ...spec } : spec,
  }),
  ports: (range) => {
    if (range.protocol === "any") return {};
    const protocol = range.protocol.toUpperCase();
    const { from, to } = range;
    const port =
      from === to
        ? { portNumber: { protocol, port: from } }
        : { portRange: { protocol, start: from, end: to } };
    return { ports: [port] };
  },
};

function clusterForm(version: "v1alpha2" | "v1beta1"): PolicyForm {
  return {
    entriesMax: 25,
    object: (tier, name, priority, spec) => ({
      apiVersion: `policy.networking.k8s.io/${version}`,
      kind: "ClusterNetworkPolicy",
      metadata: { name },
      spec: { tier, priority, ...spec },
    }),
    ports: (range) => {
      if (range.protocol === "any") return {};
      const { protocol, from, to } = range;
      const destinationPort = from === to ? { number: from } : { range: { start: from, end: to } };
      return { protocols: [{ [protocol]: { destinationPort } }] };
    },
  };
}

export const policyForms: Readonly<Record<PolicyApi, PolicyForm>> = {
  "policy.networking.k8s.io/v1alpha1": adminForm,
  "policy.networking.k8s.io/v1alpha2": clusterForm("v1alpha2"),
  "policy.networking.k8s.io/v1beta1": clusterForm("v1beta1"),
};
