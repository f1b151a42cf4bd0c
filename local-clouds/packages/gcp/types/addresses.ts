/** Addresses, and ways into networks from outside (Compute Engine, Service Networking, Serverless VPC Access). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  fingerprint,
  fingerprintOf,
  globalPath,
  labels,
  outsideAddress,
  pathOf,
  selfLink,
  toCompute,
  toNetwork,
  toSubnet,
} from "./common.ts";
import { grants } from "./iam-grants.ts";
import { computeShaped, regionHere, shaped } from "./shaped.ts";

const globalAddressToken = "gcp:compute/globalAddress:GlobalAddress";

const address: TypeEntry = computeShaped({
  token: "gcp:compute/address:Address",
  form: "projects/{project}/regions/{region}/addresses/{name}",
  defaults: { addressType: "EXTERNAL" },
  forceNew: [
    "address",
    "addressType",
    "description",
    "ipVersion",
    "network",
    "networkTier",
    "purpose",
    "subnetwork",
  ],
  planned: labels,
  outputs: {
    address: (r) =>
      r.text("addressType", "EXTERNAL") === "EXTERNAL" ? outsideAddress(r) : insideSubnet(r),
    addressId: (r) => r.digits("number", 19),
    ipv6EndpointType: "",
    labelFingerprint: fingerprintOf("labels"),
    networkTier: (r) => (r.text("addressType", "EXTERNAL") === "EXTERNAL" ? "PREMIUM" : ""),
    prefixLength: 0,
    purpose: (r) => (r.text("addressType", "EXTERNAL") === "EXTERNAL" ? "" : "GCE_ENDPOINT"),
    subnetwork: (r) =>
      r.text("addressType", "EXTERNAL") === "EXTERNAL"
        ? ""
        : selfLink(`projects/${r.account}/regions/${regionHere(r)}/subnetworks/default`),
    users: [],
  },
  keys: ["address"],
  references: [toNetwork("network"), toSubnet("subnetwork")],
  admit: (r) =>
    r.text("addressType", "EXTERNAL") === "EXTERNAL" && r.given("subnetwork") !== undefined
      ? badRequest(
          "Invalid value for field 'resource.subnetwork': external addresses have no subnetwork",
        )
      : undefined,
});

function insideSubnet(r: Resource): string {
  const range = String(r.target("subnetwork")?.properties["ipCidrRange"] ?? "10.128.0.0/20");
  const host = (Number.parseInt(r.hex("host", 4), 16) % 250) + 2;
  return (range.split("/")[0] ?? "").replace(/\d+$/, String(host));
}

const globalAddress: TypeEntry = computeShaped({
  token: globalAddressToken,
  form: "projects/{project}/global/addresses/{name}",
  defaults: { addressType: "EXTERNAL" },
  forceNew: [
    "address",
    "addressType",
    "description",
    "ipVersion",
    "network",
    "prefixLength",
    "purpose",
  ],
  planned: labels,
  normalised: { network: (r, given) => selfLink(pathOf(globalPath(r, "networks", String(given)))) },
  outputs: {
    address: (r) =>
      r.text("purpose", "") === "VPC_PEERING"
        ? `10.${Number.parseInt(r.hex("peering", 2), 16)}.0.0`
        : outsideAddress(r),
    ipVersion: "",
    labelFingerprint: fingerprintOf("labels"),
    prefixLength: 0,
    purpose: "",
  },
  keys: ["address", "name"],
  references: [toNetwork("network")],
  admit: refuseGlobalAddress,
});

/** Ranges for peerings and service endpoints lie in a network (Compute API, `globalAddresses.insert`). */
function refuseGlobalAddress(r: Resource): ServiceError | undefined {
  const purpose = r.text("purpose", "");
  if (purpose === "") return undefined;
  if (r.text("addressType") !== "INTERNAL" || r.given("network") === undefined) {
    return badRequest(
      `Invalid value for field 'resource.purpose': '${purpose}' needs addressType INTERNAL and a network`,
    );
  }
  return purpose === "VPC_PEERING" && r.given("prefixLength") === undefined
    ? badRequest("Invalid value for field 'resource.prefixLength': required for VPC_PEERING")
    : undefined;
}

/** The private connection to Google's services, e.g. for Cloud SQL. */
const connection: TypeEntry = {
  token: "gcp:servicenetworking/connection:Connection",
  forceNew: ["network", "service"],
  id: (r) =>
    `${encodeURIComponent(pathOf(globalPath(r, "networks", r.text("network"))))}:${r.text("service")}`,
  outputs: { peering: (r) => r.text("service").replaceAll(".", "-") },
  references: [
    toNetwork("network"),
    {
      at: "reservedPeeringRanges[*]",
      to: globalAddressToken,
      by: "name",
      holds: true,
      missing: badRequest(
        "Invalid value for field 'reservedPeeringRanges': range '{value}' does not exist",
      ),
    },
  ],
  timeouts: { create: 600, update: 600, delete: 600 },
};

const connector: TypeEntry = shaped({
  token: "gcp:vpcaccess/connector:Connector",
  form: "projects/{project}/locations/{region}/connectors/{name}",
  defaults: { machineType: "e2-micro" },
  forceNew: ["ipCidrRange", "network", "subnet"],
  outputs: {
    connectedProjects: (r) => [r.account],
    maxInstances: 10,
    minInstances: 2,
    maxThroughput: 1000,
    minThroughput: 200,
    selfLink: (r) => r.id,
    state: "READY",
    ...absent("subnet"),
  },
  keys: ["selfLink"],
  references: [toNetwork("network"), toSubnet("subnet.name")],
  // The connector takes a whole /28 (Serverless VPC Access, "IP address range").
  admit: (r) =>
    r.given("ipCidrRange") !== undefined && !r.text("ipCidrRange").endsWith("/28")
      ? badRequest(`Invalid IP CIDR range ${r.text("ipCidrRange")}: it must have a /28 netmask`)
      : undefined,
});

const attachment: TypeEntry = shaped({
  token: "gcp:compute/serviceAttachment:ServiceAttachment",
  form: "projects/{project}/regions/{region}/serviceAttachments/{name}",
  forceNew: ["enableProxyProtocol", "domainNames"],
  outputs: {
    connectedEndpoints: [],
    description: "",
    fingerprint,
    reconcileConnections: false,
    selfLink: (r) => selfLink(r.id),
  },
  keys: ["selfLink"],
  references: [
    { ...toSubnet("natSubnets[*]") },
    toCompute(
      "targetService",
      "gcp:compute/forwardingRule:ForwardingRule",
      "forwardingRules",
      "region",
    ),
  ],
  // Only a subnet made for it translates consumers' addresses (Private Service Connect, "NAT subnets").
  admit: (r) =>
    r.target("natSubnets[*]")?.properties["purpose"] === "PRIVATE_SERVICE_CONNECT"
      ? undefined
      : badRequest(
          "Invalid value for field 'resource.natSubnets': the subnetwork's purpose must be PRIVATE_SERVICE_CONNECT",
        ),
});

const hostProject: TypeEntry = {
  token: "gcp:compute/sharedVPCHostProject:SharedVPCHostProject",
  forceNew: ["project"],
  id: (r) => r.text("project"),
  timeouts: { create: 240, delete: 240 },
};

const serviceProject: TypeEntry = {
  token: "gcp:compute/sharedVPCServiceProject:SharedVPCServiceProject",
  forceNew: ["hostProject", "serviceProject"],
  id: (r) => `${r.text("hostProject")}/${r.text("serviceProject")}`,
  references: [
    {
      at: "hostProject",
      to: "gcp:compute/sharedVPCHostProject:SharedVPCHostProject",
      within: "world",
      holds: true,
      missing: badRequest("The project {value} is not a shared VPC host project"),
    },
  ],
  timeouts: { create: 240, delete: 240 },
};

/** The entries of addresses and connections. */
export const addressTypes: readonly TypeEntry[] = [
  address,
  globalAddress,
  connection,
  connector,
  attachment,
  hostProject,
  serviceProject,
  ...grants({
    family: "gcp:compute/subnetworkIAM",
    input: "subnetwork",
    to: "gcp:compute/subnetwork:Subnetwork",
    form: "projects/{project}/regions/{region}/subnetworks/{subnetwork}",
    fullName: true,
  }),
];
