/**
 * Services beside those of ZN13. Microsoft Learn documents the property for each under "private
 * endpoints"; all are on the public network until they say otherwise.
 */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { offPublicNetwork, publicNetwork } from "../shared/public-network.ts";

const { witness } = offPublicNetwork();

/** A disk that nobody, or only a private endpoint, may export has no public way out. */
const isExported = (inputs: View) =>
  !["DenyAll", "AllowPrivate"].includes(inputs.at("networkAccessPolicy").text() ?? "AllowAll");

/** Services that say so as most do. */
const alike = [
  "batch:BatchAccount",
  "databricks:Workspace",
  "digitaltwins:DigitalTwin",
  "eventgrid:Domain",
  "eventgrid:Namespace",
  "eventgrid:Topic",
  "kusto:Cluster",
  "machinelearningservices:Workspace",
  "purview:Account",
  "relay:Namespace",
  "signalrservice:SignalR",
  "synapse:Workspace",
  "webpubsub:WebPubSub",
];

const disk: readonly Demand[] = [offPublicNetwork(["publicNetworkAccess"], isExported)];

export const ZN21 = demandRule({
  id: "ZN21",
  sentence: "A service of Azure takes no requests from the public network.",
  ...publicNetwork,
  fix: "Set publicNetworkAccess to Disabled (incomingTrafficPolicy, networkAccessPolicy), and use a private endpoint.",
  demands: {
    ...Object.fromEntries(alike.map((type) => [`azure-native:${type}`, [offPublicNetwork()]])),
    "azure-native:apimanagement:ApiManagementService": [
      // Inside a network the gateway has private addresses only.
      offPublicNetwork(
        ["publicNetworkAccess"],
        (inputs) => inputs.at("virtualNetworkType").text() !== "Internal",
      ),
    ],
    "azure-native:appplatform:ApiPortal": [
      {
        path: ["properties", "public"],
        holds: (value) => value !== "true",
        witness,
        good: false,
        bad: true,
      },
    ],
    "azure-native:automation:AutomationAccount": [
      {
        path: ["publicNetworkAccess"],
        holds: (value) => value === "false",
        witness,
        good: false,
        bad: true,
      },
    ],
    "azure-native:compute:Disk": disk,
    "azure-native:compute:Snapshot": disk,
    "azure-native:iothub:IotHubResource": [offPublicNetwork(["properties", "publicNetworkAccess"])],
    "azure-native:storagesync:StorageSyncService": [
      {
        path: ["incomingTrafficPolicy"],
        holds: (value) => value === "AllowVirtualNetworksOnly",
        witness,
        good: "AllowVirtualNetworksOnly",
        bad: "AllowAllTraffic",
      },
    ],
  },
  // Callers that come by the public network stay outside afterwards.
  remedy: "opt-in",
});
