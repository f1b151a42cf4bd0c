/**
 * Follows "Tutorial: Create a function app that connects to Azure services using identities
 * instead of secrets":
 * https://learn.microsoft.com/en-us/azure/azure-functions/functions-identity-based-connections-tutorial
 * on a dedicated plan, which needs no file share and so no connection string of one.
 */
import * as insights from "@pulumi/azure-native/applicationinsights/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as identity from "@pulumi/azure-native/managedidentity/index.js";
import * as operational from "@pulumi/azure-native/operationalinsights/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as servicebus from "@pulumi/azure-native/servicebus/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import * as pulumi from "@pulumi/pulumi";

const client = authorization.getClientConfigOutput();
const group = new resources.ResourceGroup("orders");
const resourceGroupName = group.name;

const host = new storage.StorageAccount("orders", {
  resourceGroupName,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false,
  minimumTlsVersion: "TLS1_2",
  enableHttpsTrafficOnly: true,
});
const vault = new keyvault.Vault("orders", {
  resourceGroupName,
  properties: {
    tenantId: client.tenantId,
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
    enableSoftDelete: true,
  },
});
const bus = new servicebus.Namespace("orders", {
  resourceGroupName,
  sku: { name: "Standard", tier: "Standard" },
  disableLocalAuth: true,
  minimumTlsVersion: "1.2",
});
const queue = new servicebus.Queue("orders", {
  resourceGroupName,
  namespaceName: bus.name,
  deadLetteringOnMessageExpiration: true,
});

const workspace = new operational.Workspace("orders", {
  resourceGroupName,
  sku: { name: "PerGB2018" },
  retentionInDays: 30,
});
const telemetry = new insights.Component("orders", {
  resourceGroupName,
  kind: "web",
  applicationType: "web",
  workspaceResourceId: workspace.id,
});

const secretsReader = new identity.UserAssignedIdentity("orders", { resourceGroupName });
const plan = new web.AppServicePlan("orders", {
  resourceGroupName,
  kind: "linux",
  reserved: true,
  sku: { name: "P0v3", tier: "Premium0V3" },
});
const app = new web.WebApp("orders", {
  resourceGroupName,
  kind: "functionapp,linux",
  serverFarmId: plan.id,
  httpsOnly: true,
  identity: {
    type: "SystemAssigned, UserAssigned",
    userAssignedIdentities: [secretsReader.id],
  },
  keyVaultReferenceIdentity: secretsReader.id,
  siteConfig: {
    linuxFxVersion: "NODE|22",
    alwaysOn: true,
    ftpsState: "Disabled",
    minTlsVersion: "1.2",
    appSettings: [
      { name: "FUNCTIONS_EXTENSION_VERSION", value: "~4" },
      { name: "FUNCTIONS_WORKER_RUNTIME", value: "node" },
      { name: "AzureWebJobsStorage__accountName", value: host.name },
      {
        name: "Orders__fullyQualifiedNamespace",
        value: pulumi.interpolate`${bus.name}.servicebus.windows.net`,
      },
      { name: "ORDERS_QUEUE", value: queue.name },
      { name: "APPLICATIONINSIGHTS_CONNECTION_STRING", value: telemetry.connectionString },
    ],
  },
});

/** Lets an identity use one thing in one built-in role. */
function grant(
  name: string,
  principalId: pulumi.Input<string>,
  scope: pulumi.Input<string>,
  role: string,
) {
  new authorization.RoleAssignment(name, {
    scope,
    principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: pulumi.interpolate`/subscriptions/${client.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  });
}

const blobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const busReceiver = "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0";
const system = app.identity.apply((given) => given?.principalId ?? "");
grant("host-storage", system, host.id, blobDataOwner);
grant("secrets", secretsReader.principalId, vault.id, secretsUser);
grant("queue", system, queue.id, busReceiver);

export const appName = app.name;
