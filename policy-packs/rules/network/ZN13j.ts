/** Microsoft Learn, "Configure Azure AI services virtual networks". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";

export const ZN13j = demandRule({
  id: "ZN13j",
  sentence: "A Cognitive Services account takes no requests from the public network.",
  ...publicNetwork,
  fix: "Set properties.publicNetworkAccess to Disabled, and let callers come by a private endpoint.",
  demands: {
    "azure-native:cognitiveservices:Account": [
      offPublicNetwork(["properties", "publicNetworkAccess"]),
    ],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
