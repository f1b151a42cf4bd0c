/**
 * Kubernetes, "Network Policies": a pod that no policy selects takes every connection, and one that
 * some policy selects takes what the policies together let through.
 */
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { deniesByDefault } from "../shared/default-deny.ts";
import { guardRule, inNamespace, namespace } from "../shared/namespace-guard.ts";

const type = kubernetesTypes.networkPolicy;

export const KN01 = guardRule({
  id: "KN01",
  sentence: "Every namespace denies connections that no NetworkPolicy allows.",
  why: "Pods of all namespaces, and of a node that was taken over, may otherwise connect to each of its pods.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Plan a NetworkPolicy in the namespace with an empty podSelector, policyTypes Ingress, and no ingress rules.",
  type,
  shuts: (policy, where) => deniesByDefault(policy, where, "Ingress"),
  witness: "a connection from any pod of the cluster to a pod that no policy selects",
  labels: {},
  shut: { podSelector: {}, policyTypes: ["Ingress"] },
  open: { podSelector: {}, ingress: [{}] },
  more: [
    {
      kind: "clean",
      says: "every pod takes what comes from its own namespace",
      expect: "pass",
      resources: [
        namespace({}),
        inNamespace(type, { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }),
      ],
    },
  ],
});
