/** Microsoft Learn, "Allow access to Azure Service Bus namespaces via private endpoints". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13m = demandRule({
  id: "ZN13m",
  sentence: "A Service Bus namespace takes no requests from the public network.",
  ...publicNetwork,
  fix: publicNetworkFix,
  demands: { "azure-native:servicebus:Namespace": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
