/**
 * Follows "Authenticate to Azure from GitHub Actions by OpenID Connect":
 * https://learn.microsoft.com/en-us/azure/developer/github/connect-from-azure-openid-connect
 * with what was deployed kept as in "Activity log in Azure Monitor":
 * https://learn.microsoft.com/en-us/azure/azure-monitor/platform/activity-log
 */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as operational from "@pulumi/azure-native/operationalinsights/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

const client = authorization.getClientConfigOutput();

const application = new azuread.Application("deploy", {
  displayName: "GitHub deploys the shop",
  signInAudience: "AzureADMyOrg",
});
const principal = new azuread.ServicePrincipal("deploy", { clientId: application.clientId });
new azuread.ApplicationFederatedIdentityCredential("production", {
  applicationId: application.id,
  displayName: "production",
  description: "Jobs of the environment production in acme/shop",
  issuer: "https://token.actions.githubusercontent.com",
  subject: "repo:acme/shop:environment:production",
  audiences: ["api://AzureADTokenExchange"],
});

const group = new resources.ResourceGroup("shop");
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
new authorization.RoleAssignment("deploy", {
  scope: group.id,
  principalId: principal.objectId,
  principalType: "ServicePrincipal",
  roleDefinitionId: pulumi.interpolate`/subscriptions/${client.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${contributor}`,
});

const audit = new resources.ResourceGroup("audit");
const workspace = new operational.Workspace("audit", {
  resourceGroupName: audit.name,
  sku: { name: "PerGB2018" },
  retentionInDays: 365,
});
const categories = ["Administrative", "Security", "Alert", "Policy"];
new monitor.SubscriptionDiagnosticSetting("activity", {
  name: "activity",
  workspaceId: workspace.id,
  logs: categories.map((category) => ({ category, enabled: true })),
});

const oncall = new monitor.ActionGroup("oncall", {
  resourceGroupName: audit.name,
  groupShortName: "oncall",
  location: "global",
  enabled: true,
  emailReceivers: [
    { name: "oncall", emailAddress: "oncall@example.com", useCommonAlertSchema: true },
  ],
});
new monitor.ActivityLogAlert("role-assigned", {
  resourceGroupName: audit.name,
  location: "global",
  enabled: true,
  scopes: [pulumi.interpolate`/subscriptions/${client.subscriptionId}`],
  condition: {
    allOf: [
      { field: "category", equals: "Administrative" },
      { field: "operationName", equals: "Microsoft.Authorization/roleAssignments/write" },
    ],
  },
  actions: { actionGroups: [{ actionGroupId: oncall.id }] },
});

export const clientId = application.clientId;
export const tenantId = client.tenantId;
