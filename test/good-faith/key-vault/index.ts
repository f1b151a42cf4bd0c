/**
 * Follows "Secure your Azure Key Vault":
 * https://learn.microsoft.com/en-us/azure/key-vault/general/secure-key-vault
 * with the logs of "Enable Key Vault logging":
 * https://learn.microsoft.com/en-us/azure/key-vault/general/howto-logging
 */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as identity from "@pulumi/azure-native/managedidentity/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as insights from "@pulumi/azure-native/operationalinsights/index.js";
import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const client = authorization.getClientConfigOutput();
const group = new resources.ResourceGroup("payments");
const resourceGroupName = group.name;

// One vault for one application in one environment.
const vault = new keyvault.Vault("payments", {
  resourceGroupName,
  properties: {
    tenantId: client.tenantId,
    sku: { family: "A", name: "premium" },
    enableRbacAuthorization: true,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    enablePurgeProtection: true,
    publicNetworkAccess: "Disabled",
    networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
  },
});

const app = new identity.UserAssignedIdentity("payments", { resourceGroupName });
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
new authorization.RoleAssignment("payments", {
  scope: vault.id,
  principalId: app.principalId,
  principalType: "ServicePrincipal",
  roleDefinitionId: pulumi.interpolate`/subscriptions/${client.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`,
});

const expiry = Date.UTC(2027, 5, 1) / 1000;
const apiKey = new random.RandomPassword("api-key", { length: 40 });
new keyvault.Secret("api-key", {
  resourceGroupName,
  vaultName: vault.name,
  properties: { value: apiKey.result, attributes: { enabled: true, expires: expiry } },
});
new keyvault.Key("signing", {
  resourceGroupName,
  vaultName: vault.name,
  properties: {
    kty: "RSA",
    keySize: 3072,
    keyOps: ["sign", "verify"],
    attributes: { enabled: true, expires: expiry },
    rotationPolicy: {
      attributes: { expiryTime: "P180D" },
      lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeBeforeExpiry: "P30D" } }],
    },
  },
});

const vnet = new network.VirtualNetwork("payments", {
  resourceGroupName,
  addressSpace: { addressPrefixes: ["10.60.0.0/16"] },
});
const subnet = new network.Subnet("endpoints", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.60.0.0/24",
});
const zone = new privatedns.PrivateZone("vault", {
  resourceGroupName,
  privateZoneName: "privatelink.vaultcore.azure.net",
  location: "global",
});
new privatedns.VirtualNetworkLink("vault", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  registrationEnabled: false,
  virtualNetwork: { id: vnet.id },
});
const endpoint = new network.PrivateEndpoint("vault", {
  resourceGroupName,
  subnet: { id: subnet.id },
  privateLinkServiceConnections: [
    { name: "vault", privateLinkServiceId: vault.id, groupIds: ["vault"] },
  ],
});
new network.PrivateDnsZoneGroup("vault", {
  resourceGroupName,
  privateEndpointName: endpoint.name,
  privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId: zone.id }],
});

const workspace = new insights.Workspace("audit", {
  resourceGroupName,
  sku: { name: "PerGB2018" },
  retentionInDays: 365,
});
new monitor.DiagnosticSetting("vault", {
  resourceUri: vault.id,
  workspaceId: workspace.id,
  logs: [{ categoryGroup: "audit", enabled: true }],
  metrics: [{ category: "AllMetrics", enabled: true }],
});

export const vaultUri = vault.properties.vaultUri;
