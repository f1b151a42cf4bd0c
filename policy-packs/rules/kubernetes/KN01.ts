/** Kubernetes: a pod that no NetworkPolicy selects takes every connection. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { deniesByDefault } from "../shared/default-deny.ts";
import { guardExamples, judgeGuard } from "../shared/namespace-guard.ts";

const type = kubernetesTypes.networkPolicy;

export const KN01: Rule = {
  id: "KN01",
  sentence: "Every namespace denies connections that no NetworkPolicy allows.",
  why: "Pods of all namespaces, and of a node that was taken over, may otherwise connect to each of its pods.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Plan a NetworkPolicy in the namespace with an empty podSelector, policyTypes Ingress, and no ingress rules.",
  subjects: [kubernetesTypes.namespace],
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeGuard(subject, judge, plan, {
      type,
      shuts: (policy, where) => deniesByDefault(policy, where, "Ingress"),
      witness: "a connection from any pod of the cluster to a pod that no policy selects",
    }),
  examples: [
    ...guardExamples(
      type,
      {},
      { podSelector: {}, policyTypes: ["Ingress"] },
      { podSelector: {}, ingress: [{}] },
    ),
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
      resources: [
        {
          type: kubernetesTypes.namespace,
          name: "auto",
          props: { metadata: { name: unknownHere } },
        },
      ],
    },
  ],
};
