/** Gateways for APIs (API Management REST API). */

import type { Resource } from "../../../types/resource.ts";
import { type ArmEntry, armArea } from "./arm.ts";
import {
  hostName,
  invalid,
  member,
  succeeded,
  systemData,
  toLinked,
  toResource,
} from "./common.ts";
import { networkTokens } from "./network-area.ts";

const apis = armArea({
  module: "apimanagement",
  provider: "Microsoft.ApiManagement",
  apiVersion: "2024-05-01",
});

const gatewayToken = "azure-native:apimanagement:ApiManagementService";
const inGateway = { input: "serviceName", token: gatewayToken };

const gateway = apis("ApiManagementService", "service", {
  name: {
    input: "serviceName",
    charactersMax: 50,
    form: /^[a-zA-Z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  },
  location: "own",
  acts: true,
  ...hostName("ServiceAlreadyExists", "Api service already exists: {value}"),
  check: (r) =>
    member(r, "sku.name", [
      "Developer",
      "Standard",
      "Premium",
      "Basic",
      "Consumption",
      "Isolated",
      "BasicV2",
      "StandardV2",
    ]),
  outputs: {
    ...succeeded,
    ...systemData,
    createdAtUtc: (r) => r.createdAt,
    developerPortalUrl: (r) => host(r, "developer."),
    disableGateway: false,
    etag: (r) => Buffer.from(r.hex(r.content(), 8)).toString("base64"),
    gatewayRegionalUrl: (r) =>
      `https://${r.text("serviceName")}-${r.region}-01.regional.azure-api.net`,
    gatewayUrl: (r) => host(r, ""),
    managementApiUrl: (r) => host(r, "management."),
    natGatewayState: "Disabled",
    notificationSenderEmail: "apimgmt-noreply@mail.windowsazure.com",
    platformVersion: "stv2.1",
    portalUrl: (r) => host(r, "portal."),
    publicIPAddresses: ["203.0.113.90"],
    publicNetworkAccess: "Enabled",
    scmUrl: (r) => host(r, "scm."),
    targetProvisioningState: "",
    virtualNetworkType: "None",
  },
  references: [
    toResource("virtualNetworkConfiguration.subnetResourceId", networkTokens.subnet),
    toLinked("publicIpAddressId", networkTokens.publicAddress),
  ],
  admit: (r) =>
    r.text("virtualNetworkType", "None") !== "None" &&
    r.given("virtualNetworkConfiguration.subnetResourceId") === undefined
      ? invalid("InvalidParameters", "A gateway in a virtual network needs a subnet.")
      : undefined,
});

function host(r: Resource, part: string): string {
  return `https://${r.text("serviceName")}.${part}azure-api.net`;
}

const api = apis("Api", "service/apis", {
  name: { input: "apiId", charactersMax: 256, form: /^[^*#&+:<>?]+$/ },
  parents: [inGateway],
  hidden: ["format", "value", "sourceApiId", "wsdlSelector"],
  outputs: {
    ...succeeded,
    apiRevision: "1",
    isCurrent: true,
    isOnline: true,
    protocols: ["https"],
    subscriptionKeyParameterNames: {
      header: "Ocp-Apim-Subscription-Key",
      query: "subscription-key",
    },
    subscriptionRequired: true,
  },
  admit: (r) => {
    const owner = r.target("serviceName")?.id ?? "";
    const twin = r
      .all(r.token)
      .find(
        ({ id, properties }) =>
          id !== r.id && id.startsWith(`${owner}/`) && properties["path"] === r.text("path"),
      );
    return twin === undefined
      ? undefined
      : invalid(
          "ValidationError",
          `Cannot create API '${r.text("apiId")}' with the same Path '${r.text("path")}' as ${twin.id}.`,
        );
  },
});

const product = apis("Product", "service/products", {
  name: { input: "productId", charactersMax: 256 },
  parents: [inGateway],
  outputs: { approvalRequired: false, state: "notPublished", subscriptionRequired: true },
});

const backend = apis("Backend", "service/backends", {
  name: { input: "backendId", charactersMax: 80 },
  parents: [inGateway],
  hidden: ["credentials.authorization.parameter"],
  outputs: { type: "Single" },
});

/** The entries of API Management. */
export const apiManagementTypes: readonly ArmEntry[] = [gateway, api, product, backend];
