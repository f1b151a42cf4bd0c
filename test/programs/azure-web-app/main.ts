import * as insights from "@pulumi/azure-native/applicationinsights/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as sql from "@pulumi/azure-native/sql/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const client = authorization.getClientConfigOutput();
const group = new resources.ResourceGroup("shop");
const password = new random.RandomPassword("sql", { length: 24 });

const server = new sql.Server("shop", {
  resourceGroupName: group.name,
  administratorLogin: "shop",
  administratorLoginPassword: password.result,
  minimalTlsVersion: "1.2",
});
const database = new sql.Database("shop", {
  resourceGroupName: group.name,
  serverName: server.name,
  sku: { name: "S0" },
});
const vault = new keyvault.Vault("shop", {
  resourceGroupName: group.name,
  properties: {
    tenantId: client.tenantId,
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
  },
});
const connection = new keyvault.Secret("connection", {
  resourceGroupName: group.name,
  vaultName: vault.name,
  properties: {
    value: pulumi.interpolate`Server=${server.name}.database.windows.net;Database=${database.name};User=shop;Password=${password.result}`,
  },
});
const telemetry = new insights.Component("shop", {
  resourceGroupName: group.name,
  kind: "web",
  applicationType: "web",
  ingestionMode: "ApplicationInsights",
});
const plan = new web.AppServicePlan("shop", {
  resourceGroupName: group.name,
  kind: "Linux",
  reserved: true,
  sku: { name: "B1", tier: "Basic" },
});
const app = new web.WebApp("shop", {
  resourceGroupName: group.name,
  serverFarmId: plan.id,
  httpsOnly: true,
  identity: { type: "SystemAssigned" },
  siteConfig: {
    linuxFxVersion: "NODE|22-lts",
    appSettings: [
      { name: "CONNECTION", value: connection.properties.secretUriWithVersion },
      { name: "APPLICATIONINSIGHTS_CONNECTION_STRING", value: telemetry.connectionString },
    ],
  },
});
const readSecrets = "4633458b-17de-408a-b874-0445c86b69e6";
new authorization.RoleAssignment("secrets", {
  scope: vault.id,
  principalId: app.identity.apply((identity) => identity?.principalId ?? ""),
  principalType: "ServicePrincipal",
  roleDefinitionId: pulumi.interpolate`/subscriptions/${client.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${readSecrets}`,
});

const account = new storage.StorageAccount("site", {
  resourceGroupName: group.name,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  minimumTlsVersion: "TLS1_2",
});
const site = new storage.StorageAccountStaticWebsite("site", {
  accountName: account.name,
  resourceGroupName: group.name,
  indexDocument: "index.html",
});
new storage.Blob("index.html", {
  resourceGroupName: group.name,
  accountName: account.name,
  containerName: site.containerName,
  contentType: "text/html",
  source: new pulumi.asset.StringAsset("<h1>hello</h1>"),
});

export const url = pulumi.interpolate`https://${app.defaultHostName}`;
export const siteUrl = account.primaryEndpoints.web;
