/** Microsoft Learn, "Set up a private endpoint with private link for ACR": only the premium tier can. */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";

export const ZN13g = demandRule({
  id: "ZN13g",
  sentence: "A container registry takes no requests from the public network.",
  ...publicNetwork,
  fix: "Take the premium tier, set publicNetworkAccess to Disabled, and let callers come by a private endpoint.",
  demands: { "azure-native:containerregistry:Registry": [offPublicNetwork()] },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
