/** Alerts, channels, uptime checks and dashboards (Cloud Monitoring API v3). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, notFound, project, within } from "./common.ts";

const channelToken = "gcp:monitoring/notificationChannel:NotificationChannel";
const twentyMinutes = { create: 1200, update: 1200, delete: 1200 };

/** Monitoring numbers what it holds: the name is the id. */
function numbered(collection: string): Pick<TypeEntry, "id" | "timeouts"> {
  return {
    id: (r) => `projects/${r.account}/${collection}/${r.digits("number", 19)}`,
    timeouts: twentyMinutes,
  };
}

const alert: TypeEntry = {
  ...numbered("alertPolicies"),
  token: "gcp:monitoring/alertPolicy:AlertPolicy",
  defaults: { enabled: true },
  maps: ["userLabels"],
  forceNew: ["project"],
  check: (r) =>
    ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"].includes(r.text("combiner"))
      ? []
      : [
          {
            property: "combiner",
            reason: `expected combiner to be one of AND, OR, AND_WITH_MATCHING_RESOURCE, got ${r.text("combiner")}`,
          },
        ],
  planned: project,
  outputs: {
    name: (r) => r.id,
    creationRecords: (r): Json => [{ mutateTime: r.createdAt, mutatedBy: "local-clouds" }],
    severity: "",
    ...within("conditions[*]", { name: (r) => `${r.id}/conditions/${r.digits("condition", 19)}` }),
    ...absent("alertStrategy", "documentation"),
  },
  keys: ["name"],
  references: [
    {
      at: "notificationChannels[*]",
      to: channelToken,
      holds: true,
      missing: notFound("The supplied notification channel, {value}, does not exist"),
    },
  ],
};

/** Kinds of channels and the label each needs (Monitoring API, `notificationChannelDescriptors`). */
const channelLabels: Readonly<Record<string, string>> = {
  email: "email_address",
  pagerduty: "service_key",
  pubsub: "topic",
  slack: "channel_name",
  sms: "number",
  webhook_tokenauth: "url",
};

const channel: TypeEntry = {
  ...numbered("notificationChannels"),
  token: channelToken,
  defaults: { enabled: true, forceDelete: false },
  maps: ["userLabels"],
  forceNew: ["project"],
  planned: project,
  outputs: {
    name: (r) => r.id,
    description: "",
    verificationStatus: "",
    ...absent("sensitiveLabels"),
  },
  keys: ["name"],
  admit: (r) => missingLabel(r),
  inUse: {
    code: "400",
    says: "Cannot delete notification channel {id}: it is referenced by {value}, failedPrecondition",
  },
};

function missingLabel(r: Resource) {
  const wanted = channelLabels[r.text("type")];
  const given = { ...r.object("labels"), ...r.object("sensitiveLabels") };
  return wanted === undefined || wanted in given || wanted === "service_key"
    ? undefined
    : badRequest(
        `Field "notification_channel.labels['${wanted}']" is required for type "${r.text("type")}"`,
      );
}

const uptime: TypeEntry = {
  token: "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig",
  defaults: { period: "300s", "httpCheck.path": "/", "httpCheck.requestMethod": "GET" },
  maps: ["userLabels", "httpCheck.headers", "monitoredResource.labels"],
  forceNew: [
    "checkerType",
    "httpCheck.requestMethod",
    "monitoredResource",
    "project",
    "resourceGroup",
  ],
  timeouts: twentyMinutes,
  id: (r) => `projects/${r.account}/uptimeCheckConfigs/${checkId(r)}`,
  planned: project,
  outputs: {
    name: (r) => r.id,
    uptimeCheckId: checkId,
    checkerType: "STATIC_IP_CHECKERS",
    ...absent("resourceGroup", "syntheticMonitor"),
  },
  keys: ["name", "uptimeCheckId"],
  admit: (r) =>
    ["60s", "300s", "600s", "900s"].includes(r.text("period", "300s"))
      ? undefined
      : badRequest(`Invalid period ${r.text("period")}: it must be 60s, 300s, 600s or 900s`),
};

function checkId(r: Resource): string {
  return `${r
    .text("displayName")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")}-${r.characters("check", 11)}`;
}

const dashboard: TypeEntry = {
  token: "gcp:monitoring/dashboard:Dashboard",
  forceNew: ["project"],
  check: (r) => {
    try {
      JSON.parse(r.text("dashboardJson"));
      return [];
    } catch {
      return [{ property: "dashboardJson", reason: '"dashboard_json" contains an invalid JSON' }];
    }
  },
  id: (r) => `projects/${r.account}/dashboards/${r.uuid("dashboard")}`,
  planned: project,
  timeouts: { create: 240, update: 240, delete: 240 },
};

/** The entries of Monitoring. */
export const monitoringTypes: readonly TypeEntry[] = [alert, channel, uptime, dashboard];
