/** Synapse, tables and detections of workspaces, Traffic Manager (their REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { refuseRange } from "./address-range.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { hostName, invalid, member, succeeded, systemData } from "./common.ts";
import { workspaceToken } from "./logs.ts";

const synapse = armArea({
  module: "synapse",
  provider: "Microsoft.Synapse",
  apiVersion: "2021-06-01",
  outputs: { ...succeeded },
});
const logs = armArea({
  module: "operationalinsights",
  provider: "Microsoft.OperationalInsights",
  apiVersion: "2023-09-01",
});
const sentinel = armArea({
  module: "securityinsights",
  provider: "Microsoft.OperationalInsights",
  apiVersion: "2024-09-01",
});
const traffic = armArea({
  module: "trafficmanager",
  former: "network",
  provider: "Microsoft.Network",
  apiVersion: "2022-04-01",
});

const synapseToken = "azure-native:synapse:Workspace";
const inSynapse = { input: "workspaceName", token: synapseToken };
/** Nodes of a Spark pool at least. */
const nodesMin = 3;

const inWorkspace = { input: "workspaceName", token: workspaceToken };

const workspace = synapse("Workspace", "workspaces", {
  name: { input: "workspaceName", charactersMax: 50, form: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/ },
  location: "own",
  acts: true,
  ...hostName("WorkspaceNameExists", "The workspace name {value} is already in use."),
  hidden: ["sqlAdministratorLoginPassword"],
  outputs: {
    connectivityEndpoints: (r) => ({
      dev: `https://${r.text("workspaceName")}.dev.azuresynapse.net`,
      sql: `${r.text("workspaceName")}.sql.azuresynapse.net`,
      sqlOnDemand: `${r.text("workspaceName")}-ondemand.sql.azuresynapse.net`,
      web: "https://web.azuresynapse.net",
    }),
    managedResourceGroupName: (r) => `synapseworkspace-managedrg-${r.uuid("group")}`,
    publicNetworkAccess: "Enabled",
    trustedServiceBypassEnabled: false,
    workspaceUID: (r) => r.uuid("workspace"),
  },
  admit: (r) =>
    r.given("defaultDataLakeStorage") === undefined || r.given("identity") === undefined
      ? invalid(
          "ValidationFailed",
          "A workspace needs a default data lake storage and an identity.",
        )
      : undefined,
});

const pool = synapse("SqlPool", "workspaces/sqlPools", {
  name: { input: "sqlPoolName", charactersMax: 60 },
  parents: [inSynapse],
  location: "own",
  hidden: ["createMode"],
  outputs: {
    collation: "SQL_Latin1_General_CP1_CI_AS",
    creationDate: (r) => r.createdAt,
    ...nested("sku", { name: "DW100c", tier: "DataWarehouse" }),
    status: "Online",
    storageAccountType: "GRS",
  },
});

const sparkPool = synapse("BigDataPool", "workspaces/bigDataPools", {
  name: { input: "bigDataPoolName", charactersMax: 15, form: /^[A-Za-z][A-Za-z0-9]*$/ },
  parents: [inSynapse],
  location: "own",
  hidden: ["force"],
  outputs: {
    cacheSize: 50,
    creationDate: (r) => r.createdAt,
    isComputeIsolationEnabled: false,
    lastSucceededTimestamp: (r) => r.createdAt,
    sessionLevelPackagesEnabled: false,
  },
  admit: (r) =>
    r.flag("autoScale.enabled") && r.number("autoScale.minNodeCount", 3) < nodesMin
      ? invalid("ValidationFailed", `A Spark pool needs at least ${nodesMin} nodes.`)
      : undefined,
});

const rule = synapse("IpFirewallRule", "workspaces/firewallRules", {
  name: { input: "ruleName", charactersMax: 128 },
  parents: [inSynapse],
  admit: (r) => refuseRange(r, "startIpAddress", "endIpAddress"),
});

const table = logs("Table", "workspaces/tables", {
  name: { input: "tableName", charactersMax: 63 },
  parents: [inWorkspace],
  outputs: {
    ...succeeded,
    ...systemData,
    archiveRetentionInDays: 0,
    plan: "Analytics",
    retentionInDays: (r) => r.target("workspaceName")?.properties["retentionInDays"],
    retentionInDaysAsDefault: (r) => r.given("retentionInDays") === undefined,
    totalRetentionInDaysAsDefault: (r) => r.given("totalRetentionInDays") === undefined,
  },
  admit: (r) =>
    r.given("schema") !== undefined && !/_(CL|RST|SRCH)$/.test(r.text("tableName"))
      ? invalid(
          "InvalidParameter",
          `A custom table's name must end in _CL: '${r.text("tableName")}'.`,
        )
      : undefined,
});

const detection = sentinel("ScheduledAlertRule", "workspaces/providers/alertRules", {
  name: { input: "ruleId", chosen: "copy" },
  parents: [inWorkspace, { fixed: "Microsoft.SecurityInsights" }],
  required: [
    "displayName",
    "enabled",
    "query",
    "queryFrequency",
    "queryPeriod",
    "severity",
    "suppressionDuration",
    "suppressionEnabled",
    "triggerOperator",
    "triggerThreshold",
  ],
  defaults: { kind: "Scheduled" },
  planned: { type: "Microsoft.SecurityInsights/alertRules" },
  check: (r) => member(r, "severity", ["High", "Medium", "Low", "Informational"]),
  outputs: {
    ...systemData,
    etag: (r) => `"${r.uuid(r.content())}"`,
    lastModifiedUtc: (r) => r.createdAt,
  },
});

const profile = traffic("Profile", "trafficmanagerprofiles", {
  name: { input: "profileName", charactersMax: 63 },
  location: "global",
  planned: { type: "Microsoft.Network/trafficManagerProfiles" },
  hidden: ["id"],
  outputs: {
    endpoints: [],
    profileStatus: "Enabled",
    trafficViewEnrollmentStatus: "Disabled",
    "dnsConfig.fqdn": (r) => `${r.text("dnsConfig.relativeName", "")}.trafficmanager.net`,
    "monitorConfig.profileMonitorStatus": "Inactive",
  },
  check: (r) =>
    member(r, "trafficRoutingMethod", [
      "Performance",
      "Priority",
      "Weighted",
      "Geographic",
      "MultiValue",
      "Subnet",
    ]),
  admit: refuseSecondName,
});

/** The relative name becomes a host name. */
function refuseSecondName(r: Resource): ServiceError | undefined {
  const name = r.given("dnsConfig.relativeName");
  const taken = r.all(r.token).some(({ id, properties }) => {
    const { relativeName } = (properties["dnsConfig"] ?? {}) as { relativeName?: string };
    return id !== r.id && name !== undefined && relativeName === name;
  });
  return taken
    ? invalid(
        "Conflict",
        `Domain name ${String(name)}.trafficmanager.net already exists. Please choose a different DNS prefix.`,
      )
    : undefined;
}

/** The entries of analytics and traffic. */
export const analyticsTypes: readonly ArmEntry[] = [
  workspace,
  pool,
  sparkPool,
  rule,
  table,
  detection,
  profile,
];
