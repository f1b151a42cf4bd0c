/** Microsoft Learn, "What is Azure Cache for Redis with Azure Private Link?". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";
import { isGiven } from "../shared/refers-to.ts";

export const ZN13l = demandRule({
  id: "ZN13l",
  sentence: "A Redis cache takes no connections from the public network.",
  ...publicNetwork,
  fix: publicNetworkFix,
  demands: {
    "azure-native:redis:Redis": [
      // A cache in a subnet has no public endpoint, and takes no such property.
      offPublicNetwork(["publicNetworkAccess"], (inputs) => !isGiven(inputs, "subnetId")),
    ],
    "azure-native:redisenterprise:RedisEnterprise": [offPublicNetwork()],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
