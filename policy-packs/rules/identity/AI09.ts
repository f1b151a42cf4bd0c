/**
 * Amazon EKS User Guide, "Access policy permissions" and "Create access entries": the admin policies
 * for a whole cluster, and system:masters, which no binding limits. A role that a pod becomes is
 * judged by what it may (AI19, AI20).
 */
import { demandRule } from "../shared/flag-rule.ts";

const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const policies = "arn:aws:eks::aws:cluster-access-policy";

export const AI09 = demandRule({
  id: "AI09",
  sentence: "No access entry makes its principal administrator of the whole cluster.",
  why: "One stolen session of that principal reads every secret and becomes every workload of the cluster.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Associate AmazonEKSAdminPolicy, or a smaller one, with an accessScope of type namespace.",
  demands: {
    "aws:eks/accessEntry:AccessEntry": [
      {
        path: ["kubernetesGroups", "*"],
        holds: (group) => group !== "system:masters",
        witness: "kubectl get secrets --all-namespaces, which no binding stops",
        good: "readers",
        bad: "system:masters",
      },
    ],
    [association]: [
      {
        path: ["policyArn"],
        holds: (arn) => !/\/AmazonEKS(Cluster)?AdminPolicy$/.test(arn ?? ""),
        when: (inputs) => inputs.at("accessScope", "type").text() !== "namespace",
        witness: "kubectl get secrets --all-namespaces",
        good: `${policies}/AmazonEKSViewPolicy`,
        bad: `${policies}/AmazonEKSClusterAdminPolicy`,
      },
    ],
  },
  base: { [association]: { accessScope: { type: "cluster" } } },
  more: [
    {
      kind: "clean",
      says: "an administrator of one namespace",
      expect: "not-applicable",
      resources: [
        {
          type: association,
          name: "shop",
          props: {
            policyArn: `${policies}/AmazonEKSAdminPolicy`,
            accessScope: { type: "namespace", namespaces: ["shop"] },
          },
        },
      ],
    },
  ],
});
