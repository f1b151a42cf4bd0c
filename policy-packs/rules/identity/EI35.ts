/**
 * Microsoft Learn, "Use Azure role-based access control for Kubernetes Authorization" and "Microsoft
 * Entra Workload ID on AKS": all off unless it is said; AKS Automatic brings all of them.
 */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const isOrdinary = (inputs: View) => inputs.at("sku", "name").text() !== "Automatic";

function on(path: Demand["path"], witness: string): Demand {
  const holds: Demand["holds"] = (value) => value === "true";
  return { path, holds, when: isOrdinary, witness, good: true, bad: false };
}

export const EI35 = demandRule({
  id: "EI35",
  sentence: "A cluster decides by Entra's roles, and its workloads have identities.",
  why: "Rights inside the cluster outlive those in the directory, and pods hold secrets instead of identities.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-2", "IA-9"],
  fix: "Set aadProfile.enableAzureRBAC, oidcIssuerProfile.enabled and securityProfile.workloadIdentity.enabled to true, and leave enableRBAC on.",
  demands: {
    "azure-native:containerservice:ManagedCluster": [
      {
        path: ["enableRBAC"],
        holds: (value) => value !== "false",
        when: isOrdinary,
        witness: "kubectl delete, by whoever reaches the cluster with any account of it",
        good: true,
        bad: false,
      },
      on(
        ["aadProfile", "enableAzureRBAC"],
        "kubectl by an account that the directory has disabled",
      ),
      on(["oidcIssuerProfile", "enabled"], "a client secret, read out of a pod"),
      on(["securityProfile", "workloadIdentity", "enabled"], "a client secret, read out of a pod"),
    ],
  },
  more: [
    {
      kind: "clean",
      says: "a cluster that brings it along",
      expect: "not-applicable",
      resources: [
        {
          type: "azure-native:containerservice:ManagedCluster",
          name: "shop",
          props: { sku: { name: "Automatic" } },
        },
      ],
    },
  ],
});
