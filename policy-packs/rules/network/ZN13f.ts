/** Microsoft Learn, "Configure Azure Private Link for an Azure Cosmos DB account". */

import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13f = demandRule({
  id: "ZN13f",
  sentence: "A Cosmos DB account takes no requests from the public network.",
  ...publicNetwork,
  frameworks: [cis("cis-azure-2.1.0", "4.5.1")],
  fix: publicNetworkFix,
  demands: { "azure-native:cosmosdb:DatabaseAccount": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
