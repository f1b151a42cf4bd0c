/** Kubernetes, "Network Policies": a pod that no policy with type Egress selects calls everything. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { deniesByDefault } from "../shared/default-deny.ts";
import { guardExamples, judgeGuard, namespace } from "../shared/namespace-guard.ts";

const type = kubernetesTypes.networkPolicy;

export const KN02: Rule = {
  id: "KN02",
  sentence: "Every namespace denies calls that no NetworkPolicy allows.",
  why: "Whoever breaks into a pod fetches tools, sends data away and tries every address of the network.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Plan a NetworkPolicy in the namespace with an empty podSelector, policyTypes Egress, and no egress rules.",
  subjects: [kubernetesTypes.namespace],
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeGuard(subject, judge, plan, {
      type,
      shuts: (policy, where) => deniesByDefault(policy, where, "Egress"),
      witness: "a call from a pod that no policy selects to any address",
    }),
  examples: [
    ...guardExamples(
      type,
      {},
      { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      { podSelector: {}, policyTypes: ["Ingress"] },
    ),
    {
      kind: "violating",
      says: "the type is not said, and there are no egress rules",
      expect: "fail",
      resources: [
        namespace({}),
        {
          type,
          name: "shut",
          props: { metadata: { name: "shut", namespace: "shop" }, spec: { podSelector: {} } },
        },
      ],
    },
    {
      kind: "absent",
      says: "a namespace whose name is made at creation",
      expect: "fail",
      resources: [{ type: kubernetesTypes.namespace, name: "auto", props: {} }],
    },
    {
      kind: "unknown",
      says: "its name is not known",
      expect: "unknown",
      resources: [namespaceNamed(unknownHere)],
    },
  ],
};

function namespaceNamed(name: string) {
  return { type: kubernetesTypes.namespace, name: "auto", props: { metadata: { name } } };
}
