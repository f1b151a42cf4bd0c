/** Peerings of Azure between equals, and with a hub. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { alone } from "./alone.ts";

const network = (name: string): ExampleResource => ({ type: azureTypes.network, name, props: {} });

/** A peering of the network `here` with the network `there`, both planned. */
function peering(props: { readonly [key: string]: Json }): ExampleResource {
  return {
    type: azureTypes.peering,
    name: "peering",
    props: {
      virtualNetworkName: unknownHere,
      remoteVirtualNetwork: { id: unknownHere },
      ...props,
    },
    dependsOn: { virtualNetworkName: ["here"], remoteVirtualNetwork: ["there"] },
  };
}

function subnet(subnetName: string, of: string): ExampleResource {
  return {
    type: azureTypes.subnet,
    name: "special",
    props: { subnetName, virtualNetworkName: unknownHere },
    dependsOn: { virtualNetworkName: [of] },
  };
}

const networks = [network("here"), network("there")];

export const hubExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "what the neighbour passes on",
    expect: "fail",
    resources: alone(azureTypes.peering, { allowForwardedTraffic: true }),
    path: "allowForwardedTraffic",
  },
  {
    kind: "violating",
    says: "a gateway that another network has",
    expect: "fail",
    resources: [
      peering({ allowGatewayTransit: true }),
      ...networks,
      subnet("GatewaySubnet", "there"),
    ],
    path: "allowGatewayTransit",
  },
  {
    kind: "violating",
    says: "a hub that takes what its spoke passes on",
    expect: "fail",
    resources: [
      peering({ allowForwardedTraffic: true }),
      ...networks,
      subnet("AzureFirewallSubnet", "here"),
    ],
    path: "allowForwardedTraffic",
  },
  {
    kind: "violating",
    says: "written in its network",
    expect: "fail",
    resources: alone(azureTypes.network, {
      virtualNetworkPeerings: [
        { allowForwardedTraffic: false },
        { remoteVirtualNetwork: { id: "far" }, allowForwardedTraffic: true },
      ],
    }),
    path: "virtualNetworkPeerings[1].allowForwardedTraffic",
  },
  {
    kind: "clean",
    says: "their own packets only",
    expect: "pass",
    resources: alone(azureTypes.peering, {
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
    }),
  },
  {
    kind: "clean",
    says: "a spoke that takes what the hub's firewall passes on",
    expect: "pass",
    resources: [
      peering({ allowForwardedTraffic: true }),
      ...networks,
      subnet("AzureFirewallSubnet", "there"),
    ],
  },
  {
    kind: "clean",
    says: "a hub that shares its gateway",
    expect: "pass",
    resources: [
      peering({ allowGatewayTransit: true }),
      ...networks,
      subnet("GatewaySubnet", "here"),
    ],
  },
  {
    kind: "clean",
    says: "a network without peerings",
    expect: "not-applicable",
    resources: alone(azureTypes.network, {}),
  },
  {
    kind: "unknown",
    says: "whether it is on is not known",
    expect: "unknown",
    resources: alone(azureTypes.peering, { allowForwardedTraffic: unknownHere }),
    path: "allowForwardedTraffic",
  },
  {
    kind: "unknown",
    says: "whose subnet the firewall stands in is not known",
    expect: "unknown",
    resources: [
      peering({ allowForwardedTraffic: true }),
      ...networks,
      { ...subnet("AzureFirewallSubnet", "there"), dependsOn: {} },
    ],
    path: "virtualNetworkName",
  },
  {
    kind: "absent",
    says: "nothing set",
    expect: "pass",
    resources: alone(azureTypes.peering, {}),
  },
];
