/** Where logs come from and go to: settings, flow logs, workspaces (Monitor, Network and Log Analytics REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, armArea, nested } from "./arm.ts";
import { invalid, objectOf, succeeded, toLinked, toResource } from "./common.ts";
import { refuseLost } from "./existence.ts";
import { network, networkName, networkTokens } from "./network-area.ts";
import { storageTokens } from "./storage.ts";

const insights = armArea({
  module: "monitor",
  former: "insights",
  provider: "Microsoft.Insights",
  apiVersion: "2021-05-01-preview",
});
const tenant = armArea({
  module: "aadiam",
  provider: "microsoft.aadiam",
  apiVersion: "2017-04-01",
});
const analytics = armArea({
  module: "operationalinsights",
  provider: "Microsoft.OperationalInsights",
  apiVersion: "2023-09-01",
});
const sentinel = armArea({
  module: "securityinsights",
  provider: "Microsoft.OperationalInsights",
  apiVersion: "2024-09-01",
});

const watcherToken = "azure-native:network:NetworkWatcher";

/** The workspace's token, which many refer to. */
export const workspaceToken = "azure-native:operationalinsights:Workspace";

/** Diagnostic settings of one resource ("Diagnostic settings in Azure Monitor"). */
const settingsPerResourceMax = 5;

const destinations: readonly Reference[] = [
  { ...toResource("storageAccountId", storageTokens.account), within: "world", holds: false },
  { ...toResource("workspaceId", workspaceToken), within: "world", holds: false },
  {
    ...toResource(
      "eventHubAuthorizationRuleId",
      "azure-native:eventhub:NamespaceAuthorizationRule",
    ),
    within: "world",
    holds: false,
    // Every namespace has this rule from the beginning.
    unless: (id) => id.toLowerCase().endsWith("/authorizationrules/rootmanagesharedaccesskey"),
  },
];

/** A setting needs somewhere to send to, and something to send. */
function refuseSetting(r: Resource): ServiceError | undefined {
  const sinks = [
    "storageAccountId",
    "workspaceId",
    "eventHubAuthorizationRuleId",
    "marketplacePartnerId",
  ];
  if (sinks.every((sink) => r.given(sink) === undefined)) {
    return invalid("BadRequest", "At least one data sink needs to be specified.");
  }
  for (const item of [...r.list("logs"), ...r.list("metrics")]) {
    const { category, categoryGroup } = objectOf(item);
    if (category != null && categoryGroup != null) {
      return invalid(
        "BadRequest",
        "Cannot specify both a category and a category group in one log setting.",
      );
    }
  }
  return refuseCount(r);
}

function refuseCount(r: Resource): ServiceError | undefined {
  const owner = r.id.split("/").slice(0, -1).join("/").toLowerCase();
  const beside = r
    .all(r.token)
    .filter(({ id }) => id !== r.id && id.toLowerCase().startsWith(`${owner}/`));
  return beside.length >= settingsPerResourceMax
    ? invalid(
        "Conflict",
        `The limit of ${settingsPerResourceMax} diagnostic settings was reached. To create a new diagnostic setting, delete an existing one.`,
      )
    : undefined;
}

function setting(place: Partial<ArmShape>): ArmShape {
  return {
    name: { input: "name", charactersMax: 260 },
    outputs: { logs: [], metrics: [] },
    references: destinations,
    admit: refuseSetting,
    ...place,
  };
}

const resourceSetting = insights(
  "DiagnosticSetting",
  "diagnosticSettings",
  setting({
    place: { scope: "resourceUri" },
    admit: (r) => refuseLost(r, r.text("resourceUri")) ?? refuseSetting(r),
  }),
);

const subscriptionSetting = insights(
  "SubscriptionDiagnosticSetting",
  "diagnosticSettings",
  setting({ place: "subscription", outputs: { logs: [] } }),
);

const tenantSetting = tenant(
  "DiagnosticSetting",
  "diagnosticSettings",
  setting({ place: "tenant", outputs: { logs: [] } }),
);

const watcher = network("NetworkWatcher", "networkWatchers", {
  name: networkName("networkWatcherName"),
  location: "fixed",
  admit: (r) => {
    const other = r
      .all(watcherToken)
      .find(({ id, properties }) => properties["location"] === r.text("location") && id !== r.id);
    return other === undefined
      ? undefined
      : invalid(
          "NetworkWatcherCountLimitReached",
          `Cannot create more than 1 network watchers for this subscription in this region: ${other.id} exists in ${r.text("location")}.`,
        );
  },
});

const flowLog = network("FlowLog", "networkWatchers/flowLogs", {
  name: networkName("flowLogName"),
  parents: [{ input: "networkWatcherName", token: watcherToken }],
  location: "fixed",
  forceNew: ["targetResourceId"],
  outputs: {
    enabled: false,
    ...nested("format", { type: "JSON", version: 1 }),
    ...nested("retentionPolicy", { days: 0, enabled: false }),
    targetResourceGuid: (r) => r.target("targetResourceId")?.properties["resourceGuid"],
  },
  references: [
    { ...toResource("storageId", storageTokens.account), within: "world" },
    toResource("targetResourceId", [
      networkTokens.network,
      networkTokens.subnet,
      networkTokens.networkInterface,
      networkTokens.securityGroup,
    ]),
    toLinked(
      "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.workspaceResourceId",
      workspaceToken,
    ),
  ],
  admit: refuseFlowLog,
});

function refuseFlowLog(r: Resource): ServiceError | undefined {
  const target = r.text("targetResourceId").toLowerCase();
  // New flow logs of security groups are no longer taken since 30 June 2025 (Azure updates).
  if (target.includes("/networksecuritygroups/")) {
    return invalid(
      "NsgFlowLogCreationBlocked",
      "Creation of new NSG flow logs is blocked as NSG flow logs are being retired. Use virtual network flow logs.",
    );
  }
  const twin = r
    .all(r.token)
    .find(
      ({ id, properties }) =>
        id !== r.id && String(properties["targetResourceId"]).toLowerCase() === target,
    );
  return twin === undefined
    ? undefined
    : invalid(
        "FlowLogWithSameTargetAlreadyExists",
        `A flow log for target resource ${r.text("targetResourceId")} exists already: ${twin.id}.`,
      );
}

const retentionDays = { min: 30, max: 730 };

const workspace = analytics("Workspace", "workspaces", {
  name: {
    input: "workspaceName",
    charactersMin: 4,
    charactersMax: 63,
    form: /^[A-Za-z0-9][A-Za-z0-9-]+[A-Za-z0-9]$/,
  },
  location: "own",
  acts: true,
  outputs: {
    ...succeeded,
    customerId: (r) => r.uuid("customer"),
    createdDate: (r) => r.createdAt,
    modifiedDate: (r) => r.createdAt,
    ...nested("features", { enableLogAccessUsingOnlyResourcePermissions: true }),
    retentionInDays: 30,
    publicNetworkAccessForIngestion: "Enabled",
    publicNetworkAccessForQuery: "Enabled",
    ...nested("sku", { name: "PerGB2018", lastSkuUpdate: (r) => r.createdAt }),
    ...nested("workspaceCapping", { dailyQuotaGb: -1, dataIngestionStatus: "RespectQuota" }),
    etag: (r) => `"${r.uuid(r.content())}"`,
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
});

const inWorkspace = { input: "workspaceName", token: workspaceToken };

const savedSearch = analytics("SavedSearch", "workspaces/savedSearches", {
  name: { input: "savedSearchId", charactersMax: 128 },
  parents: [inWorkspace],
  outputs: { etag: (r) => `W/"${r.uuid(r.content())}"`, version: 2 },
});

const dataExport = analytics("DataExport", "workspaces/dataExports", {
  name: { input: "dataExportName", charactersMin: 4, charactersMax: 63 },
  parents: [inWorkspace],
  outputs: {
    createdDate: (r) => r.createdAt,
    dataExportId: (r) => r.uuid("export"),
    enable: true,
    lastModifiedDate: (r) => r.createdAt,
  },
  admit: (r) => refuseLost(r, r.text("resourceId")),
});

const onboarding = sentinel("SentinelOnboardingState", "workspaces/providers/onboardingStates", {
  name: { input: "sentinelOnboardingStateName", only: "default" },
  parents: [inWorkspace, { fixed: "Microsoft.SecurityInsights" }],
  planned: { type: "Microsoft.SecurityInsights/onboardingStates" },
  outputs: { customerManagedKey: false },
});

/** The entries of logs. */
export const logTypes: readonly ArmEntry[] = [
  resourceSetting,
  subscriptionSetting,
  tenantSetting,
  watcher,
  flowLog,
  workspace,
  savedSearch,
  dataExport,
  onboarding,
];
