/** Microsoft Learn, "Use Azure Private Link to connect networks to Azure Monitor": both are open unless shut. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const ZL04 = demandRule({
  id: "ZL04",
  sentence: "A workspace takes logs and queries from private networks only.",
  why: "With a stolen token or key the record is read, or filled with lies, from anywhere.",
  severity: "medium",
  tenets: ["T2", "T7"],
  controls: ["AU-9", "SC-7"],
  fix: "Set publicNetworkAccessForIngestion and publicNetworkAccessForQuery to Disabled, and link the workspace to an Azure Monitor private link scope.",
  demands: {
    "azure-native:operationalinsights:Workspace": [
      shut("publicNetworkAccessForIngestion", "a forged log entry sent from the internet"),
      shut("publicNetworkAccessForQuery", "a query from the internet"),
    ],
  },
});

function shut(property: string, witness: string): Demand {
  return {
    path: [property],
    holds: (value) => ["Disabled", "SecuredByPerimeter"].includes(value ?? ""),
    witness,
    good: "Disabled",
    bad: "Enabled",
  };
}
