/** Microsoft Learn, "Azure Private Link for Azure Data Factory". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13k = demandRule({
  id: "ZN13k",
  sentence: "A data factory takes no requests from the public network.",
  ...publicNetwork,
  fix: publicNetworkFix,
  demands: { "azure-native:datafactory:Factory": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
