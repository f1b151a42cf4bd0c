/** What load balancers listen with: URL maps, proxies, forwarding rules and certificates (Compute Engine, Certificate Manager). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  fingerprint,
  labels,
  outsideAddress,
  selfLink,
  toCompute,
  toNetwork,
  toSubnet,
} from "./common.ts";
import { computeShaped, linked, shaped } from "./shaped.ts";

const services = [
  "gcp:compute/backendService:BackendService",
  "gcp:compute/backendBucket:BackendBucket",
  "gcp:compute/regionBackendService:RegionBackendService",
];
const maps = {
  global: "gcp:compute/uRLMap:URLMap",
  region: "gcp:compute/regionUrlMap:RegionUrlMap",
};
const certificates = [
  "gcp:compute/managedSslCertificate:ManagedSslCertificate",
  "gcp:compute/sSLCertificate:SSLCertificate",
];
const sslPolicyToken = "gcp:compute/sSLPolicy:SSLPolicy";
const mapToken = "gcp:certificatemanager/certificateMap:CertificateMap";
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
      required: ["urlMap"],
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
      required: ["urlMap"],
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
      labelFingerprint: fingerprint,
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

const managedCertificate: TypeEntry = computeShaped({
  token: certificates[0] ?? "",
  form: `${where.global}/sslCertificates/{name}`,
  defaults: { type: "MANAGED" },
  forceNew: ["description", "managed", "type"],
  outputs: {
    certificateId: (r) => Number(r.digits("number", 15)),
    expireTime: "",
    subjectAlternativeNames: [],
  },
  // One certificate holds at most 100 names (Load Balancing, "Google-managed certificates").
  admit: (r) =>
    r.list("managed.domains").length > domainsMax
      ? badRequest(
          `Invalid value for field 'resource.managed.domains': more than ${domainsMax} domains`,
        )
      : undefined,
  timeouts: { create: 1800, delete: 1800 },
});

const domainsMax = 100;

const ownCertificate: TypeEntry = computeShaped({
  token: certificates[1] ?? "",
  form: `${where.global}/sslCertificates/{name}`,
  required: ["certificate"],
  forceNew: ["certificate", "description", "namePrefix", "privateKey"],
  autoname: { property: "name", instead: "namePrefix", charactersMax: 63, lowerCase: true },
  outputs: { certificateId: (r) => Number(r.digits("number", 15)), expireTime: "" },
  secrets: ["certificate", "privateKey"],
  admit: (r) =>
    r.text("certificate").includes("-----BEGIN CERTIFICATE-----")
      ? undefined
      : badRequest(
          "Invalid value for field 'resource.certificate': the certificate is not in PEM form",
        ),
});

const sslPolicy: TypeEntry = computeShaped({
  token: sslPolicyToken,
  form: `${where.global}/sslPolicies/{name}`,
  defaults: { minTlsVersion: "TLS_1_0", profile: "COMPATIBLE" },
  forceNew: ["description"],
  outputs: {
    customFeatures: [],
    enabledFeatures: (r) => r.list("customFeatures"),
    fingerprint,
  },
  check: (r) =>
    (r.text("profile", "COMPATIBLE") === "CUSTOM") === r.list("customFeatures").length > 0
      ? []
      : [
          {
            property: "customFeatures",
            reason: "customFeatures must be set if and only if profile is CUSTOM",
          },
        ],
});

const certificateMap: TypeEntry = shaped({
  token: mapToken,
  form: "projects/{project}/locations/global/certificateMaps/{name}",
  planned: labels,
  outputs: {
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
    description: "",
    gclbTargets: [],
  },
});

const certificate: TypeEntry = shaped({
  token: "gcp:certificatemanager/certificate:Certificate",
  form: "projects/{project}/locations/{location}/certificates/{name}",
  defaults: { location: "global", scope: "DEFAULT" },
  forceNew: ["managed", "scope"],
  planned: labels,
  outputs: { sanDnsnames: (r) => r.list("managed.domains") },
  check: (r) =>
    (r.given("managed") === undefined) === (r.given("selfManaged") === undefined)
      ? [
          {
            property: "managed",
            reason: "exactly one of managed and self_managed must be specified",
          },
        ]
      : [],
  schemaVersion: 1,
});

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
  managedCertificate,
  ownCertificate,
  sslPolicy,
  certificateMap,
  certificate,
];
