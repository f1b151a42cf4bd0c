/** Microsoft Learn, "Configure Azure Storage network security": publicNetworkAccess is Enabled where absent. */

import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13a = demandRule({
  id: "ZN13a",
  sentence: "A storage account takes no requests from the public network.",
  ...publicNetwork,
  frameworks: [cis("cis-azure-2.1.0", "3.7")],
  fix: publicNetworkFix,
  demands: { "azure-native:storage:StorageAccount": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
