/** What load balancers listen with: URL maps, proxies and forwarding rules (Compute Engine API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { certificates, mapToken, sslPolicyToken } from "./certificates.ts";
import {
  absent,
  badRequest,
  fingerprint,
  fingerprintOf,
  labels,
  outsideAddress,
  selfLink,
  toCompute,
  toNetwork,
  toSubnet,
} from "./common.ts";
import { computeShaped, linked } from "./shaped.ts";

const services = [
  "gcp:compute/backendService:BackendService",
  "gcp:compute/backendBucket:BackendBucket",
  "gcp:compute/regionBackendService:RegionBackendService",
];

const maps = {
  global: "gcp:compute/uRLMap:URLMap",
  region: "gcp:compute/regionUrlMap:RegionUrlMap",
};

const proxies = [
  "gcp:compute/targetHttpProxy:TargetHttpProxy",
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
  "gcp:compute/targetTCPProxy:TargetTCPProxy",
  "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy",
  "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
];

const where = {
  global: "projects/{project}/global",
  region: "projects/{project}/regions/{region}",
} as const;

type Side = keyof typeof where;

function urlMap(side: Side): TypeEntry {
  return computeShaped({
    token: maps[side],
    form: `${where[side]}/urlMaps/{name}`,
    // A map answers everything: by a service or by a redirect.
    check: (r) =>
      ["defaultService", "defaultUrlRedirect", "defaultRouteAction"].some(
        (key) => r.given(key) !== undefined,
      )
        ? []
        : [
            {
              property: "defaultService",
              reason: "one of `default_service,default_url_redirect` must be specified",
            },
          ],
    outputs: {
      fingerprint,
      mapId: (r) => Number(r.digits("number", 15)),
      ...absent("defaultUrlRedirect"),
    },
    references: [
      toCompute("defaultService", services, "backendServices", side),
      toCompute("pathMatchers[*].defaultService", services, "backendServices", side),
      toCompute("pathMatchers[*].pathRules[*].service", services, "backendServices", side),
    ],
    schemaVersion: 1,
  });
}

function proxy(token: string, form: string, more: Partial<TypeEntry>): TypeEntry {
  return computeShaped({
    ...more,
    token,
    form,
    forceNew: ["description", ...(more.forceNew ?? [])],
    outputs: { proxyId: (r: Resource) => Number(r.digits("number", 15)), ...more.outputs },
  });
}

function httpProxy(side: Side): TypeEntry {
  return proxy(
    side === "global" ? (proxies[0] ?? "") : (proxies[3] ?? ""),
    `${where[side]}/targetHttpProxies/{name}`,
    {
      outputs: side === "global" ? { fingerprint, proxyBind: false } : {},
      references: [toCompute("urlMap", maps[side], "urlMaps", side)],
    },
  );
}

function httpsProxy(side: Side): TypeEntry {
  return proxy(
    side === "global" ? (proxies[1] ?? "") : (proxies[4] ?? ""),
    `${where[side]}/targetHttpsProxies/{name}`,
    {
      ...(side === "global" ? { defaults: { quicOverride: "NONE" } } : {}),
      outputs: side === "global" ? { fingerprint, proxyBind: false } : {},
      references: [
        toCompute("urlMap", maps[side], "urlMaps", side),
        toCompute("sslCertificates[*]", certificates, "sslCertificates", side),
        toCompute("sslPolicy", sslPolicyToken, "sslPolicies", "global"),
        ...(side === "global" ? [certificateMapRef] : []),
      ],
      admit: withoutCertificate,
    },
  );
}

const certificateMapRef: Reference = {
  at: "certificateMap",
  to: mapToken,
  holds: true,
  within: "world",
  missing: badRequest(
    "Invalid value for field 'resource.certificateMap': '{value}' does not exist",
  ),
};

function withoutCertificate(r: Resource): ServiceError | undefined {
  const any =
    r.list("sslCertificates").length > 0 ||
    r.list("certificateManagerCertificates").length > 0 ||
    r.given("certificateMap") !== undefined;
  return any
    ? undefined
    : badRequest(
        "Invalid value for field 'resource.sslCertificates': At least one SSL certificate must be specified.",
      );
}

const tcpProxy: TypeEntry = proxy(proxies[2] ?? "", `${where.global}/targetTcpProxies/{name}`, {
  defaults: { proxyHeader: "NONE" },
  outputs: { proxyBind: false },
  references: [toCompute("backendService", services[0] ?? "", "backendServices", "global")],
});

const addresses: Readonly<Record<Side, string>> = {
  global: "gcp:compute/globalAddress:GlobalAddress",
  region: "gcp:compute/address:Address",
};

function forwardingRule(token: string, side: Side): TypeEntry {
  const entry = side === "global" ? linked : computeShaped;
  return entry({
    token,
    form: `${where[side]}/forwardingRules/{name}`,
    required: side === "global" ? ["target"] : [],
    defaults: { loadBalancingScheme: "EXTERNAL" },
    forceNew: [
      "description",
      "ipAddress",
      "ipProtocol",
      "ipVersion",
      "loadBalancingScheme",
      "network",
      "portRange",
      "subnetwork",
    ],
    planned: labels,
    normalised: { portRange: (_, given) => rangeOf(String(given)) },
    outputs: {
      baseForwardingRule: "",
      forwardingRuleId: (r) => Number(r.digits("number", 15)),
      ipAddress: outsideAddress,
      ipProtocol: "TCP",
      labelFingerprint: fingerprintOf("labels"),
      network: (r) =>
        r.text("loadBalancingScheme").startsWith("INTERNAL")
          ? selfLink(`projects/${r.account}/global/networks/default`)
          : "",
      networkTier: "PREMIUM",
      pscConnectionId: "",
      pscConnectionStatus: "",
      sourceIpRanges: [],
      ...(side === "region" ? { serviceName: "" } : {}),
    },
    keys: ["ipAddress"],
    references: [
      {
        ...toCompute(
          "target",
          [
            ...proxies,
            "gcp:compute/vPNGateway:VPNGateway",
            "gcp:compute/serviceAttachment:ServiceAttachment",
          ],
          "targetHttpProxies",
          side,
        ),
        // Google's own services are targets by name (Private Service Connect).
        unless: (value) => ["all-apis", "vpc-sc"].includes(value),
      },
      ...(side === "region"
        ? [toCompute("backendService", services, "backendServices", side)]
        : []),
      {
        ...toCompute("ipAddress", addresses[side], "addresses", side),
        by: ["id", "address"],
        unless: (value) => /^[\d.:a-f/]+$/.test(value),
      },
      toNetwork("network"),
      toSubnet("subnetwork"),
    ],
    admit: refuseRule,
  });
}

function rangeOf(ports: string): string {
  return ports.includes("-") ? ports : `${ports}-${ports}`;
}

/** Rules for one address and port exclude each other (Compute API, `IP address is in use`). */
function refuseRule(r: Resource): ServiceError | undefined {
  const address = r.text("ipAddress", "");
  if (address === "" || r.before !== undefined) return undefined;
  const known = r
    .all(r.token)
    .find(
      ({ properties }) =>
        properties["ipAddress"] === address &&
        properties["portRange"] === rangeOf(r.text("portRange", "")),
    );
  return known === undefined
    ? undefined
    : {
        code: "400",
        says: `Invalid value for field 'resource.IPAddress': '${address}'. Specified IP address is in-use and would result in a conflict., invalid`,
      };
}

/** The entries of listeners. */
export const frontendTypes: readonly TypeEntry[] = [
  urlMap("global"),
  urlMap("region"),
  httpProxy("global"),
  httpProxy("region"),
  httpsProxy("global"),
  httpsProxy("region"),
  tcpProxy,
  forwardingRule("gcp:compute/globalForwardingRule:GlobalForwardingRule", "global"),
  forwardingRule("gcp:compute/forwardingRule:ForwardingRule", "region"),
];
