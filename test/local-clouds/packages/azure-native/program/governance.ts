/** Who may do what in the program, and what is watched. */

import type { JsonObject } from "../../../../../local-clouds/protocol/value.ts";
import type { Stores } from "./data.ts";
import type { Networks } from "./network.ts";
import { type AzureProgram, subscription, tenant } from "./program.ts";

const scope = `/subscriptions/${subscription}`;

/** An identity of its own, trusted by a pipeline; its id. */
export function makeIdentity(p: AzureProgram): string {
  const id = p.make("managedidentity:UserAssignedIdentity", "ci", { resourceName: "pipeline" });
  p.make("managedidentity:FederatedIdentityCredential", "github", {
    resourceName: "pipeline",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:acme@1/shop@2:environment:prod",
    audiences: ["api://AzureADTokenExchange"],
  });
  return id;
}

/** Makes roles, policies, locks. */
export function makeRights(p: AzureProgram, identity: string): void {
  const role = p.bare("authorization:RoleDefinition", "reader", {
    scope,
    roleName: "Reader of nets",
    permissions: [{ actions: ["Microsoft.Network/*/read"] }],
  });
  p.bare("authorization:RoleAssignment", "reader", {
    scope: p.group,
    roleDefinitionId: role,
    principalId: String(p.outputs(identity)["principalId"]),
    principalType: "ServicePrincipal",
  });
  p.bare("authorization:PimRoleEligibilitySchedule", "owner", {
    scope: p.group,
    roleDefinitionId: role,
    principalId: "99999999-0000-4000-8000-000000000000",
  });
  p.bare("authorization:RoleManagementPolicy", "pim", { scope, rules: [] });
  p.bare("authorization:RoleManagementPolicyAssignment", "pim", { scope, roleDefinitionId: role });
  const definition = p.bare("authorization:PolicyDefinition", "tags", {
    policyRule: JSON.parse(
      '{"if":{"field":"tags","exists":"false"},"then":{"effect":"deny"}}',
    ) as JsonObject,
  });
  const set = p.bare("authorization:PolicySetDefinition", "all", {
    policyDefinitions: [{ policyDefinitionId: definition }],
  });
  const assignment = p.bare("authorization:PolicyAssignment", "all", {
    scope: p.group,
    policyDefinitionId: set,
  });
  p.bare("authorization:PolicyExemption", "old", {
    scope: p.group,
    policyAssignmentId: assignment,
    exemptionCategory: "Waiver",
  });
  p.bare("authorization:ManagementLockByScope", "keep", { scope: p.group, level: "CanNotDelete" });
  p.make("authorization:ManagementLockAtResourceGroupLevel", "keep-group", {
    level: "CanNotDelete",
  });
  p.bare("authorization:ManagementLockAtSubscriptionLevel", "keep-all", { level: "CanNotDelete" });
  p.bare("management:ManagementGroup", "org", {
    groupId: "org",
    details: {
      parent: { id: `/providers/Microsoft.Management/managementGroups/${tenant}` },
    },
  });
  p.bare("management:ManagementGroupSubscription", "member", { groupId: "org" });
}

/** Makes logs, alerts, plans of Defender and the services. */
export function makeWatch(p: AzureProgram, at: Networks, stores: Stores): void {
  const workspace = p.make("operationalinsights:Workspace", "logs", { workspaceName: "logs" });
  const inWorkspace = { workspaceName: "logs" };
  p.make("operationalinsights:SavedSearch", "denied", {
    ...inWorkspace,
    category: "net",
    displayName: "Denied",
    query: "AzureDiagnostics",
  });
  p.make("operationalinsights:DataExport", "export", {
    ...inWorkspace,
    resourceId: stores.account,
    tableNames: ["Heartbeat"],
  });
  p.make("securityinsights:SentinelOnboardingState", "sentinel", inWorkspace);
  p.make("operationalinsights:Table", "Events_CL", { ...inWorkspace, schema: {} });
  p.make("securityinsights:ScheduledAlertRule", "denied", {
    ...inWorkspace,
    kind: "Scheduled",
    displayName: "Denied",
    enabled: true,
    query: "AzureDiagnostics",
    queryFrequency: "PT1H",
    queryPeriod: "PT1H",
    severity: "High",
    suppressionDuration: "PT1H",
    suppressionEnabled: false,
    triggerOperator: "GreaterThan",
    triggerThreshold: 0,
  });
  const logs = [{ categoryGroup: "allLogs", enabled: true }];
  p.bare("monitor:DiagnosticSetting", "blobs", {
    resourceUri: `${stores.account}/blobServices/default`,
    workspaceId: workspace,
    logs,
  });
  p.bare("monitor:SubscriptionDiagnosticSetting", "activity", { workspaceId: workspace, logs });
  p.bare("aadiam:DiagnosticSetting", "sign-ins", {
    workspaceId: workspace,
    logs: [{ category: "SignInLogs", enabled: true }],
  });
  p.make("network:FlowLog", "flows", {
    networkWatcherName: "watch",
    storageId: stores.account,
    targetResourceId: at.net,
    enabled: true,
  });
  makeAlerts(p, workspace, stores);
  p.bare("security:Pricing", "Containers", {
    scopeId: scope,
    pricingName: "Containers",
    pricingTier: "Standard",
  });
  p.bare("security:SecurityContact", "contact", { emails: "soc@example.org" });
  p.make("security:Automation", "export", {});
  p.make("recoveryservices:Vault", "backup", { vaultName: "backup", sku: { name: "Standard" } });
  p.make("recoveryservices:ProtectionPolicy", "daily", {
    vaultName: "backup",
    properties: { backupManagementType: "AzureIaasVM" },
  });
  p.bare("consumption:Budget", "month", {
    scope,
    amount: 100,
    category: "Cost",
    timeGrain: "Monthly",
    timePeriod: { startDate: "2026-01-01T00:00:00Z" },
  });
  makeEndpoints(p, at, stores);
  makeServices(p);
}

function makeAlerts(p: AzureProgram, workspace: string, stores: Stores): void {
  const group = p.make("monitor:ActionGroup", "soc", { enabled: true, groupShortName: "soc" });
  p.make("monitor:MetricAlert", "slow", {
    criteria: { odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria" },
    enabled: true,
    evaluationFrequency: "PT1M",
    windowSize: "PT5M",
    severity: 2,
    scopes: [stores.account],
    actions: [{ actionGroupId: group }],
  });
  p.make("monitor:ActivityLogAlert", "deleted", {
    actions: { actionGroups: [{ actionGroupId: group }] },
    condition: { allOf: [{ field: "category", equals: "Administrative" }] },
    scopes: [scope],
  });
  p.make("monitor:ScheduledQueryRule", "denied", {
    scopes: [workspace],
    actions: { actionGroups: [group] },
  });
  p.make("monitor:AutoscaleSetting", "scale", {
    profiles: [{ name: "all", capacity: { minimum: "1", maximum: "3", default: "1" }, rules: [] }],
  });
  const endpoint = p.make("monitor:DataCollectionEndpoint", "ingest", {});
  const rule = p.make("monitor:DataCollectionRule", "syslog", {
    dataCollectionEndpointId: endpoint,
    destinations: { logAnalytics: [{ name: "logs", workspaceResourceId: workspace }] },
    dataFlows: [{ streams: ["Microsoft-Syslog"], destinations: ["logs"] }],
  });
  p.bare("monitor:DataCollectionRuleAssociation", "vm", {
    resourceUri: `${p.group}/providers/Microsoft.Compute/virtualMachines/vm`,
    dataCollectionRuleId: rule,
  });
  p.make("applicationinsights:Component", "insights", {
    applicationType: "web",
    kind: "web",
    workspaceResourceId: workspace,
  });
  p.make("applicationinsights:WebTest", "ping", {
    syntheticMonitorId: "ping",
    webTestKind: "ping",
    locations: [{ location: "emea-nl-ams-azr" }],
  });
}

function makeEndpoints(p: AzureProgram, at: Networks, stores: Stores): void {
  p.make("network:PrivateEndpoint", "sql", {
    privateEndpointName: "to-sql",
    subnet: { id: at.app },
    privateLinkServiceConnections: [
      { name: "sql", privateLinkServiceId: stores.server, groupIds: ["sqlServer"] },
    ],
  });
  p.make("network:PrivateDnsZoneGroup", "default", {
    privateEndpointName: "to-sql",
    privateDnsZoneConfigs: [{ name: "zone", privateDnsZoneId: at.privateZone }],
  });
}

function makeServices(p: AzureProgram): void {
  p.make("trafficmanager:Profile", "edge", {
    trafficRoutingMethod: "Priority",
    dnsConfig: { relativeName: "edge-1", ttl: 30 },
  });
  p.make("synapse:Workspace", "lake", {
    workspaceName: "lake",
    identity: { type: "SystemAssigned" },
    defaultDataLakeStorage: { accountUrl: "https://store1.dfs.core.windows.net" },
  });
  p.make("synapse:SqlPool", "pool", { workspaceName: "lake" });
  p.make("synapse:BigDataPool", "Spark1", { workspaceName: "lake", nodeCount: 3 });
  p.make("synapse:IpFirewallRule", "office", {
    workspaceName: "lake",
    startIpAddress: "192.0.2.1",
    endIpAddress: "192.0.2.2",
  });
  p.make("apimanagement:ApiManagementService", "apis", {
    serviceName: "apis",
    publisherEmail: "api@example.org",
    publisherName: "API",
    sku: { name: "Developer", capacity: 1 },
  });
  p.make("apimanagement:Api", "shop", { serviceName: "apis", path: "shop" });
  p.make("apimanagement:Product", "all", { serviceName: "apis", displayName: "All" });
  p.make("apimanagement:Backend", "origin", {
    serviceName: "apis",
    protocol: "http",
    url: "https://www.example.org",
  });
  p.make("appconfiguration:ConfigurationStore", "config", {
    configStoreName: "config",
    sku: { name: "Standard" },
  });
  p.make("appconfiguration:KeyValue", "mode", {
    configStoreName: "config",
    keyValueName: "mode$prod",
    value: "on",
  });
  p.make("search:Service", "search", { searchServiceName: "search", sku: { name: "basic" } });
  p.make("cognitiveservices:Account", "ai", {
    accountName: "ai",
    kind: "OpenAI",
    sku: { name: "S0" },
    properties: { customSubDomainName: "ai" },
  });
  p.make("cognitiveservices:Deployment", "model", {
    accountName: "ai",
    properties: { model: { name: "m", format: "OpenAI", version: "1" } },
  });
  p.make("datafactory:Factory", "factory", { factoryName: "factory" });
  p.make("signalrservice:SignalR", "push", { resourceName: "push" });
  p.make("automation:AutomationAccount", "robots", {
    automationAccountName: "robots",
    sku: { name: "Basic" },
  });
  p.make("logic:Workflow", "flow", { workflowName: "flow" });
  p.make("web:Connection", "mail", {
    properties: {
      api: { id: `${scope}/providers/Microsoft.Web/locations/westeurope/managedApis/office365` },
    },
  });
}
