/** Microsoft Learn, "Allow access to Azure Event Hubs namespaces via private endpoints". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13o = demandRule({
  id: "ZN13o",
  sentence: "An Event Hubs namespace takes no requests from the public network.",
  ...publicNetwork,
  fix: publicNetworkFix,
  demands: { "azure-native:eventhub:Namespace": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
