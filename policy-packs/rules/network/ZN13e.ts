/** Microsoft Learn, "Networking overview for Azure Database for MySQL - Flexible Server". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";
import { isGiven } from "../shared/refers-to.ts";

export const ZN13e = demandRule({
  id: "ZN13e",
  sentence: "A MySQL server takes no connections from the public network.",
  ...publicNetwork,
  fix: "Set network.publicNetworkAccess to Disabled and use a private endpoint, or put the server into a delegated subnet.",
  demands: {
    "azure-native:dbformysql:Server": [
      offPublicNetwork(
        ["network", "publicNetworkAccess"],
        // A server in a subnet of its own has no public endpoint.
        (inputs) => !isGiven(inputs, "network", "delegatedSubnetResourceId"),
      ),
    ],
    "azure-native:dbformysql:SingleServer": [offPublicNetwork()],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
