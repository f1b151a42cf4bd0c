/** Private endpoints and private link services (Network REST API; "What is a private endpoint?"). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import { eachOf, invalid, nameOf, textsIn, toLinked, toResource } from "./common.ts";
import { refuseLost } from "./existence.ts";
import { network, networkName, networkTokens } from "./network-area.ts";

const endpointToken = "azure-native:network:PrivateEndpoint";
const connections = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"];

const endpoint = network("PrivateEndpoint", "privateEndpoints", {
  name: networkName("privateEndpointName", 64),
  location: "fixed",
  forceNew: ["subnet"],
  outputs: {
    customDnsConfigs: [],
    ipConfigurations: [],
    manualPrivateLinkServiceConnections: [],
    privateLinkServiceConnections: [],
    networkInterfaces: (r) => [
      {
        id: `${r.id.replace(/\/privateEndpoints\/.*$/, "")}/networkInterfaces/${interfaceName(r)}`,
      },
    ],
  },
  normalised: {
    privateLinkServiceConnections: (r, given) => shown(r, given, "Approved"),
    manualPrivateLinkServiceConnections: (r, given) => shown(r, given, "Pending"),
  },
  references: [
    toResource("subnet.id", networkTokens.subnet),
    toResource("applicationSecurityGroups[*].id", networkTokens.applicationGroup),
  ],
  admit: refuseEndpoint,
});

function interfaceName(r: Resource): string {
  return r.text(
    "customNetworkInterfaceName",
    `${r.text("privateEndpointName")}.nic.${r.uuid("nic")}`,
  );
}

function shown(r: Resource, given: Json, status: string): JsonObject[] {
  return eachOf(given, (item) => ({
    privateLinkServiceConnectionState: {
      actionsRequired: "None",
      description: status === "Approved" ? "Auto-Approved" : "Awaiting approval",
      status,
    },
    ...item,
    id: `${r.id}/privateLinkServiceConnections/${String(item["name"])}`,
    etag: `W/"${r.uuid(r.content())}"`,
    provisioningState: "Succeeded",
    type: "Microsoft.Network/privateEndpoints/privateLinkServiceConnections",
  }));
}

function refuseEndpoint(r: Resource): ServiceError | undefined {
  const count = connections.flatMap((path) => r.list(path)).length;
  if (count !== 1) {
    return invalid(
      "PrivateEndpointMustHaveOnePrivateLinkServiceConnection",
      `Private endpoint ${r.id} must have exactly one private link service connection, not ${count}.`,
    );
  }
  const targets = connections.flatMap((path) =>
    textsIn(r.every(`${path}[*].privateLinkServiceId`)),
  );
  return targets.map((id) => refuseLost(r, id)).find((error) => error !== undefined);
}

const zoneGroup = network("PrivateDnsZoneGroup", "privateEndpoints/privateDnsZoneGroups", {
  name: networkName("privateDnsZoneGroupName"),
  parents: [{ input: "privateEndpointName", token: endpointToken }],
  untyped: true,
  outputs: { privateDnsZoneConfigs: [] },
  normalised: { privateDnsZoneConfigs: withRecords },
  references: [
    toLinked("privateDnsZoneConfigs[*].privateDnsZoneId", "azure-native:privatedns:PrivateZone"),
  ],
});

/** What the endpoint leads to gets a record in each zone of the group. */
function withRecords(r: Resource, given: Json): JsonObject[] {
  const endpoint = r.target("privateEndpointName")?.properties ?? {};
  const targets = connections.flatMap((path) =>
    eachOf(endpoint[path], (link) => ({ name: nameOf(String(link["privateLinkServiceId"])) })),
  );
  return eachOf(given, (config) => ({
    ...config,
    recordSets: targets.map(({ name }) => ({
      fqdn: `${String(name)}.${nameOf(String(config["privateDnsZoneId"]))}`,
      provisioningState: "Succeeded",
      recordSetName: String(name),
      recordType: "A",
      ttl: 10,
    })),
  }));
}

const linkService = network("PrivateLinkService", "privateLinkServices", {
  name: networkName("serviceName"),
  location: "fixed",
  outputs: {
    alias: (r) =>
      `${r.text("serviceName")}.${r.uuid("alias")}.${r.region}.azure.privatelinkservice`,
    enableProxyProtocol: false,
    fqdns: [],
    networkInterfaces: [],
    privateEndpointConnections: [],
  },
  references: [toResource("ipConfigurations[*].subnet.id", networkTokens.subnet)],
  admit: (r) =>
    r.list("loadBalancerFrontendIpConfigurations").length === 0 &&
    r.given("destinationIPAddress") === undefined
      ? invalid(
          "PrivateLinkServiceMustHaveLoadBalancerFrontendIpConfiguration",
          `Private link service ${r.id} needs a load balancer's frontend.`,
        )
      : undefined,
});

/** The entries of private links. */
export const privateEndpointTypes: readonly ArmEntry[] = [endpoint, zoneGroup, linkService];
