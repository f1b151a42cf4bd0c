/** Services that programs use as they are: search, configuration, factories (their REST APIs). */

import { type ArmEntry, armArea, nested } from "./arm.ts";
import { hostName, invalid, nameOf, succeeded, systemData } from "./common.ts";

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
    eTag: (r) => r.characters(r.content(), 27),
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
    eTag: (r) => `"0x${r.hex(r.content(), 15).toUpperCase()}"`,
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
    etag: (r) => `"${r.uuid(r.content())}"`,
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
    etag: (r) => `"${r.uuid(r.content())}"`,
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
    eTag: (r) => `"${r.uuid(r.content())}"`,
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

const connections = armArea({ module: "web", provider: "Microsoft.Web", apiVersion: "2016-06-01" });

/** What a workflow speaks through to another service, under that service's managed API. */
const connection = connections("Connection", "connections", {
  name: { input: "connectionName", charactersMax: 80, form: /^[A-Za-z0-9_.()-]+$/ },
  location: "own",
  hidden: ["properties.parameterValues"],
  outputs: {
    ...nested("properties", {
      changedTime: (r) => r.createdAt,
      createdTime: (r) => r.createdAt,
      customParameterValues: {},
      statuses: [{ status: "Ready" }],
      testLinks: [],
    }),
    "properties.api.name": (r) => nameOf(r.text("properties.api.id", "")),
    "properties.api.type": "Microsoft.Web/locations/managedApis",
  },
  admit: (r) =>
    /\/managedApis\/[^/]+$/i.test(r.text("properties.api.id", ""))
      ? undefined
      : invalid("ApiReferenceMissing", "The connection's 'api.id' must name a managed API."),
});

/** The entries of services. */
export const serviceTypes: readonly ArmEntry[] = [
  store,
  keyValue,
  searchService,
  cognitiveAccount,
  cognitiveDeployment,
  factory,
  hub,
  automation,
  workflow,
  connection,
];
