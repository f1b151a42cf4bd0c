/**
 * Where diagnostic settings send (Azure Monitor, "Diagnostic settings in Azure Monitor", "Send Azure
 * resource logs to Azure Storage", "Azure Monitor Logs reference").
 */

import { type Live, objectsAt, textAt } from "../../probe/token/live.ts";
import type { RecordData } from "../../world/world.ts";
import { dateParts } from "../call.ts";
import { destinationRow, type Routes } from "../logging.ts";
import type { AzureEvent } from "./activity.ts";

export const settingTokens = {
  resource: "azure-native:monitor:DiagnosticSetting",
  subscription: "azure-native:monitor:SubscriptionDiagnosticSetting",
  tenant: "azure-native:aadiam:DiagnosticSetting",
};
const storageTokens = ["azure-native:storage:StorageAccount"];
const workspaceTokens = ["azure-native:operationalinsights:Workspace"];
const hubTokens = ["azure-native:eventhub:EventHub", "azure-native:eventhub:Namespace"];

/** Tables of a workspace by category. */
const tables: Readonly<Record<string, string>> = {
  Administrative: "AzureActivity",
  SignInLogs: "SigninLogs",
  ServicePrincipalSignInLogs: "AADServicePrincipalSignInLogs",
  ManagedIdentitySignInLogs: "AADManagedIdentitySignInLogs",
  NonInteractiveUserSignInLogs: "AADNonInteractiveUserSignInLogs",
  AuditLogs: "AuditLogs",
  StorageRead: "StorageBlobLogs",
  StorageWrite: "StorageBlobLogs",
  StorageDelete: "StorageBlobLogs",
  "kube-audit": "AKSAudit",
  "kube-audit-admin": "AKSAuditAdmin",
};

/** Records of an event in the destinations of every setting that chooses its category. */
export function toSettings(routes: Routes, event: AzureEvent): readonly RecordData[] {
  return routes.live
    .of(
      settingTokens[event.scope],
      ...(event.scope === "subscription" ? [settingTokens.resource] : []),
    )
    .filter((setting) => watches(setting, event) && chooses(setting, event))
    .flatMap((setting) => delivered(routes, setting, event));
}

/** A setting is about what its id lies under; resource settings on a subscription are subscription settings. */
function watches(setting: Live, event: AzureEvent): boolean {
  if (event.scope === "tenant") return isOfTenant(setting, event);
  const owner = setting.id.toLowerCase().split("/providers/microsoft.insights/")[0] ?? "";
  if (event.scope === "subscription")
    return owner === `/subscriptions/${event.account.toLowerCase()}` || owner === "";
  // The logs of blobs are switched on at the account's blob service.
  return owner.replace(/\/blobservices\/default$/, "") === event.resource.toLowerCase();
}

/** Categories that the group `audit` has; `allLogs` has all. */
const auditCategories: ReadonlySet<string> = new Set([
  "AuditEvent",
  "AuditLogs",
  "kube-audit",
  "kube-audit-admin",
  "StorageRead",
  "StorageWrite",
  "StorageDelete",
]);

function chooses({ properties }: Live, { category }: AzureEvent): boolean {
  return objectsAt(properties, "logs").some((log) => {
    if (log["enabled"] !== true) return false;
    const group = textAt(log, "categoryGroup");
    if (group !== "")
      return group === "allLogs" || (group === "audit" && auditCategories.has(category));
    return textAt(log, "category") === category;
  });
}

function delivered({ world }: Routes, setting: Live, event: AzureEvent): readonly RecordData[] {
  const { properties } = setting;
  const kind = event.scope === "subscription" ? "Azure activity log" : `Azure ${event.category}`;
  const common = { kind, at: event.at.toISOString(), body: JSON.stringify(event.record) };
  const to = (tokens: readonly string[], id: string, place: string) => {
    const destination = id === "" ? undefined : destinationRow(world, tokens, id.toLowerCase());
    return destination === undefined ? [] : [{ destination, place, ...common }];
  };
  const rule = textAt(properties, "eventHubAuthorizationRuleId");
  const namespace = rule.replace(/\/authorizationRules\/[^/]+$/i, "");
  const hub = textAt(properties, "eventHubName");
  return [
    ...to(storageTokens, textAt(properties, "storageAccountId"), blobName(event)),
    ...to(
      workspaceTokens,
      textAt(properties, "workspaceId"),
      tables[event.category] ?? "AzureDiagnostics",
    ),
    ...to(hubTokens, hub === "" ? namespace : `${namespace}/eventhubs/${hub}`, ""),
  ];
}

/** `CONTAINER/resourceId=ID/y=…/m=…/d=…/h=…/m=00/PT1H.json`. */
function blobName({ scope, category, account, resource, at }: AzureEvent): string {
  const { year, month, day, hour } = dateParts(at);
  const container =
    scope === "subscription" ? "insights-activity-logs" : `insights-logs-${category.toLowerCase()}`;
  const id =
    scope === "subscription" ? `/SUBSCRIPTIONS/${account.toUpperCase()}` : resource.toUpperCase();
  const place = scope === "tenant" ? `tenantId=${account}` : `resourceId=${id}`;
  return `${container}/${place}/y=${year}/m=${month}/d=${day}/h=${hour}/m=00/PT1H.json`;
}

/** A provider instance works in one tenant, which its resources of the directory do not name. */
function isOfTenant({ properties }: Live, { account }: AzureEvent): boolean {
  const named = textAt(properties, "tenantId");
  return named === "" || named === account;
}
