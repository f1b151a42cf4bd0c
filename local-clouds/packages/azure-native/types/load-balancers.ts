/** Load balancers, application gateways and their firewall policies (Network REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, nested } from "./arm.ts";
import { eachOf, guid, invalid, refuseChange, textsIn, toResource } from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";

/** A list inside a resource, each item of which is a resource below it with an id of its own. */
function parts(path: string, type: string) {
  return {
    [path]: (r: Resource, given: Json): JsonObject[] =>
      eachOf(given, (item) => ({
        ...item,
        id: `${r.id}/${path}/${String(item["name"])}`,
        etag: `W/"${r.uuid(r.content())}"`,
        provisioningState: "Succeeded",
        type: `${type}/${path}`,
      })),
  };
}

function partsOf(type: string, paths: readonly string[]) {
  return Object.assign({}, ...paths.map((path) => parts(path, type))) as ReturnType<typeof parts>;
}

const balancerParts = [
  "frontendIPConfigurations",
  "backendAddressPools",
  "loadBalancingRules",
  "probes",
  "inboundNatRules",
  "inboundNatPools",
  "outboundRules",
];

/** References inside one resource must lead to a part that is there. */
function refuseLostParts(
  r: Resource,
  places: readonly string[],
  paths: readonly string[],
): ServiceError | undefined {
  const there = new Set(
    paths.flatMap((path) =>
      textsIn(r.every(`${path}[*].name`)).map((name) => `${path}/${name}`.toLowerCase()),
    ),
  );
  const lost = places
    .flatMap((place) => textsIn(r.every(place)))
    .filter((id) => id.toLowerCase().startsWith(`${r.id.toLowerCase()}/`))
    .find((id) => !there.has(id.slice(r.id.length + 1).toLowerCase()));
  return lost === undefined
    ? undefined
    : invalid(
        "InvalidResourceReference",
        `Resource ${lost} referenced by resource ${r.id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
      );
}

const loadBalancer = network("LoadBalancer", "loadBalancers", {
  name: networkName("loadBalancerName"),
  location: "fixed",
  outputs: {
    ...guid,
    ...nested("sku", { name: "Basic", tier: "Regional" }),
    ...Object.fromEntries(balancerParts.map((part) => [part, []])),
  },
  normalised: partsOf("Microsoft.Network/loadBalancers", balancerParts),
  references: [
    toResource("frontendIPConfigurations[*].publicIPAddress.id", networkTokens.publicAddress),
    toResource("frontendIPConfigurations[*].subnet.id", networkTokens.subnet),
  ],
  admit: (r) =>
    refuseChange(r, ["sku.name"], () =>
      invalid("LoadBalancerSkuUpdateNotAllowed", `Sku of load balancer ${r.id} cannot be changed.`),
    ) ??
    refuseLostParts(
      r,
      [
        "loadBalancingRules[*].frontendIPConfiguration.id",
        "loadBalancingRules[*].backendAddressPool.id",
        "loadBalancingRules[*].probe.id",
        "inboundNatRules[*].frontendIPConfiguration.id",
        "outboundRules[*].backendAddressPool.id",
      ],
      balancerParts,
    ),
  inUse: {
    code: "LoadBalancerInUse",
    says: "Load balancer {id} cannot be deleted because it is in use by {value}.",
  },
});

const pool = network("LoadBalancerBackendAddressPool", "loadBalancers/backendAddressPools", {
  name: networkName("backendAddressPoolName"),
  parents: [{ input: "loadBalancerName", token: networkTokens.loadBalancer }],
  outputs: { loadBalancerBackendAddresses: [], backendIPConfigurations: [] },
});

const natRule = network("InboundNatRule", "loadBalancers/inboundNatRules", {
  name: networkName("inboundNatRuleName"),
  parents: [{ input: "loadBalancerName", token: networkTokens.loadBalancer }],
  outputs: { enableFloatingIP: false, enableTcpReset: false, idleTimeoutInMinutes: 4 },
});

const gatewayParts = [
  "gatewayIPConfigurations",
  "frontendIPConfigurations",
  "frontendPorts",
  "backendAddressPools",
  "backendHttpSettingsCollection",
  "httpListeners",
  "probes",
  "redirectConfigurations",
  "requestRoutingRules",
  "rewriteRuleSets",
  "sslCertificates",
  "urlPathMaps",
];

const applicationGateway = network("ApplicationGateway", "applicationGateways", {
  name: networkName("applicationGatewayName"),
  location: "fixed",
  acts: true,
  outputs: {
    ...guid,
    ...Object.fromEntries(gatewayParts.map((part) => [part, []])),
    enableHttp2: false,
    operationalState: "Running",
    privateEndpointConnections: [],
    "sku.family": "Generation_1",
  },
  normalised: partsOf("Microsoft.Network/applicationGateways", gatewayParts),
  references: [
    toResource("gatewayIPConfigurations[*].subnet.id", networkTokens.subnet),
    toResource("frontendIPConfigurations[*].subnet.id", networkTokens.subnet),
    toResource("frontendIPConfigurations[*].publicIPAddress.id", networkTokens.publicAddress),
    toResource("firewallPolicy.id", networkTokens.wafPolicy),
  ],
  admit: (r) => refuseGateway(r) ?? refuseLostParts(r, gatewayPlaces, gatewayParts),
});

const gatewayPlaces = [
  "httpListeners[*].frontendIPConfiguration.id",
  "httpListeners[*].frontendPort.id",
  "httpListeners[*].sslCertificate.id",
  "requestRoutingRules[*].httpListener.id",
  "requestRoutingRules[*].backendAddressPool.id",
  "requestRoutingRules[*].backendHttpSettings.id",
  "backendHttpSettingsCollection[*].probe.id",
];

function refuseGateway(r: Resource): ServiceError | undefined {
  const needed = [
    "gatewayIPConfigurations",
    "frontendIPConfigurations",
    "httpListeners",
    "requestRoutingRules",
  ];
  const absent = needed.find((part) => r.list(part).length === 0);
  if (absent !== undefined) {
    return invalid(
      "ApplicationGatewayMustHaveAtLeastOneSubResource",
      `Application gateway ${r.id} must have at least one ${absent}.`,
    );
  }
  const priorities = r.every("requestRoutingRules[*].priority");
  return new Set(priorities).size === priorities.length
    ? undefined
    : invalid(
        "ApplicationGatewayRequestRoutingRulePriorityNotUnique",
        `Request routing rules of ${r.id} must have different priorities.`,
      );
}

const wafPolicy = network(
  "WebApplicationFirewallPolicy",
  "applicationGatewayWebApplicationFirewallPolicies",
  {
    name: { input: "policyName", charactersMax: 128 },
    location: "fixed",
    outputs: {
      customRules: [],
      ...nested("policySettings", {
        fileUploadLimitInMb: 100,
        maxRequestBodySizeInKb: 128,
        mode: "Detection",
        requestBodyCheck: true,
        state: "Disabled",
      }),
      resourceState: "Enabled",
    },
    admit: (r) => {
      const priorities = r.every("customRules[*].priority");
      return new Set(priorities).size === priorities.length
        ? undefined
        : invalid(
            "ApplicationGatewayFirewallCustomRulePriorityNotUnique",
            `Custom rules of ${r.id} must have different priorities.`,
          );
    },
    inUse: {
      code: "ApplicationGatewayFirewallPolicyInUse",
      says: "Web application firewall policy {id} cannot be deleted because it is in use by {value}.",
    },
  },
);

/** The entries of load balancing. */
export const loadBalancerTypes: readonly ArmEntry[] = [
  loadBalancer,
  pool,
  natRule,
  applicationGateway,
  wafPolicy,
];
