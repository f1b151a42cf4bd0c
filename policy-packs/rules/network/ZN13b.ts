/** Microsoft Learn, "Configure network security for Azure Key Vault": publicNetworkAccess is Enabled where absent. */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";

export const ZN13b = demandRule({
  id: "ZN13b",
  sentence: "A key vault takes no requests from the public network.",
  ...publicNetwork,
  fix: "Set properties.publicNetworkAccess to Disabled, and let callers come by a private endpoint.",
  demands: {
    "azure-native:keyvault:Vault": [offPublicNetwork(["properties", "publicNetworkAccess"])],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
