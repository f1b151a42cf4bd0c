/** VPC networks (Compute Engine API v1). Shapes as in the provider's recorded exchanges. */

import {
  type Cidr,
  formatCidr,
  overlap,
  subnet,
  tryParseCidr,
} from "../../../../model/base/address.ts";
import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { autoSubnets, gatewayOf } from "./auto-subnets.ts";
import {
  absent,
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

const networkToken = "gcp:compute/network:Network";
const subnetToken = "gcp:compute/subnetwork:Subnetwork";
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

const subnetwork: TypeEntry = {
  token: subnetToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: {
    "logConfig.aggregationInterval": "INTERVAL_5_SEC",
    "logConfig.flowSampling": 0.5,
    "logConfig.metadata": "INCLUDE_ALL_METADATA",
    "logConfig.filterExpr": "true",
  },
  forceNew: [
    "name",
    "network",
    "region",
    "description",
    "purpose",
    "project",
    "internalIpv6Prefix",
    "externalIpv6Prefix",
  ],
  id: (r) => `projects/${r.account}/regions/${r.region}/subnetworks/${r.text("name")}`,
  planned: projectAndRegion,
  normalised: { network: (r, given) => selfLink(pathOf(globalPath(r, "networks", String(given)))) },
  outputs: {
    selfLink: (r) => selfLink(r.id),
    subnetworkId: (r) => Number(r.digits("number", 15)),
    creationTimestamp: (r) => r.createdAt,
    description: "",
    gatewayAddress: (r) => gatewayOf(r.text("ipCidrRange", "")),
    privateIpGoogleAccess: false,
    privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
    purpose: "PRIVATE",
    role: "",
    secondaryIpRanges: [],
    stackType: "IPV4_ONLY",
    ipv6AccessType: "",
    externalIpv6Prefix: "",
    internalIpv6Prefix: (r) => internalPrefix(r) ?? "",
    ipv6CidrRange: (r) => r.given("internalIpv6Prefix") ?? internalPrefix(r) ?? "",
    ...absent("logConfig"),
  },
  keys: ["selfLink"],
  references: [toNetwork("network")],
  admit: refuseSubnetwork,
  timeouts: twentyMinutes,
};

/** A dual-stack subnet gets a /64 of its network's internal range. */
function internalPrefix(r: Resource): string | undefined {
  if (
    r.text("stackType", "IPV4_ONLY") === "IPV4_ONLY" ||
    r.text("ipv6AccessType", "") !== "INTERNAL"
  ) {
    return undefined;
  }
  const whole = tryParseCidr(String(r.target("network")?.properties["internalIpv6Range"] ?? ""));
  if (whole === undefined) return undefined;
  return formatCidr(subnet(whole, 16, Number.parseInt(r.hex("v6", 4), 16), "network"));
}

function refuseSubnetwork(r: Resource): ServiceError | undefined {
  const ranges = rangesOf(r.given("ipCidrRange"), r.list("secondaryIpRanges"));
  const bad = ranges.find((range) => tryParseCidr(range) === undefined);
  if (bad !== undefined) {
    return badRequest(
      `Invalid value for field 'resource.ipCidrRange': '${bad}'. Must be a CIDR address range`,
    );
  }
  const fault = refusePrimary(r);
  if (fault !== undefined) return fault;
  const home = r.target("network");
  const siblings = r
    .all(subnetToken)
    .filter(
      ({ id, properties }) =>
        properties["network"] === home?.properties["selfLink"] && id !== ownId(r),
    );
  const clash = siblings.find(({ properties }) =>
    parsed(rangesOf(properties["ipCidrRange"], properties["secondaryIpRanges"])).some((theirs) =>
      parsed(ranges).some((ours) => overlap(ours, theirs)),
    ),
  );
  if (clash !== undefined) {
    return badRequest(
      `Invalid IPCidrRange: ${ranges.join(", ")} conflicts with existing subnetwork '${String(clash.properties["name"])}' in region '${String(clash.properties["region"])}'.`,
    );
  }
  return refuseInternalPrefix(r);
}

/** Primary ranges have at least eight addresses ("Subnets", "Valid IPv4 ranges"), and only grow. */
const primaryBitsMax = 29;

function refusePrimary(r: Resource): ServiceError | undefined {
  const text = r.text("ipCidrRange", "");
  const range = tryParseCidr(text);
  if (range === undefined) return undefined;
  if (range.length > primaryBitsMax || formatCidr(range) !== text) {
    return badRequest(
      `Invalid value for field 'resource.ipCidrRange': '${text}'. Must be a CIDR address range of at most /${primaryBitsMax}, without bits behind its prefix`,
    );
  }
  const before = tryParseCidr(String(r.before?.["ipCidrRange"] ?? ""));
  return before !== undefined && (range.length > before.length || !overlap(range, before))
    ? badRequest(
        `Invalid value for field 'resource.ipCidrRange': '${text}'. The range can only be expanded`,
      )
    : undefined;
}

function refuseInternalPrefix(r: Resource): ServiceError | undefined {
  const given = r.text("internalIpv6Prefix", "");
  if (given === "") return undefined;
  const own = tryParseCidr(given);
  const whole = tryParseCidr(String(r.target("network")?.properties["internalIpv6Range"] ?? ""));
  const inside =
    own !== undefined && whole !== undefined && own.length === 64 && overlap(own, whole);
  return inside
    ? undefined
    : badRequest(
        `Invalid value for field 'resource.internalIpv6Prefix': '${given}'. It must be a /64 within the network's internal range`,
      );
}

function ownId(r: Resource): string {
  return `projects/${r.account}/regions/${r.region}/subnetworks/${r.text("name")}`;
}

function rangesOf(primary: Json | undefined, secondary: Json | undefined): string[] {
  const list = Array.isArray(secondary) ? secondary : [];
  const more = list.map((item) => (item as { readonly ipCidrRange?: Json } | null)?.ipCidrRange);
  return [primary, ...more].filter((range): range is string => typeof range === "string");
}

function parsed(ranges: readonly string[]): Cidr[] {
  return ranges.flatMap((range) => tryParseCidr(range) ?? []);
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
export const networkTypes: readonly TypeEntry[] = [
  network,
  subnetwork,
  route,
  router,
  routerNat,
  peering,
];
