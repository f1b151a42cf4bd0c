/** What App Service fills in for a site (App Service REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed } from "../../../types/type.ts";
import { nested } from "./arm.ts";
import { objectOf } from "./common.ts";

/** What a site shows where the request is silent. */
export const siteOutputs: Readonly<Record<string, Computed>> = {
  availabilityState: "Normal",
  clientAffinityEnabled: true,
  clientCertEnabled: false,
  clientCertMode: "Required",
  containerSize: 0,
  customDomainVerificationId: (r) => r.hex("verification", 64).toUpperCase(),
  dailyMemoryTimeQuota: 0,
  enabled: true,
  hostNamesDisabled: false,
  httpsOnly: false,
  hyperV: false,
  isXenon: false,
  keyVaultReferenceIdentity: "SystemAssigned",
  kind: "app",
  lastModifiedTimeUtc: (r) => r.createdAt.replace(/Z$/, ""),
  outboundIpAddresses: "203.0.113.80,203.0.113.81",
  possibleOutboundIpAddresses: "203.0.113.80,203.0.113.81,203.0.113.82",
  publicNetworkAccess: "Enabled",
  redundancyMode: "None",
  repositorySiteName: (r) => r.text("name"),
  reserved: (r) => /linux/i.test(r.text("kind", "app")),
  resourceGroup: (r) => r.text("resourceGroupName"),
  scmSiteAlsoStopped: false,
  sku: (r) => objectOf(r.target("serverFarmId")?.properties["sku"])["tier"],
  state: "Running",
  storageAccountRequired: false,
  usageState: "Normal",
};

/** The names under which a site is reached. */
export function hostOutputs(host: (r: Resource) => string): Readonly<Record<string, Computed>> {
  const main = (r: Resource) => `${host(r)}.azurewebsites.net`;
  const deployment = (r: Resource) => `${host(r)}.scm.azurewebsites.net`;
  return {
    defaultHostName: main,
    enabledHostNames: (r) => [main(r), deployment(r)],
    hostNames: (r) => [main(r)],
    hostNameSslStates: (r) => [
      { hostType: "Standard", name: main(r), sslState: "Disabled" },
      { hostType: "Repository", name: deployment(r), sslState: "Disabled" },
    ],
  };
}

const everybody = [
  {
    action: "Allow",
    description: "Allow all access",
    ipAddress: "Any",
    name: "Allow all",
    priority: 2_147_483_647,
  },
];

function isSlot(r: Resource): boolean {
  return r.given("slot") !== undefined;
}

/** The settings of a site where the request is silent (recorded exchanges). */
export const siteConfig = nested("siteConfig", {
  acrUseManagedIdentityCreds: false,
  alwaysOn: false,
  appCommandLine: "",
  autoHealEnabled: false,
  azureStorageAccounts: {},
  defaultDocuments: [
    "Default.htm",
    "Default.html",
    "Default.asp",
    "index.htm",
    "index.html",
    "iisstart.htm",
    "default.aspx",
    "index.php",
    "hostingstart.html",
  ],
  detailedErrorLoggingEnabled: false,
  elasticWebAppScaleLimit: 0,
  experiments: { rampUpRules: [] },
  ftpsState: "FtpsOnly",
  functionsRuntimeScaleMonitoringEnabled: false,
  http20Enabled: false,
  httpLoggingEnabled: false,
  ipSecurityRestrictions: everybody,
  linuxFxVersion: "",
  loadBalancing: "LeastRequests",
  localMySqlEnabled: false,
  logsDirectorySizeLimit: 35,
  managedPipelineMode: "Integrated",
  minTlsVersion: "1.2",
  minimumElasticInstanceCount: (r) => (isSlot(r) ? 1 : 0),
  netFrameworkVersion: "v4.0",
  nodeVersion: "",
  numberOfWorkers: 1,
  phpVersion: "5.6",
  powerShellVersion: "",
  preWarmedInstanceCount: 0,
  publishingUsername: (r) =>
    isSlot(r) ? `$${r.text("name")}__${r.text("slot")}` : `$${r.text("name")}`,
  pythonVersion: "",
  remoteDebuggingEnabled: false,
  remoteDebuggingVersion: (r) => (isSlot(r) ? "VS2022" : undefined),
  requestTracingEnabled: false,
  scmIpSecurityRestrictions: everybody,
  scmIpSecurityRestrictionsUseMain: false,
  scmMinTlsVersion: "1.2",
  scmType: "None",
  use32BitWorkerProcess: true,
  virtualApplications: [{ physicalPath: "site\\wwwroot", preloadEnabled: false, virtualPath: "/" }],
  vnetName: "",
  vnetPrivatePortsCount: 0,
  vnetRouteAllEnabled: false,
  webSocketsEnabled: false,
});
