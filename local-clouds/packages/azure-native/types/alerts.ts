/** Alerts, collection of data and what watches applications (Monitor REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea } from "./arm.ts";
import { invalid, member, succeeded, systemData, textsIn, toLinked } from "./common.ts";
import { refuseLost } from "./existence.ts";
import { workspaceToken } from "./logs.ts";

const monitor = (apiVersion: string) =>
  armArea({ module: "monitor", former: "insights", provider: "Microsoft.Insights", apiVersion });
const insights = (apiVersion: string) =>
  armArea({
    module: "applicationinsights",
    former: "insights",
    provider: "Microsoft.Insights",
    apiVersion,
  });

const tokens = {
  actionGroup: "azure-native:monitor:ActionGroup",
  rule: "azure-native:monitor:DataCollectionRule",
  endpoint: "azure-native:monitor:DataCollectionEndpoint",
};

const shortNameMax = 12;

const actionGroup = monitor("2024-10-01-preview")("ActionGroup", "actionGroups", {
  name: { input: "actionGroupName", charactersMax: 260 },
  location: "global",
  acts: true,
  check: (r) =>
    r.text("groupShortName").length <= shortNameMax
      ? []
      : [
          {
            property: "groupShortName",
            reason: `'groupShortName' is too long (${r.text("groupShortName").length}): at most ${shortNameMax} characters allowed`,
          },
        ],
  outputs: Object.fromEntries(
    [
      "armRole",
      "automationRunbook",
      "azureAppPush",
      "azureFunction",
      "email",
      "eventHub",
      "incident",
      "itsm",
      "logicApp",
      "sms",
      "voice",
      "webhook",
    ].map((kind) => [`${kind}Receivers`, []]),
  ),
});

function toActions(at: string): Reference {
  return {
    ...toLinked(at, tokens.actionGroup),
    missing: { code: "BadRequest", says: "The action group {value} does not exist." },
  };
}

function refuseScopes(r: Resource): ServiceError | undefined {
  return textsIn(r.every("scopes[*]"))
    .map((id) => refuseLost(r, id))
    .find((error) => error !== undefined);
}

const metricAlert = monitor("2018-03-01")("MetricAlert", "metricAlerts", {
  name: { input: "ruleName", charactersMax: 260, form: /^[^#<>%&:\\?/{}*]+$/ },
  location: "global",
  check: (r) =>
    [0, 1, 2, 3, 4].includes(r.number("severity"))
      ? []
      : [{ property: "severity", reason: `severity must be 0 to 4, got ${r.number("severity")}` }],
  outputs: { autoMitigate: true, actions: [], isMigrated: false },
  references: [toActions("actions[*].actionGroupId")],
  admit: refuseScopes,
});

const activityAlert = monitor("2020-10-01")("ActivityLogAlert", "activityLogAlerts", {
  name: { input: "activityLogAlertName", charactersMax: 260 },
  location: "global",
  outputs: { enabled: true },
  references: [toActions("actions.actionGroups[*].actionGroupId")],
  admit: (r) => {
    const fields = r.every("condition.allOf[*].field");
    return fields.includes("category")
      ? refuseScopes(r)
      : invalid(
          "BadRequest",
          "The condition of an activity log alert must contain the field 'category'.",
        );
  },
});

const queryRule = monitor("2025-01-01-preview")("ScheduledQueryRule", "scheduledQueryRules", {
  name: { input: "ruleName", charactersMax: 260, form: /^[^#<>%&:\\?/{}*]+$/ },
  location: "own",
  acts: true,
  outputs: {
    ...systemData,
    autoMitigate: true,
    createdWithApiVersion: "2025-01-01-preview",
    enabled: true,
    isLegacyLogAnalyticsRule: false,
    isWorkspaceAlertsStorageConfigured: false,
    kind: "LogAlert",
    etag: (r) => `"${r.uuid(r.content())}"`,
  },
  references: [toActions("actions.actionGroups[*]")],
  admit: refuseScopes,
});

const autoscale = monitor("2021-05-01-preview")("AutoscaleSetting", "autoscaleSettings", {
  name: { input: "autoscaleSettingName", charactersMax: 260 },
  location: "own",
  outputs: { ...systemData, enabled: false, notifications: [] },
  admit: (r) => {
    const bad = r.every("profiles[*].capacity").find((capacity) => {
      const { minimum, maximum } = capacity as { minimum?: string; maximum?: string };
      return Number(minimum) > Number(maximum);
    });
    return bad === undefined
      ? textsIn([r.given("targetResourceUri")])
          .map((id) => refuseLost(r, id))
          .at(0)
      : invalid(
          "InvalidAutoscaleSetting",
          "The minimum of a profile's capacity must not be greater than its maximum.",
        );
  },
});

const collection = monitor("2022-06-01");

const rule = collection("DataCollectionRule", "dataCollectionRules", {
  name: { input: "dataCollectionRuleName", charactersMin: 3, charactersMax: 64 },
  location: "own",
  acts: true,
  outputs: {
    ...succeeded,
    ...systemData,
    etag: (r) => `"${r.uuid(r.content())}"`,
    immutableId: (r) => `dcr-${r.hex("immutable", 32)}`,
  },
  references: [
    { ...toLinked("dataCollectionEndpointId", tokens.endpoint), holds: true },
    toLinked("destinations.logAnalytics[*].workspaceResourceId", workspaceToken),
  ],
  admit: refuseFlows,
  inUse: {
    code: "DataCollectionRuleInUse",
    says: "Data collection rule {id} is associated: {value}.",
  },
});

/** Flows lead only to destinations that the rule itself names. */
function refuseFlows(r: Resource): ServiceError | undefined {
  const named = new Set([...r.every("destinations.*[*].name"), ...r.every("destinations.*.name")]);
  const lost = r.every("dataFlows[*].destinations[*]").find((name) => !named.has(name));
  return lost === undefined
    ? undefined
    : invalid(
        "InvalidPayload",
        `Data collection rule is invalid: data flow destination '${String(lost)}' is not declared in 'destinations'.`,
      );
}

const endpoint = collection("DataCollectionEndpoint", "dataCollectionEndpoints", {
  name: { input: "dataCollectionEndpointName", charactersMin: 3, charactersMax: 44 },
  location: "own",
  acts: true,
  outputs: {
    ...succeeded,
    ...systemData,
    etag: (r) => `"${r.uuid(r.content())}"`,
    immutableId: (r) => `dce-${r.hex("immutable", 32)}`,
    configurationAccess: (r) => ({
      endpoint: `https://${r.text("dataCollectionEndpointName")}.${r.region}-1.handler.control.monitor.azure.com`,
    }),
    logsIngestion: (r) => ({
      endpoint: `https://${r.text("dataCollectionEndpointName")}.${r.region}-1.ingest.monitor.azure.com`,
    }),
    metricsIngestion: (r) => ({
      endpoint: `https://${r.text("dataCollectionEndpointName")}.${r.region}-1.metrics.ingest.monitor.azure.com`,
    }),
    "networkAcls.publicNetworkAccess": "Enabled",
  },
  inUse: {
    code: "DataCollectionEndpointInUse",
    says: "Data collection endpoint {id} is in use by {value}.",
  },
});

const association = collection("DataCollectionRuleAssociation", "dataCollectionRuleAssociations", {
  name: { input: "associationName", charactersMax: 64 },
  place: { scope: "resourceUri" },
  outputs: { ...succeeded, ...systemData, etag: (r) => `"${r.uuid(r.content())}"` },
  references: [
    { ...toLinked("dataCollectionRuleId", tokens.rule), holds: true },
    { ...toLinked("dataCollectionEndpointId", tokens.endpoint), holds: true },
  ],
  admit: (r) => {
    const ids = ["dataCollectionRuleId", "dataCollectionEndpointId"].filter(
      (path) => r.given(path) !== undefined,
    );
    return ids.length === 1
      ? refuseLost(r, r.text("resourceUri"))
      : invalid(
          "InvalidAssociation",
          "An association names either a data collection rule or an endpoint.",
        );
  },
});

const component = insights("2020-02-02")("Component", "components", {
  name: { input: "resourceName", charactersMax: 260 },
  location: "own",
  check: (r) => member(r, "applicationType", ["web", "other"]),
  outputs: {
    ...succeeded,
    appId: (r) => r.uuid("app"),
    applicationId: (r) => r.text("resourceName"),
    instrumentationKey: (r) => r.uuid("key"),
    connectionString: (r) =>
      `InstrumentationKey=${r.uuid("key")};IngestionEndpoint=https://${r.region}-1.in.applicationinsights.azure.com/;LiveEndpoint=https://${r.region}.livediagnostics.monitor.azure.com/;ApplicationId=${r.uuid("app")}`,
    creationDate: (r) => r.createdAt,
    disableIpMasking: false,
    disableLocalAuth: false,
    flowType: "Bluefield",
    ingestionMode: (r) =>
      r.given("workspaceResourceId") === undefined ? "ApplicationInsights" : "LogAnalytics",
    publicNetworkAccessForIngestion: "Enabled",
    publicNetworkAccessForQuery: "Enabled",
    requestSource: "rest",
    retentionInDays: 90,
    tenantId: (r) => r.account,
  },
  references: [toLinked("workspaceResourceId", workspaceToken)],
});

const webTest = insights("2022-06-15")("WebTest", "webtests", {
  name: { input: "webTestName", charactersMax: 260 },
  location: "own",
  shows: ["webTestName"],
  outputs: { ...succeeded, enabled: true, frequency: 300, kind: "ping", timeout: 30 },
});

/** The entries of alerts and data collection. */
export const alertTypes: readonly ArmEntry[] = [
  actionGroup,
  metricAlert,
  activityAlert,
  queryRule,
  autoscale,
  rule,
  endpoint,
  association,
  component,
  webTest,
];
