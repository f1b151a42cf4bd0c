/** Registries, container groups and Container Apps (their REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import {
  eachOf,
  hostName,
  invalid,
  member,
  succeeded,
  systemData,
  toLinked,
  toResource,
} from "./common.ts";
import { networkTokens } from "./network-area.ts";

const registries = armArea({
  module: "containerregistry",
  provider: "Microsoft.ContainerRegistry",
  apiVersion: "2023-01-01-preview",
  outputs: { ...succeeded, ...systemData },
});
const scopeMaps = armArea({
  module: "containerregistry",
  provider: "Microsoft.ContainerRegistry",
  apiVersion: "2024-11-01-preview",
  outputs: { ...succeeded, ...systemData },
});
const instances = armArea({
  module: "containerinstance",
  provider: "Microsoft.ContainerInstance",
  apiVersion: "2024-05-01-preview",
  outputs: { ...succeeded },
});
const apps = armArea({
  module: "app",
  provider: "Microsoft.App",
  apiVersion: "2025-02-02-preview",
  outputs: { ...succeeded, ...systemData },
});

const environmentToken = "azure-native:app:ManagedEnvironment";
const registryToken = "azure-native:containerregistry:Registry";

const registry = registries("Registry", "registries", {
  name: { input: "registryName", charactersMin: 5, charactersMax: 50, form: /^[a-zA-Z0-9]*$/ },
  location: "own",
  acts: true,
  ...hostName(
    "AlreadyInUse",
    "The registry DNS name {value}.azurecr.io is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability",
  ),
  check: (r) => member(r, "sku.name", ["Classic", "Basic", "Standard", "Premium"]),
  outputs: {
    "sku.tier": (r) => r.text("sku.name"),
    adminUserEnabled: false,
    anonymousPullEnabled: false,
    creationDate: (r) => r.createdAt,
    dataEndpointEnabled: false,
    dataEndpointHostNames: [],
    ...nested("encryption", { status: "disabled" }),
    loginServer: (r) => `${r.text("registryName").toLowerCase()}.azurecr.io`,
    networkRuleBypassOptions: "AzureServices",
    policies: {
      azureADAuthenticationAsArmPolicy: { status: "enabled" },
      exportPolicy: { status: "enabled" },
      quarantinePolicy: { status: "disabled" },
      retentionPolicy: { days: 7, status: "disabled" },
      trustPolicy: { status: "disabled", type: "Notary" },
    },
    privateEndpointConnections: [],
    publicNetworkAccess: "Enabled",
    zoneRedundancy: "Disabled",
  },
  admit: refuseTier,
});

const premium = ["networkRuleSet", "encryption.keyVaultProperties", "policies.retentionPolicy"];

/** What only Premium has ("Azure Container Registry SKU features and limits"). */
function refuseTier(r: Resource): ServiceError | undefined {
  if (r.text("sku.name") === "Premium") return undefined;
  const asked = premium.find((path) => r.given(path) !== undefined);
  const closed =
    r.text("publicNetworkAccess", "Enabled") === "Disabled" ? "publicNetworkAccess" : undefined;
  const what = asked ?? closed;
  return what === undefined
    ? undefined
    : invalid(
        "InvalidSku",
        `The property ${what} is only supported for managed registries in Premium SKU.`,
      );
}

const webhook = scopeMaps("Webhook", "registries/webhooks", {
  name: { input: "webhookName", charactersMin: 5, charactersMax: 50, form: /^[a-zA-Z0-9]*$/ },
  parents: [{ input: "registryName", token: registryToken }],
  location: "own",
  hidden: ["serviceUri", "customHeaders"],
  outputs: { status: "enabled", scope: "" },
});

const scopeMap = scopeMaps("ScopeMap", "registries/scopeMaps", {
  name: { input: "scopeMapName", charactersMin: 5, charactersMax: 50 },
  parents: [{ input: "registryName", token: registryToken }],
  outputs: { creationDate: (r) => r.createdAt },
});

const group = instances("ContainerGroup", "containerGroups", {
  name: { input: "containerGroupName", charactersMax: 63, form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/ },
  location: "own",
  acts: true,
  // Optional in the SDK, where the service answers InvalidOsType.
  required: ["osType"],
  check: (r) => member(r, "osType", ["Linux", "Windows"]),
  hidden: ["imageRegistryCredentials[*].password"],
  outputs: {
    restartPolicy: "Always",
    sku: "Standard",
    isCreatedFromStandbyPool: false,
    instanceView: { events: [], state: "Running" },
    "ipAddress.ip": (r) => `203.0.113.${(Number.parseInt(r.hex("ip", 4), 16) % 254) + 1}`,
    "ipAddress.fqdn": (r) =>
      r.given("ipAddress.dnsNameLabel") === undefined
        ? undefined
        : `${r.text("ipAddress.dnsNameLabel")}.${r.region}.azurecontainer.io`,
  },
  normalised: {
    containers: (_r, given) =>
      eachOf(given, (one) => ({
        environmentVariables: [],
        ports: [],
        instanceView: { restartCount: 0 },
        ...one,
      })),
  },
  references: [toResource("subnetIds[*].id", networkTokens.subnet)],
});

const environment = apps("ManagedEnvironment", "managedEnvironments", {
  name: { input: "environmentName", charactersMin: 2, charactersMax: 60 },
  location: "own",
  acts: true,
  hidden: ["appLogsConfiguration.logAnalyticsConfiguration.sharedKey", "daprAIConnectionString"],
  outputs: {
    defaultDomain: domain,
    eventStreamEndpoint: (r) =>
      `https://${r.region}.azurecontainerapps.dev/subscriptions/${r.account}/eventstream`,
    infrastructureResourceGroup: (r) =>
      `ME_${r.text("environmentName")}_${r.text("resourceGroupName")}_${r.region}`,
    kedaConfiguration: {},
    daprConfiguration: {},
    privateEndpointConnections: [],
    publicNetworkAccess: (r) => (r.flag("vnetConfiguration.internal") ? "Disabled" : "Enabled"),
    staticIp: (r) => (r.flag("vnetConfiguration.internal") ? "10.0.0.62" : "203.0.113.62"),
    workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
    zoneRedundant: false,
  },
  references: [toResource("vnetConfiguration.infrastructureSubnetId", networkTokens.subnet)],
  inUse: {
    code: "ManagedEnvironmentHasContainerApps",
    says: "The managed environment '{leaf}' cannot be deleted because it has container apps: {value}.",
  },
});

function domain(r: Resource): string {
  return `${["calm", "brave", "wise", "blue"][Number.parseInt(r.hex("word", 1), 16) % 4] ?? "calm"}sea-${r.hex("domain", 8)}.${r.region}.azurecontainerapps.io`;
}

const appName = { charactersMin: 2, charactersMax: 32, form: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ };

const toEnvironment = [
  { ...toLinked("environmentId", environmentToken), holds: true },
  { ...toLinked("managedEnvironmentId", environmentToken), holds: true },
];

const app = apps("ContainerApp", "containerApps", {
  name: {
    ...appName,
    input: "containerAppName",
    refusal: {
      code: "ContainerAppInvalidName",
      says: "Invalid ContainerApp name '{value}'. A name must consist of lower case alphanumeric characters or '-', start with a letter, end with an alphanumeric character and have 2 to 32 characters.",
    },
  },
  location: "own",
  acts: true,
  hidden: ["configuration.secrets[*].value"],
  outputs: {
    customDomainVerificationId: (r) => r.hex("verification", 64).toUpperCase(),
    eventStreamEndpoint: (r) => `https://${r.region}.azurecontainerapps.dev${r.id}/eventstream`,
    latestRevisionName: revision,
    latestReadyRevisionName: revision,
    latestRevisionFqdn: (r) => hostOf(r, revision(r)),
    "configuration.ingress.fqdn": (r) => hostOf(r, r.text("containerAppName")),
    "configuration.activeRevisionsMode": "Single",
    outboundIpAddresses: ["203.0.113.70"],
    runningStatus: "Running",
    workloadProfileName: "Consumption",
  },
  references: toEnvironment,
  admit: refuseApp,
});

function revision(r: Resource): string {
  return `${r.text("containerAppName")}--${r.hex("revision", 7)}`;
}

function hostOf(r: Resource, label: string): string | undefined {
  if (r.given("configuration.ingress") === undefined) return undefined;
  const found = r.target("environmentId") ?? r.target("managedEnvironmentId");
  const inner = r.flag("configuration.ingress.external") ? "" : "internal.";
  return `${label}.${inner}${String(found?.properties["defaultDomain"])}`;
}

function refuseApp(r: Resource): ServiceError | undefined {
  const named = new Set(r.every("configuration.secrets[*].name"));
  const asked = [
    ...r.every("template.containers[*].env[*].secretRef"),
    ...r.every("configuration.registries[*].passwordSecretRef"),
  ].filter((name) => name !== "");
  const lost = asked.find((name) => !named.has(name));
  if (lost !== undefined) {
    return invalid(
      "ContainerAppSecretRefNotFound",
      `SecretRef '${String(lost)}' defined for container is not found.`,
    );
  }
  return r.target("environmentId") === undefined && r.target("managedEnvironmentId") === undefined
    ? invalid(
        "InvalidParameterValueInContainerTemplate",
        "A container app needs a managed environment.",
      )
    : undefined;
}

const job = apps("Job", "jobs", {
  name: { ...appName, input: "jobName" },
  location: "own",
  acts: true,
  hidden: ["configuration.secrets[*].value"],
  outputs: {
    eventStreamEndpoint: (r) => `https://${r.region}.azurecontainerapps.dev${r.id}/eventstream`,
    outboundIpAddresses: ["203.0.113.70"],
    runningState: "Ready",
    workloadProfileName: "Consumption",
  },
  references: toEnvironment.slice(0, 1),
});

/** The entries of containers. */
export const containerTypes: readonly ArmEntry[] = [
  registry,
  webhook,
  scopeMap,
  group,
  environment,
  app,
  job,
];
