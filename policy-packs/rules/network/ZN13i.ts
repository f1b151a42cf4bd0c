/** Microsoft Learn, "Configure network access and firewall rules for Azure AI Search". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13i = demandRule({
  id: "ZN13i",
  sentence: "A search service takes no requests from the public network.",
  ...publicNetwork,
  fix: publicNetworkFix,
  demands: { "azure-native:search:Service": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
