/** Microsoft Learn, "Azure SQL connectivity settings" and "Configure public endpoint in SQL Managed Instance". */
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";

export const ZN13c = demandRule({
  id: "ZN13c",
  sentence: "A SQL server or managed instance takes no connections from the public network.",
  ...publicNetwork,
  fix: "Set publicNetworkAccess to Disabled (publicDataEndpointEnabled to false on a managed instance), and use a private endpoint.",
  demands: {
    "azure-native:sql:Server": [offPublicNetwork()],
    "azure-native:sql:ManagedInstance": [
      {
        path: ["publicDataEndpointEnabled"],
        holds: (value) => value !== "true",
        witness: "a connection from 203.0.113.7 to port 3342 of the instance",
        good: false,
        bad: true,
      },
    ],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
