/** What the types of Microsoft.Network share (Network REST API). */

import type { ServiceError } from "../../../types/type.ts";
import { armArea } from "./arm.ts";
import { etag, succeeded, systemData } from "./common.ts";
import type { NameRule } from "./names.ts";

const apiVersion = "2024-05-01";

/** Makes an entry of Microsoft.Network. */
export const network = armArea({
  module: "network",
  provider: "Microsoft.Network",
  apiVersion,
  outputs: { ...succeeded, ...etag },
});

/** Makes an entry of the network manager, whose types tell who made them. */
export const networkManagement = armArea({
  module: "network",
  provider: "Microsoft.Network",
  apiVersion,
  outputs: { ...succeeded, ...systemData, etag: (r) => `"${r.uuid(r.content())}"` },
});

/** Makes the deployments of the network manager: the package has them of a later version. */
export const networkDeployment = armArea({
  module: "network",
  provider: "Microsoft.Network",
  apiVersion: "2025-07-01",
  outputs: { ...systemData, etag: (r) => `"${r.uuid(r.content())}"` },
});

const badName: ServiceError = {
  code: "InvalidResourceName",
  says: "Resource name {value} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.",
};

/** The name rule of nearly all of Microsoft.Network: the service itself refuses. */
export function networkName(input: string, charactersMax = 80): NameRule {
  return { input, charactersMax, form: /^[A-Za-z0-9]([\w.-]*\w)?$/, refusal: badName };
}

/** Tokens that the entries of Microsoft.Network refer to. */
export const networkTokens = {
  network: "azure-native:network:VirtualNetwork",
  subnet: "azure-native:network:Subnet",
  securityGroup: "azure-native:network:NetworkSecurityGroup",
  securityRule: "azure-native:network:SecurityRule",
  applicationGroup: "azure-native:network:ApplicationSecurityGroup",
  routeTable: "azure-native:network:RouteTable",
  publicAddress: "azure-native:network:PublicIPAddress",
  publicPrefix: "azure-native:network:PublicIPPrefix",
  natGateway: "azure-native:network:NatGateway",
  networkInterface: "azure-native:network:NetworkInterface",
  loadBalancer: "azure-native:network:LoadBalancer",
  firewallPolicy: "azure-native:network:FirewallPolicy",
  wafPolicy: "azure-native:network:WebApplicationFirewallPolicy",
} as const;
