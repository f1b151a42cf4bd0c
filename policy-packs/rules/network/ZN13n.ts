/** Microsoft Learn, "Set up Azure App Service access restrictions": unset, an endpoint ends public access. */
import { demandRule } from "../shared/flag-rule.ts";
import { unlessEndpoint } from "../shared/private-endpoint.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";

export const ZN13n = unlessEndpoint(
  demandRule({
    id: "ZN13n",
    sentence: "A web or function app takes no requests from the public network.",
    ...publicNetwork,
    why: "Everybody calls the app past the gateway that checks requests and callers.",
    fix: "Set publicNetworkAccess to Disabled; let a gateway or Front Door call the app by a private endpoint.",
    demands: {
      "azure-native:web:WebApp": [offPublicNetwork()],
      "azure-native:web:WebAppSlot": [offPublicNetwork()],
    },
  }),
  "publicNetworkAccess",
);
