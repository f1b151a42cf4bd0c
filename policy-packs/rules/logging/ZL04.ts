/**
 * Microsoft Learn, "Use Azure Private Link to connect networks to Azure Monitor": both are open unless
 * shut. Without a private link scope nothing would reach a workspace that is shut; and every query
 * carries a token of Entra.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { whereUsed } from "../shared/where-used.ts";

const workspace = "azure-native:operationalinsights:Workspace";
const scoped = "azure-native:monitor:PrivateLinkScopedResource";

const rule = demandRule({
  id: "ZL04",
  sentence: "A workspace in a private link scope takes logs and queries by it only.",
  why: "The private way is there, and with a stolen token or key the record is still read, or filled with lies, from anywhere.",
  severity: "medium",
  tenets: ["T2", "T7"],
  controls: ["AU-9", "SC-7"],
  fix: "Set publicNetworkAccessForIngestion and publicNetworkAccessForQuery to Disabled.",
  demands: {
    [workspace]: [
      shut("publicNetworkAccessForIngestion", "a forged log entry sent from the internet"),
      shut("publicNetworkAccessForQuery", "a query from the internet"),
    ],
  },
});

export const ZL04 = whereUsed(
  rule,
  { from: [scoped], to: workspace, properties: ({ inputs }) => [inputs.at("linkedResourceId")] },
  { type: scoped, property: "linkedResourceId" },
  "it is in no private link scope that is planned here",
);

function shut(property: string, witness: string): Demand {
  return {
    path: [property],
    holds: (value) => ["Disabled", "SecuredByPerimeter"].includes(value ?? ""),
    witness,
    good: "Disabled",
    bad: "Enabled",
  };
}
