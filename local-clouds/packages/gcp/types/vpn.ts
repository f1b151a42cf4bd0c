/** VPN gateways, tunnels and the sessions of routers over them (Compute Engine API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import {
  badRequest,
  fingerprintOf,
  globalPath,
  labels,
  notFound,
  outsideAddress,
  pathOf,
  selfLink,
  toCompute,
  toNetwork,
} from "./common.ts";
import { computeShaped, linked, regionHere, shaped } from "./shaped.ts";

const haGateway = "gcp:compute/haVpnGateway:HaVpnGateway";
const classicGateway = "gcp:compute/vPNGateway:VPNGateway";
const externalGateway = "gcp:compute/externalVpnGateway:ExternalVpnGateway";
const tunnelToken = "gcp:compute/vPNTunnel:VPNTunnel";
const routerToken = "gcp:compute/router:Router";
const interfaceToken = "gcp:compute/routerInterface:RouterInterface";

const networkLink = (r: Resource, given: unknown): string =>
  selfLink(pathOf(globalPath(r, "networks", String(given))));

const ha: TypeEntry = linked({
  token: haGateway,
  form: "projects/{project}/regions/{region}/vpnGateways/{name}",
  defaults: { gatewayIpVersion: "IPV4" },
  forceNew: ["description", "gatewayIpVersion", "network", "vpnInterfaces"],
  planned: labels,
  normalised: { network: networkLink },
  outputs: {
    labelFingerprint: fingerprintOf("labels"),
    stackType: "IPV4_ONLY",
    // Two interfaces, each with an address of its own (Cloud VPN, "HA VPN").
    vpnInterfaces: (r) =>
      [0, 1].map((id) => ({ id, ipAddress: interfaceAddress(r, id), interconnectAttachment: "" })),
  },
  references: [toNetwork("network")],
});

function interfaceAddress(r: Resource, id: number): string {
  const first = outsideAddress(r);
  return id === 0 ? first : first.replace("203.0.113.", "198.51.100.");
}

const classic: TypeEntry = computeShaped({
  token: classicGateway,
  form: "projects/{project}/regions/{region}/targetVpnGateways/{name}",
  forceNew: ["description", "network"],
  normalised: { network: networkLink },
  outputs: { gatewayId: (r) => Number(r.digits("number", 15)) },
  references: [toNetwork("network")],
});

const external: TypeEntry = linked({
  token: externalGateway,
  form: "projects/{project}/global/externalVpnGateways/{name}",
  forceNew: ["description", "interfaces", "redundancyType"],
  planned: labels,
  outputs: { labelFingerprint: fingerprintOf("labels") },
});

const tunnel: TypeEntry = computeShaped({
  token: tunnelToken,
  form: "projects/{project}/regions/{region}/vpnTunnels/{name}",
  defaults: { ikeVersion: 2 },
  forceNew: [
    "description",
    "ikeVersion",
    "localTrafficSelectors",
    "peerExternalGateway",
    "peerExternalGatewayInterface",
    "peerGcpGateway",
    "peerIp",
    "remoteTrafficSelectors",
    "router",
    "sharedSecret",
    "targetVpnGateway",
    "vpnGateway",
    "vpnGatewayInterface",
  ],
  planned: labels,
  outputs: {
    detailedStatus: "Tunnel is up and running.",
    labelFingerprint: fingerprintOf("labels"),
    localTrafficSelectors: ["0.0.0.0/0"],
    remoteTrafficSelectors: ["0.0.0.0/0"],
    peerIp: outsideAddress,
    sharedSecretHash: (r) => r.characters("hash", 27),
    tunnelId: (r) => r.digits("number", 19),
  },
  secrets: ["sharedSecret"],
  references: [
    toCompute("vpnGateway", haGateway, "vpnGateways", "region"),
    toCompute("peerGcpGateway", haGateway, "vpnGateways", "region"),
    toCompute("targetVpnGateway", classicGateway, "targetVpnGateways", "region"),
    toCompute("peerExternalGateway", externalGateway, "externalVpnGateways", "global"),
    toCompute("router", routerToken, "routers", "region"),
  ],
  admit: (r) => {
    const ownGateways = ["vpnGateway", "targetVpnGateway"].filter(
      (key) => r.given(key) !== undefined,
    );
    if (ownGateways.length !== 1) {
      return badRequest(
        "Invalid value for field 'resource': exactly one of vpnGateway and targetVpnGateway must be given",
      );
    }
    return r.given("vpnGateway") !== undefined && r.given("router") === undefined
      ? badRequest(
          "Invalid value for field 'resource.router': required for a tunnel of an HA VPN gateway",
        )
      : undefined;
  },
});

const routerRef = {
  at: "router",
  to: routerToken,
  key: (r: Resource, value: string) =>
    `projects/${r.account}/regions/${regionHere(r)}/routers/${value}`,
  cascades: true,
  missing: notFound("The resource 'routers/{value}' was not found"),
};

const routerInterface: TypeEntry = shaped({
  token: interfaceToken,
  form: "{project}/{region}/{router}/{name}",
  forceNew: [
    "interconnectAttachment",
    "ipRange",
    "privateIpAddress",
    "redundantInterface",
    "subnetwork",
    "vpnTunnel",
  ],
  id: (r) => `${r.account}/${regionHere(r)}/${r.text("router")}/${r.text("name")}`,
  outputs: { ipVersion: "IPV4", redundantInterface: "", ipRange: "" },
  keys: ["name"],
  references: [routerRef, toCompute("vpnTunnel", tunnelToken, "vpnTunnels", "region")],
  timeouts: { create: 240, delete: 240 },
});

const routerPeer: TypeEntry = shaped({
  token: "gcp:compute/routerPeer:RouterPeer",
  form: "projects/{project}/regions/{region}/routers/{router}/{name}",
  defaults: { advertiseMode: "DEFAULT", enable: true, enableIpv6: false },
  outputs: {
    advertisedGroups: [],
    advertisedIpRanges: [],
    enableIpv4: true,
    ipAddress: "",
    ipv4NexthopAddress: "",
    ipv6NexthopAddress: "",
    managementType: "MANAGED_BY_USER",
    peerIpAddress: "",
    peerIpv4NexthopAddress: "",
    peerIpv6NexthopAddress: "",
    routerApplianceInstance: "",
  },
  references: [
    routerRef,
    {
      at: "interface",
      to: interfaceToken,
      by: "name",
      holds: true,
      missing: badRequest(
        "Invalid value for field 'resource.bgpPeers.interfaceName': '{value}' does not exist",
      ),
    },
  ],
  // Private numbers of RFC 6996, or any public one (Cloud Router, "BGP sessions").
  admit: (r) =>
    r.number("peerAsn") > 0 && r.number("peerAsn") < 4_294_967_295
      ? undefined
      : badRequest(`Invalid value for field 'resource.bgpPeers.peerAsn': '${r.number("peerAsn")}'`),
});

/** The entries of VPNs. */
export const vpnTypes: readonly TypeEntry[] = [
  ha,
  classic,
  external,
  tunnel,
  routerInterface,
  routerPeer,
];
