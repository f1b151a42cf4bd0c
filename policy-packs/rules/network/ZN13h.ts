/** Microsoft Learn, "Disable public access in Azure App Configuration": unset, an endpoint ends it. */
import { demandRule } from "../shared/flag-rule.ts";
import { unlessEndpoint } from "../shared/private-endpoint.ts";
import { offPublicNetwork, publicNetwork, publicNetworkFix } from "../shared/public-network.ts";

export const ZN13h = unlessEndpoint(
  demandRule({
    id: "ZN13h",
    sentence: "An App Configuration store takes no requests from the public network.",
    ...publicNetwork,
    fix: publicNetworkFix,
    demands: { "azure-native:appconfiguration:ConfigurationStore": [offPublicNetwork()] },
  }),
  "publicNetworkAccess",
);
