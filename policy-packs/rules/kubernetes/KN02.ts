/** Kubernetes, "Network Policies": a pod that no policy with type Egress selects calls everything. */
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { deniesByDefault } from "../shared/default-deny.ts";
import { guardRule, inNamespace, namespace } from "../shared/namespace-guard.ts";

const type = kubernetesTypes.networkPolicy;

export const KN02 = guardRule({
  id: "KN02",
  sentence: "Every namespace denies calls that no NetworkPolicy allows.",
  why: "Whoever breaks into a pod fetches tools, sends data away and tries every address of the network.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Plan a NetworkPolicy in the namespace with an empty podSelector, policyTypes Egress, and no egress rules.",
  type,
  shuts: (policy, where) => deniesByDefault(policy, where, "Egress"),
  witness: "a call from a pod that no policy selects to any address",
  labels: {},
  shut: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  open: { podSelector: {}, policyTypes: ["Ingress"] },
  more: [
    {
      kind: "violating",
      says: "the type is not said, and there are no egress rules",
      expect: "fail",
      resources: [namespace({}), inNamespace(type, { podSelector: {} })],
    },
    {
      kind: "violating",
      says: "it lets every call through",
      expect: "fail",
      resources: [namespace({}), inNamespace(type, { podSelector: {}, egress: [{}] })],
    },
    {
      kind: "clean",
      says: "the type is not said, and every pod calls one network only",
      expect: "pass",
      resources: [
        namespace({}),
        inNamespace(type, {
          podSelector: {},
          egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/16" } }] }],
        }),
      ],
    },
  ],
});
