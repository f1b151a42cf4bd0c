/** Defender for Cloud, recovery, budgets (their REST APIs). */

import { type ArmEntry, armArea, nested } from "./arm.ts";
import { invalid, member, systemData } from "./common.ts";
import { refuseLost } from "./existence.ts";

const pricingArea = armArea({
  module: "security",
  provider: "Microsoft.Security",
  apiVersion: "2024-01-01",
});
const security = armArea({
  module: "security",
  provider: "Microsoft.Security",
  apiVersion: "2023-12-01-preview",
});
const recovery = armArea({
  module: "recoveryservices",
  provider: "Microsoft.RecoveryServices",
  apiVersion: "2024-10-01",
});
const consumption = armArea({
  module: "consumption",
  provider: "Microsoft.Consumption",
  apiVersion: "2024-08-01",
});

/** Plans of Defender ("Pricings" in the REST API). */
const plans = [
  "AI",
  "Api",
  "AppServices",
  "Arm",
  "CloudPosture",
  "ContainerRegistry",
  "Containers",
  "CosmosDbs",
  "Dns",
  "KeyVaults",
  "KubernetesService",
  "OpenSourceRelationalDatabases",
  "SqlServerVirtualMachines",
  "SqlServers",
  "StorageAccounts",
  "VirtualMachines",
];

const pricing = pricingArea("Pricing", "pricings", {
  name: { input: "pricingName", chosen: "copy" },
  place: { scope: "scopeId" },
  check: (r) => member(r, "pricingTier", ["Free", "Standard"]),
  outputs: {
    deprecated: false,
    enablementTime: (r) => (r.text("pricingTier") === "Standard" ? r.createdAt : undefined),
    enforce: "False",
    freeTrialRemainingTime: "P30D",
    inherited: "False",
    resourcesCoverageStatus: "FullyCovered",
  },
  admit: (r) =>
    plans.includes(r.text("pricingName"))
      ? refuseLost(r, r.text("scopeId"))
      : invalid(
          "InvalidPricingName",
          `The pricing name '${r.text("pricingName")}' is none of ${plans.join(", ")}.`,
        ),
});

const contact = security("SecurityContact", "securityContacts", {
  name: { input: "securityContactName", only: "default" },
  place: "subscription",
  outputs: { ...systemData, isEnabled: true },
});

const automation = security("Automation", "automations", {
  name: { input: "automationName", charactersMax: 80 },
  location: "own",
  outputs: { ...systemData, isEnabled: true, etag: (r) => `"${r.uuid(r.content())}"` },
});

const vaultToken = "azure-native:recoveryservices:Vault";

const vault = recovery("Vault", "vaults", {
  name: {
    input: "vaultName",
    charactersMin: 2,
    charactersMax: 50,
    form: /^[A-Za-z][A-Za-z0-9-]+$/,
  },
  location: "own",
  acts: true,
  outputs: {
    ...systemData,
    etag: (r) => `W/"datetime'${r.createdAt}'"`,
    ...nested("properties", {
      bcdrSecurityLevel: "Fair",
      privateEndpointConnections: [],
      privateEndpointStateForBackup: "None",
      privateEndpointStateForSiteRecovery: "None",
      provisioningState: "Succeeded",
      publicNetworkAccess: "Enabled",
      redundancySettings: {
        crossRegionRestore: "Disabled",
        standardTierStorageRedundancy: "GeoRedundant",
      },
    }),
    ...nested("sku", { name: "RS0", tier: "Standard" }),
  },
});

const policy = recovery("ProtectionPolicy", "vaults/backupPolicies", {
  name: { input: "policyName", charactersMin: 3, charactersMax: 150 },
  parents: [{ input: "vaultName", token: vaultToken }],
  outputs: { "properties.protectedItemsCount": 0 },
  admit: (r) =>
    r.given("properties.backupManagementType") === undefined
      ? invalid(
          "UserErrorInvalidRequestParameter",
          "A backup policy needs a backup management type.",
        )
      : undefined,
});

const budget = consumption("Budget", "budgets", {
  name: { input: "budgetName", charactersMax: 63, form: /^[\w-]+$/ },
  place: { scope: "scope" },
  check: (r) => [
    ...member(r, "category", ["Cost", "ReservationUtilization"]),
    ...member(r, "timeGrain", [
      "Monthly",
      "Quarterly",
      "Annually",
      "BillingMonth",
      "BillingQuarter",
      "BillingAnnual",
      "Last7Days",
      "Last30Days",
    ]),
  ],
  outputs: { currentSpend: { amount: 0, unit: "EUR" }, eTag: (r) => `"${r.hex(r.content(), 15)}"` },
  admit: (r) =>
    /^\d{4}-\d{2}-01/.test(r.text("timePeriod.startDate"))
      ? refuseLost(r, r.text("scope"))
      : invalid("400", "Start date should be the first day of a month."),
});

/** The entries of security and recovery. */
export const securityTypes: readonly ArmEntry[] = [
  pricing,
  contact,
  automation,
  vault,
  policy,
  budget,
];
