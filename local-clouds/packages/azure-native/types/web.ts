/** App Service: plans, sites, slots and their settings (App Service REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, armArea, nested } from "./arm.ts";
import { hostName, invalid, succeeded, toLinked, toResource } from "./common.ts";
import { networkTokens } from "./network-area.ts";
import { shownRegion } from "./regions.ts";
import { hostOutputs, siteConfig, siteOutputs } from "./site-outputs.ts";

const web = armArea({ module: "web", provider: "Microsoft.Web", apiVersion: "2025-05-01" });

/** The settings of logins speak an older version. */
const webLogins = armArea({ module: "web", provider: "Microsoft.Web", apiVersion: "2021-02-01" });

const planToken = "azure-native:web:AppServicePlan";
const siteToken = "azure-native:web:WebApp";

const inSite = { input: "name", token: siteToken };

/** App Service alone shows regions as people read them (recorded exchanges). */
const location = { location: (_r: Resource, given: Json) => shownRegion(String(given)) };

const plan = web("AppServicePlan", "serverfarms", {
  name: { input: "name", charactersMax: 60, form: /^[\w-]+$/ },
  location: "own",
  outputs: {
    ...succeeded,
    elasticScaleEnabled: false,
    geoRegion: (r) => shownRegion(r.region),
    hyperV: false,
    isSpot: false,
    isXenon: false,
    kind: "app",
    maximumElasticWorkerCount: 1,
    maximumNumberOfWorkers: 10,
    numberOfSites: 0,
    numberOfWorkers: 1,
    perSiteScaling: false,
    reserved: false,
    resourceGroup: (r) => r.text("resourceGroupName"),
    ...nested("sku", {
      name: "F1",
      capacity: 1,
      family: (r) => r.text("sku.name", "F1").replace(/\d+(v\d+)?$/, "$1"),
      size: (r) => r.text("sku.name", "F1"),
      tier: (r) => tierOf(r.text("sku.name", "F1")),
    }),
    status: "Ready",
    subscription: (r) => r.account,
    targetWorkerCount: 0,
    targetWorkerSizeId: 0,
    zoneRedundant: false,
  },
  normalised: location,
  admit: (r) =>
    isLinux(r) && !r.flag("reserved")
      ? invalid(
          "BadRequest",
          `The parameter 'reserved' of plan ${r.id} must be true for kind '${r.text("kind")}'.`,
        )
      : undefined,
  inUse: {
    code: "Conflict",
    says: "Server farm '{leaf}' cannot be deleted because it has web app(s) {value} assigned to it.",
  },
});

function isLinux(r: Resource): boolean {
  return r.text("kind", "").toLowerCase() === "linux";
}

const tiers: Readonly<Record<string, string>> = {
  F: "Free",
  D: "Shared",
  B: "Basic",
  S: "Standard",
  P: "Premium",
  EP: "ElasticPremium",
  Y: "Dynamic",
  FC: "FlexConsumption",
  I: "Isolated",
  WS: "WorkflowStandard",
};

function tierOf(size: string): string | undefined {
  const [, letters = "", version = ""] = /^([A-Z]+)\d+m?(v\d)?$/i.exec(size) ?? [];
  const tier = tiers[letters.toUpperCase()];
  return tier === undefined ? undefined : `${tier}${version.toUpperCase()}`;
}

/** A site and a slot show alike; only their host names differ. */
function siteShape(host: (r: Resource) => string): Omit<ArmShape, "name"> {
  return {
    location: "own",
    acts: true,
    forceNew: ["kind"],
    hidden: ["siteConfig.appSettings", "siteConfig.connectionStrings", "cloningInfo"],
    outputs: { ...siteOutputs, ...hostOutputs(host), ...siteConfig },
    normalised: location,
    references: [
      { ...toLinked("serverFarmId", planToken), holds: true },
      { ...toLinked("managedEnvironmentId", "azure-native:app:ManagedEnvironment"), holds: true },
      toResource("virtualNetworkSubnetId", networkTokens.subnet),
    ],
  };
}

const siteName = {
  charactersMin: 2,
  charactersMax: 60,
  form: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
};

const site = web("WebApp", "sites", {
  ...siteShape((r) => r.text("name").toLowerCase()),
  name: {
    ...siteName,
    input: "name",
    refusal: { code: "BadRequest", says: "The web app name '{value}' is invalid." },
  },
  ...hostName("Conflict", "Website with given name {value} already exists."),
  admit: refuseSite,
});

function refuseSite(r: Resource): ServiceError | undefined {
  return r.given("serverFarmId") === undefined && r.given("managedEnvironmentId") === undefined
    ? invalid("BadRequest", `The site ${r.text("name")} needs a plan: serverFarmId is missing.`)
    : undefined;
}

/** Slots that a plan's tier has ("App Service limits"). */
const slotsMax: Readonly<Record<string, number>> = { Free: 0, Shared: 0, Basic: 0, Standard: 5 };

const slot = web("WebAppSlot", "sites/slots", {
  ...siteShape((r) => `${r.text("name")}-${r.text("slot")}`.toLowerCase()),
  name: { ...siteName, input: "slot", charactersMax: 59 },
  parents: [inSite],
  planned: { name: (r) => `${r.text("name")}/${r.text("slot")}` },
  admit: (r) => {
    const tier = String(r.target("name")?.properties["sku"] ?? "");
    const max = slotsMax[tier];
    const there = r
      .all(r.token)
      .filter(({ id }) => id.startsWith(`${r.target("name")?.id ?? ""}/slots/`));
    return max === undefined || there.length < max || r.before !== undefined
      ? undefined
      : invalid(
          "Conflict",
          `Cannot complete the operation because the site will exceed the number of slots allowed for the '${tier}' SKU.`,
        );
  },
});

/** A list of settings is one fixed child of the site; writing it replaces it whole. */
function settings(name: string, fixed: string, shape: Partial<ArmShape> = {}): ArmEntry {
  return web(name, "sites/config", { name: { fixed }, parents: [inSite], ...shape });
}

const slotSettings = web("WebAppApplicationSettingsSlot", "sites/slots/config", {
  name: { fixed: "appsettings" },
  parents: [inSite, { input: "slot", token: slot.token }],
  planned: { type: "Microsoft.Web/sites/config" },
});

/** Which settings stay with a slot when slots are swapped; they show as a part of the site. */
const slotNames = settings("WebAppSlotConfigurationNames", "slotConfigNames", {
  planned: { name: (r) => r.text("name"), type: "Microsoft.Web/sites" },
  outputs: { appSettingNames: [], azureStorageConfigNames: [], connectionStringNames: [] },
});

const sourceControl = web("WebAppSourceControl", "sites/sourcecontrols", {
  name: { fixed: "web" },
  parents: [inSite],
  planned: { name: (r) => r.text("name") },
  outputs: {
    deploymentRollbackEnabled: false,
    isGitHubAction: false,
    isManualIntegration: false,
    isMercurial: false,
  },
});

const subnetOfSite = web("WebAppSwiftVirtualNetworkConnection", "sites/networkConfig", {
  name: { fixed: "virtualNetwork" },
  parents: [inSite],
  references: [toResource("subnetResourceId", networkTokens.subnet)],
});

const binding = web("WebAppHostNameBinding", "sites/hostNameBindings", {
  name: { input: "hostName", charactersMax: 253 },
  parents: [inSite],
  outputs: {
    hostNameType: "Verified",
    siteName: (r): Json => r.text("name"),
    sslState: "Disabled",
  },
});

const staticSite = web("StaticSite", "staticSites", {
  name: { input: "name", charactersMin: 2, charactersMax: 60 },
  location: "own",
  acts: true,
  hidden: ["repositoryToken"],
  outputs: {
    allowConfigFileUpdates: true,
    contentDistributionEndpoint: "https://content-am2.infrastructure.azurestaticapps.net",
    customDomains: [],
    databaseConnections: [],
    defaultHostname: (r) =>
      `${r.text("name").toLowerCase()}-${r.hex("host", 9)}.azurestaticapps.net`,
    keyVaultReferenceIdentity: "SystemAssigned",
    linkedBackends: [],
    privateEndpointConnections: [],
    ...nested("sku", { name: "Free", tier: (r): Json => r.text("sku.name", "Free") }),
    stagingEnvironmentPolicy: "Enabled",
    userProvidedFunctionApps: [],
  },
  normalised: location,
});

/** What a certificate says is in its file, which the local clouds do not open. */
const certificate = web("Certificate", "certificates", {
  name: { input: "name", charactersMax: 260 },
  location: "own",
  hidden: ["password", "pfxBlob"],
  outputs: {
    thumbprint: (r) => r.hex("thumbprint", 40).toUpperCase(),
    hostNames: [],
    valid: true,
    keyVaultSecretStatus: (r): JsonObject[string] =>
      r.given("keyVaultId") === undefined ? "" : "Initialized",
  },
  references: [
    toLinked("serverFarmId", planToken),
    toLinked("keyVaultId", "azure-native:keyvault:Vault"),
  ],
});

/** The entries of App Service. */
export const webTypes: readonly ArmEntry[] = [
  plan,
  site,
  slot,
  settings("WebAppApplicationSettings", "appsettings"),
  settings("WebAppConnectionStrings", "connectionstrings"),
  webLogins("WebAppAuthSettingsV2", "sites/config", {
    name: { fixed: "authsettingsV2" },
    parents: [inSite],
  }),
  settings("WebAppDiagnosticLogsConfiguration", "logs"),
  slotSettings,
  slotNames,
  sourceControl,
  subnetOfSite,
  web("WebAppFtpAllowed", "sites/basicPublishingCredentialsPolicies", {
    name: { fixed: "ftp" },
    parents: [inSite],
  }),
  binding,
  staticSite,
  certificate,
];
