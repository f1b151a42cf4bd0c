/** Microsoft Learn, "Manage local accounts with AKS": the clusterAdmin certificate is on unless it is said. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31h = demandRule({
  id: "EI31h",
  sentence: "A cluster has no local accounts.",
  why: "Its certificate is administrator of the cluster for years, and no leaving, risk or second factor stops it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set disableLocalAccounts to true, with an aadProfile that names administrators.",
  demands: {
    "azure-native:containerservice:ManagedCluster": [
      {
        path: ["disableLocalAccounts"],
        holds: (value) => value === "true",
        witness: "kubectl with a copied clusterAdmin file",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
