/** Microsoft Learn, "Networking overview for Azure Database for PostgreSQL - Flexible Server". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";
import { isGiven } from "../shared/refers-to.ts";

export const ZN13d = demandRule({
  id: "ZN13d",
  sentence: "A PostgreSQL server takes no connections from the public network.",
  ...publicNetwork,
  fix: "Set network.publicNetworkAccess to Disabled and use a private endpoint, or put the server into a delegated subnet.",
  demands: {
    "azure-native:dbforpostgresql:Server": [
      offPublicNetwork(
        ["network", "publicNetworkAccess"],
        // A server in a subnet of its own has no public endpoint.
        (inputs) => !isGiven(inputs, "network", "delegatedSubnetResourceId"),
      ),
    ],
    "azure-native:dbforpostgresql:SingleServer": [offPublicNetwork()],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
