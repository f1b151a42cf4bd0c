/** VPC networks (Compute Engine API v1). Shapes as in the provider's recorded exchanges. */

import { type Cidr, overlap, tryParseCidr } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { autoSubnets } from "./auto-subnets.ts";
import {
  badRequest,
  globalPath,
  notFound,
  pathOf,
  project,
  projectAndRegion,
  selfLink,
  toId,
  toNetwork,
  twentyMinutes,
  within,
} from "./common.ts";
import { subnetToken } from "./subnetworks.ts";

const networkToken = "gcp:compute/network:Network";
const routerToken = "gcp:compute/router:Router";

const network: TypeEntry = {
  token: networkToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: {
    autoCreateSubnetworks: true,
    deleteDefaultRoutesOnCreate: false,
    networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
  },
  forceNew: [
    "name",
    "autoCreateSubnetworks",
    "enableUlaInternalIpv6",
    "internalIpv6Range",
    "description",
    "mtu",
    "project",
  ],
  id: (r) => globalPath(r, "networks", r.text("name")),
  planned: project,
  outputs: {
    selfLink: (r) => selfLink(r.id),
    numericId: (r) => r.digits("number", 19),
    networkId: (r) => r.digits("number", 19),
    description: "",
    enableUlaInternalIpv6: false,
    gatewayIpv4: "",
    internalIpv6Range: (r) => (r.flag("enableUlaInternalIpv6") ? assignedRange(r) : ""),
    mtu: 0,
    routingMode: "REGIONAL",
    bgpBestPathSelectionMode: "LEGACY",
  },
  keys: ["selfLink"],
  companions: autoSubnets,
  admit: (r) => {
    const given = r.text("internalIpv6Range", "");
    if (given === "") return undefined;
    const range = tryParseCidr(given);
    const pool = tryParseCidr("fd20::/20") as Cidr;
    const fits = range !== undefined && range.length === 48 && overlap(range, pool);
    return fits
      ? undefined
      : badRequest(
          `Invalid value for field 'resource.internalIpv6Range': '${given}'. It must be a /48 within fd20::/20`,
        );
  },
  timeouts: twentyMinutes,
};

/** Internal IPv6 ranges are /48s of fd20::/20 (VPC documentation, "Internal IPv6 specifications"). */
function assignedRange(r: Resource): string {
  const bits = r.hex("ula", 7);
  return `fd20:${Number.parseInt(bits.slice(0, 3), 16).toString(16)}:${Number.parseInt(bits.slice(3), 16).toString(16)}::/48`;
}

const route: TypeEntry = {
  token: "gcp:compute/route:Route",
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: { priority: 1000 },
  forceNew: [
    "name",
    "destRange",
    "network",
    "priority",
    "nextHopGateway",
    "nextHopIp",
    "nextHopInstance",
    "nextHopIlb",
    "nextHopVpnTunnel",
    "tags",
    "description",
    "project",
  ],
  id: (r) => globalPath(r, "routes", r.text("name")),
  planned: project,
  normalised: {
    network: (r, given) => selfLink(pathOf(globalPath(r, "networks", String(given)))),
    nextHopGateway: (r, given) => selfLink(pathOf(globalPath(r, "gateways", String(given)))),
  },
  outputs: {
    selfLink: (r) => selfLink(r.id),
    creationTimestamp: (r) => r.createdAt,
    description: "",
    nextHopNetwork: "",
    routeStatus: "ACTIVE",
    routeType: "STATIC",
    tags: [],
  },
  references: [toNetwork("network")],
  timeouts: { create: 1200, delete: 1200 },
};

const router: TypeEntry = {
  token: routerToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: { "bgp.advertiseMode": "DEFAULT", "bgp.keepaliveInterval": 20 },
  forceNew: ["name", "network", "region", "encryptedInterconnectRouter", "project"],
  id: (r) => `projects/${r.account}/regions/${r.region}/routers/${r.text("name")}`,
  planned: projectAndRegion,
  normalised: { network: (r, given) => selfLink(pathOf(globalPath(r, "networks", String(given)))) },
  outputs: {
    selfLink: (r) => selfLink(r.id),
    creationTimestamp: (r) => r.createdAt,
    description: "",
    encryptedInterconnectRouter: false,
    ...within("bgp", { advertisedGroups: [], advertisedIpRanges: [] }),
  },
  keys: ["selfLink", "name"],
  references: [toNetwork("network")],
  timeouts: twentyMinutes,
};

const routerNat: TypeEntry = {
  token: "gcp:compute/routerNat:RouterNat",
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: {
    icmpIdleTimeoutSec: 30,
    tcpEstablishedIdleTimeoutSec: 1200,
    tcpTimeWaitTimeoutSec: 120,
    tcpTransitoryIdleTimeoutSec: 30,
    udpIdleTimeoutSec: 30,
  },
  forceNew: ["name", "router", "region", "project", "endpointTypes"],
  id: (r) => `${r.account}/${r.region}/${r.text("router")}/${r.text("name")}`,
  planned: projectAndRegion,
  outputs: {
    autoNetworkTier: "PREMIUM",
    drainNatIps: [],
    enableDynamicPortAllocation: false,
    enableEndpointIndependentMapping: false,
    endpointTypes: ["ENDPOINT_TYPE_VM"],
    minPortsPerVm: 0,
    natIps: [],
  },
  references: [
    {
      at: "router",
      to: routerToken,
      key: (r, value) => `projects/${r.account}/regions/${r.region}/routers/${value}`,
      cascades: true,
      missing: notFound("The resource 'routers/{value}' was not found"),
    },
    toId("subnetworks[*].name", subnetToken),
  ],
  timeouts: twentyMinutes,
};

const peering: TypeEntry = {
  token: "gcp:compute/networkPeering:NetworkPeering",
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: {
    exportCustomRoutes: false,
    importCustomRoutes: false,
    exportSubnetRoutesWithPublicIp: true,
  },
  forceNew: ["name", "network", "peerNetwork", "exportSubnetRoutesWithPublicIp"],
  id: (r) =>
    `${r.account}/${r.text("network").slice(r.text("network").lastIndexOf("/") + 1)}/${r.text("name")}`,
  outputs: {
    importSubnetRoutesWithPublicIp: false,
    stackType: "IPV4_ONLY",
    updateStrategy: "INDEPENDENT",
    state: "INACTIVE",
    stateDetails: "[2026]: Waiting for peer network to connect.",
  },
  references: [toNetwork("network"), { ...toNetwork("peerNetwork"), holds: false }],
  timeouts: { create: 240, update: 240, delete: 240 },
};

/** The entries of VPC networks. */
export const networkTypes: readonly TypeEntry[] = [network, route, router, routerNat, peering];
