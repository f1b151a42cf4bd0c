/** Services that programs use as they are: gateways for APIs, search, configuration, factories (their REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
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
const configuration = armArea({
  module: "appconfiguration",
  provider: "Microsoft.AppConfiguration",
  apiVersion: "2024-05-01",
});
const search = armArea({
  module: "search",
  provider: "Microsoft.Search",
  apiVersion: "2025-05-01",
});
const cognitive = armArea({
  module: "cognitiveservices",
  provider: "Microsoft.CognitiveServices",
  apiVersion: "2025-06-01",
});
const factories = armArea({
  module: "datafactory",
  provider: "Microsoft.DataFactory",
  apiVersion: "2018-06-01",
});
const signalR = armArea({
  module: "signalrservice",
  provider: "Microsoft.SignalRService",
  apiVersion: "2024-03-01",
});
const automations = armArea({
  module: "automation",
  provider: "Microsoft.Automation",
  apiVersion: "2024-10-23",
});
const logic = armArea({ module: "logic", provider: "Microsoft.Logic", apiVersion: "2019-05-01" });

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
    etag: (r) => Buffer.from(r.hex("etag", 8)).toString("base64"),
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

const store = configuration("ConfigurationStore", "configurationStores", {
  name: { input: "configStoreName", charactersMin: 5, charactersMax: 50, form: /^[a-zA-Z0-9_-]*$/ },
  location: "own",
  acts: true,
  ...hostName("NameUnavailable", "The specified name is already in use: {value}."),
  hidden: ["createMode"],
  outputs: {
    ...succeeded,
    ...systemData,
    creationDate: (r) => r.createdAt,
    ...nested("dataPlaneProxy", { authenticationMode: "Local", privateLinkDelegation: "Disabled" }),
    disableLocalAuth: false,
    enablePurgeProtection: false,
    endpoint: (r) => `https://${r.text("configStoreName")}.azconfig.io`,
    privateEndpointConnections: [],
    softDeleteRetentionInDays: 7,
    tags: {},
  },
});

const keyValue = configuration("KeyValue", "configurationStores/keyValues", {
  name: { input: "keyValueName" },
  parents: [
    { input: "configStoreName", token: "azure-native:appconfiguration:ConfigurationStore" },
  ],
  outputs: {
    eTag: (r) => r.characters("etag", 27),
    key: (r) => r.text("keyValueName").split("$")[0],
    label: (r) => r.text("keyValueName").split("$")[1],
    lastModified: (r) => r.createdAt,
    locked: false,
  },
});

const searchService = search("Service", "searchServices", {
  name: {
    input: "searchServiceName",
    charactersMin: 2,
    charactersMax: 60,
    form: /^(?=.{2,60}$)[a-z0-9][a-z0-9]+(-[a-z0-9]+)*$/,
  },
  location: "own",
  acts: true,
  ...hostName("ServiceNameUnavailable", "Search service name {value} is already in use."),
  forceNew: ["sku.name", "hostingMode"],
  outputs: {
    ...succeeded,
    ...systemData,
    disableLocalAuth: false,
    eTag: (r) => `"0x${r.hex("etag", 15).toUpperCase()}"`,
    ...nested("encryptionWithCmk", {
      encryptionComplianceStatus: "Compliant",
      enforcement: "Unspecified",
    }),
    endpoint: (r) => `https://${r.text("searchServiceName")}.search.windows.net`,
    hostingMode: "Default",
    networkRuleSet: { bypass: "None", ipRules: [] },
    partitionCount: 1,
    privateEndpointConnections: [],
    publicNetworkAccess: "Enabled",
    replicaCount: 1,
    semanticSearch: "disabled",
    sharedPrivateLinkResources: [],
    status: "running",
    statusDetails: "",
    upgradeAvailable: "notAvailable",
  },
});

const cognitiveAccount = cognitive("Account", "accounts", {
  name: {
    input: "accountName",
    charactersMin: 2,
    charactersMax: 64,
    form: /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
  },
  location: "own",
  acts: true,
  forceNew: ["kind"],
  outputs: {
    ...systemData,
    etag: (r) => `"${r.uuid("etag")}"`,
    ...nested("properties", {
      dateCreated: (r) => r.createdAt,
      disableLocalAuth: false,
      endpoint: (r) =>
        r.given("properties.customSubDomainName") === undefined
          ? `https://${r.region}.api.cognitive.microsoft.com/`
          : `https://${r.text("properties.customSubDomainName")}.cognitiveservices.azure.com/`,
      isMigrated: false,
      privateEndpointConnections: [],
      provisioningState: "Succeeded",
      publicNetworkAccess: "Enabled",
    }),
  },
  admit: (r) =>
    r.given("kind") === undefined || r.given("sku") === undefined
      ? invalid("InvalidApiSetId", "The account type is invalid: kind and sku are required.")
      : undefined,
});

const cognitiveDeployment = cognitive("Deployment", "accounts/deployments", {
  name: { input: "deploymentName", charactersMin: 2, charactersMax: 64 },
  parents: [{ input: "accountName", token: "azure-native:cognitiveservices:Account" }],
  outputs: {
    ...systemData,
    etag: (r) => `"${r.uuid("etag")}"`,
    "properties.provisioningState": "Succeeded",
    "properties.versionUpgradeOption": "OnceNewDefaultVersionAvailable",
    ...nested("sku", { name: "Standard", capacity: 1 }),
  },
});

const factory = factories("Factory", "factories", {
  name: {
    input: "factoryName",
    charactersMin: 3,
    charactersMax: 63,
    form: /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/,
  },
  location: "own",
  acts: true,
  ...hostName("DataFactoryNameInUse", "The name {value} is already used for another data factory."),
  outputs: {
    ...succeeded,
    createTime: (r) => r.createdAt,
    eTag: (r) => `"${r.uuid("etag")}"`,
    publicNetworkAccess: "Enabled",
    version: "2018-06-01",
  },
});

const hub = signalR("SignalR", "signalR", {
  name: {
    input: "resourceName",
    charactersMin: 3,
    charactersMax: 63,
    form: /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/,
  },
  location: "own",
  acts: true,
  ...hostName("NameAlreadyExists", "The name {value} is already taken."),
  outputs: {
    ...succeeded,
    ...systemData,
    disableAadAuth: false,
    disableLocalAuth: false,
    externalIP: "203.0.113.91",
    hostName: (r) => `${r.text("resourceName").toLowerCase()}.service.signalr.net`,
    hostNamePrefix: (r) => r.text("resourceName").toLowerCase(),
    kind: "SignalR",
    privateEndpointConnections: [],
    publicNetworkAccess: "Enabled",
    publicPort: 443,
    serverPort: 443,
    sharedPrivateLinkResources: [],
    ...nested("sku", { capacity: 1, name: "Standard_S1", size: "S1", tier: "Standard" }),
    version: "1.0",
  },
});

const automation = automations("AutomationAccount", "automationAccounts", {
  name: {
    input: "automationAccountName",
    charactersMin: 6,
    charactersMax: 50,
    form: /^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/,
  },
  location: "own",
  acts: true,
  hidden: ["name"],
  outputs: {
    ...systemData,
    creationTime: (r) => r.createdAt,
    disableLocalAuth: false,
    lastModifiedTime: (r) => r.createdAt,
    publicNetworkAccess: true,
    state: "Ok",
  },
  admit: (r) =>
    r.given("sku") === undefined
      ? invalid("BadRequest", "The sku of the account is required.")
      : undefined,
});

const workflow = logic("Workflow", "workflows", {
  name: { input: "workflowName", charactersMax: 80, form: /^[A-Za-z0-9_.()-]+$/ },
  location: "own",
  acts: true,
  outputs: {
    ...succeeded,
    accessEndpoint: (r) =>
      `https://prod-00.${r.region}.logic.azure.com:443/workflows/${r.hex("workflow", 32)}`,
    changedTime: (r) => r.createdAt,
    createdTime: (r) => r.createdAt,
    state: "Enabled",
    version: (r) => r.digits("version", 20),
  },
});

/** The entries of services. */
export const serviceTypes: readonly ArmEntry[] = [
  gateway,
  api,
  product,
  backend,
  store,
  keyValue,
  searchService,
  cognitiveAccount,
  cognitiveDeployment,
  factory,
  hub,
  automation,
  workflow,
];
