/**
 * Microsoft Learn, "Azure Synapse Analytics Managed Virtual Network", "Data exfiltration protection",
 * "Workspace managed virtual network isolation", "Data loss prevention for Azure AI services", "Dedicated
 * data endpoints" of Container Registry (premium tier only): all are off unless set.
 */
import { demandRule } from "../shared/flag-rule.ts";

const anywhere = "data written to somebody else's account by the service's own way out";

export const ZN23 = demandRule({
  id: "ZN23",
  sentence: "Services for data and learning call out by managed networks and to named hosts only.",
  why: "A job or a model that was tampered with sends the data to an account of the attacker's.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set managedVirtualNetwork with preventDataExfiltration, managedNetwork.isolationMode, restrictOutboundNetworkAccess or dataEndpointEnabled.",
  demands: {
    "azure-native:synapse:Workspace": [
      {
        path: ["managedVirtualNetwork"],
        holds: (value) => value === "default",
        witness: anywhere,
        good: "default",
        bad: "",
      },
      {
        path: ["managedVirtualNetworkSettings", "preventDataExfiltration"],
        holds: (value) => value === "true",
        witness: anywhere,
        good: true,
        bad: false,
      },
    ],
    "azure-native:machinelearningservices:Workspace": [
      {
        path: ["managedNetwork", "isolationMode"],
        holds: (value) => value !== undefined && value !== "Disabled",
        witness: anywhere,
        good: "AllowOnlyApprovedOutbound",
        bad: "Disabled",
      },
    ],
    "azure-native:cognitiveservices:Account": [
      {
        path: ["properties", "restrictOutboundNetworkAccess"],
        // Those that fetch what a request names.
        when: (inputs) => /^(openai|aiservices)$/i.test(inputs.at("kind").text() ?? ""),
        holds: (value) => value === "true",
        witness: "a document fetched from a host of the attacker's",
        good: true,
        bad: false,
      },
    ],
    "azure-native:containerregistry:Registry": [
      {
        path: ["dataEndpointEnabled"],
        when: (inputs) => inputs.at("sku", "name").text() === "Premium",
        holds: (value) => value === "true",
        witness: "layers from any storage account, which clients must then be let out to",
        good: true,
        bad: false,
      },
    ],
  },
  base: {
    "azure-native:cognitiveservices:Account": { kind: "OpenAI" },
    "azure-native:containerregistry:Registry": { sku: { name: "Premium" } },
  },
});
