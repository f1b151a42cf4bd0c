/** Logs of the platform: diagnostic settings, flow logs, workspaces (Monitor and Network REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { etag, inGroup, invalid, succeeded, toResource } from "./common.ts";

const watcherToken = "azure-native:network:NetworkWatcher";
const storageAccount = "azure-native:storage:StorageAccount";
const workspaceToken = "azure-native:operationalinsights:Workspace";

const destinations: readonly Reference[] = [
  { ...toResource("storageAccountId", storageAccount), within: "world" },
  { ...toResource("workspaceId", workspaceToken), within: "world" },
];

/** A setting needs somewhere to send to (Diagnostic Settings REST API). */
function refuseWithoutDestination(r: Resource): ServiceError | undefined {
  const some = [
    "storageAccountId",
    "workspaceId",
    "eventHubAuthorizationRuleId",
    "marketplacePartnerId",
  ];
  return some.some((property) => r.given(property) !== undefined)
    ? undefined
    : invalid("BadRequest", "At least one data sink needs to be specified.");
}

interface SettingShape {
  readonly armType: string;
  readonly apiVersion: string;
  readonly scope: (r: Resource) => string;
  readonly scopeInputs: readonly string[];
}

function setting(token: string, shape: SettingShape): TypeEntry {
  return {
    token,
    autoname: { property: "name", charactersMax: 260, suffix: shape.scopeInputs.length === 0 },
    forceNew: ["name", ...shape.scopeInputs],
    hidden: shape.scopeInputs,
    id: (r) => `${shape.scope(r)}/providers/${shape.armType}/${r.text("name")}`,
    planned: { type: shape.armType },
    outputs: { azureApiVersion: shape.apiVersion },
    references: destinations,
    admit: refuseWithoutDestination,
  };
}

const resourceSetting = setting("azure-native:monitor:DiagnosticSetting", {
  armType: "Microsoft.Insights/diagnosticSettings",
  apiVersion: "2021-05-01-preview",
  scope: (r) => r.text("resourceUri").replace(/\/$/, ""),
  scopeInputs: ["resourceUri"],
});

const subscriptionSetting = setting("azure-native:monitor:SubscriptionDiagnosticSetting", {
  armType: "Microsoft.Insights/diagnosticSettings",
  apiVersion: "2021-05-01-preview",
  scope: (r) => `/subscriptions/${r.account}`,
  scopeInputs: [],
});

const tenantSetting = setting("azure-native:aadiam:DiagnosticSetting", {
  armType: "microsoft.aadiam/diagnosticSettings",
  apiVersion: "2017-04-01",
  scope: () => "",
  scopeInputs: [],
});

const watcher = inGroup(watcherToken, {
  armType: "Microsoft.Network/networkWatchers",
  apiVersion: "2024-05-01",
  nameInput: "networkWatcherName",
  charactersMax: 80,
  located: true,
  entry: {
    outputs: { ...succeeded, ...etag },
    admit: (r) => {
      const other = r
        .all(watcherToken)
        .find(
          ({ properties }) =>
            properties["location"] === r.text("location") &&
            properties["name"] !== r.text("networkWatcherName"),
        );
      return other === undefined
        ? undefined
        : invalid(
            "NetworkWatcherCountLimitReached",
            `Reached the maximum number of network watchers in region ${r.text("location")}: 1. ${other.id} exists.`,
          );
    },
  },
});

const flowLog = inGroup("azure-native:network:FlowLog", {
  armType: "Microsoft.Network/networkWatchers/flowLogs",
  apiVersion: "2024-05-01",
  nameInput: "flowLogName",
  charactersMax: 80,
  parents: [{ input: "networkWatcherName", token: watcherToken }],
  located: true,
  entry: {
    forceNew: ["targetResourceId"],
    outputs: {
      ...succeeded,
      ...etag,
      enabled: false,
      targetResourceGuid: (r) => r.target("targetResourceId")?.properties["resourceGuid"],
    },
    references: [
      toResource("storageId", storageAccount),
      toResource("targetResourceId", [
        "azure-native:network:VirtualNetwork",
        "azure-native:network:Subnet",
        "azure-native:network:NetworkSecurityGroup",
      ]),
    ],
    // New flow logs of security groups are no longer taken since 30 June 2025 (Azure updates).
    admit: (r) =>
      /\/networkSecurityGroups\//i.test(r.text("targetResourceId"))
        ? invalid(
            "NsgFlowLogCreationBlocked",
            "Creation of new NSG flow logs is blocked as NSG flow logs are being retired. Use virtual network flow logs.",
          )
        : undefined,
  },
});

const retentionDays = { min: 30, max: 730 };

const workspace = inGroup(workspaceToken, {
  armType: "Microsoft.OperationalInsights/workspaces",
  apiVersion: "2023-09-01",
  nameInput: "workspaceName",
  charactersMax: 63,
  located: true,
  entry: {
    outputs: {
      ...succeeded,
      customerId: (r) => r.uuid("customer"),
      createdDate: (r) => r.createdAt,
      modifiedDate: (r) => r.createdAt,
      retentionInDays: 30,
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
      sku: { name: "PerGB2018" },
    },
    admit: (r) => {
      const days = r.number("retentionInDays", retentionDays.min);
      return days >= retentionDays.min && days <= retentionDays.max
        ? undefined
        : invalid(
            "InvalidParameter",
            `'RetentionInDays' must be between ${retentionDays.min} and ${retentionDays.max}.`,
          );
    },
    inUse: { code: "WorkspaceInUse", says: "The workspace {id} is in use by {value}." },
  },
});

/** The entries of logs. */
export const monitorTypes: readonly TypeEntry[] = [
  resourceSetting,
  subscriptionSetting,
  tenantSetting,
  watcher,
  flowLog,
  workspace,
];
