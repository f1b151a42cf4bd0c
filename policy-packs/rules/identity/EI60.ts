/** Microsoft Learn, "Set up Microsoft Entra ID for client authentication" of Service Fabric. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI60 = demandRule({
  id: "EI60",
  sentence: "Who administers a Service Fabric cluster comes by Entra.",
  why: "A client certificate names nobody, is copied, and stays good for years after its holder has left.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5", "AC-2"],
  fix: "Set azureActiveDirectory with tenantId, clusterApplication and clientApplication.",
  demands: {
    "azure-native:servicefabric:ManagedCluster": [
      {
        path: ["azureActiveDirectory", "tenantId"],
        holds: (value) => value !== undefined && value !== "",
        witness: "an administrator's command with a copied certificate",
        good: "11111111-2222-3333-4444-555555555555",
        bad: "",
      },
    ],
  },
});
