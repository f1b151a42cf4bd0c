/**
 * Follows "Tutorial: Isolate back-end communication in Azure App Service with Virtual Network
 * integration":
 * https://learn.microsoft.com/en-us/azure/app-service/tutorial-networking-isolate-vnet
 * with the database of "Tutorial: Connect to an Azure SQL server using an Azure Private Endpoint":
 * https://learn.microsoft.com/en-us/azure/private-link/tutorial-private-endpoint-sql-portal
 */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as sql from "@pulumi/azure-native/sql/index.js";
import * as web from "@pulumi/azure-native/web/index.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

const client = authorization.getClientConfigOutput();
const group = new resources.ResourceGroup("shop");
const resourceGroupName = group.name;

const vnet = new network.VirtualNetwork("shop", {
  resourceGroupName,
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
});
const integration = new network.Subnet("integration", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.0.0.0/24",
  delegations: [{ name: "web", serviceName: "Microsoft.Web/serverFarms" }],
});
const endpoints = new network.Subnet(
  "endpoints",
  {
    resourceGroupName,
    virtualNetworkName: vnet.name,
    addressPrefix: "10.0.1.0/24",
    privateEndpointNetworkPolicies: "Disabled",
  },
  // Azure changes one subnet of a network at a time.
  { dependsOn: [integration] },
);

// Who signs in to the database is an Entra group; there is no password.
const admins = new azuread.Group("database-admins", {
  displayName: "Administrators of the shop's database",
  securityEnabled: true,
});
const server = new sql.Server("shop", {
  resourceGroupName,
  version: "12.0",
  minimalTlsVersion: "1.2",
  publicNetworkAccess: "Disabled",
  administrators: {
    administratorType: "ActiveDirectory",
    azureADOnlyAuthentication: true,
    login: admins.displayName,
    principalType: "Group",
    sid: admins.objectId,
    tenantId: client.tenantId,
  },
});
const database = new sql.Database("shop", {
  resourceGroupName,
  serverName: server.name,
  sku: { name: "S1", tier: "Standard" },
});

const zone = new privatedns.PrivateZone("sql", {
  resourceGroupName,
  privateZoneName: "privatelink.database.windows.net",
  location: "global",
});
new privatedns.VirtualNetworkLink("sql", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  registrationEnabled: false,
  virtualNetwork: { id: vnet.id },
});
const endpoint = new network.PrivateEndpoint("sql", {
  resourceGroupName,
  subnet: { id: endpoints.id },
  privateLinkServiceConnections: [
    { name: "sql", privateLinkServiceId: server.id, groupIds: ["sqlServer"] },
  ],
});
new network.PrivateDnsZoneGroup("sql", {
  resourceGroupName,
  privateEndpointName: endpoint.name,
  privateDnsZoneConfigs: [{ name: "sql", privateDnsZoneId: zone.id }],
});

const plan = new web.AppServicePlan("shop", {
  resourceGroupName,
  kind: "linux",
  reserved: true,
  sku: { name: "S1", tier: "Standard" },
});
const app = new web.WebApp("shop", {
  resourceGroupName,
  serverFarmId: plan.id,
  httpsOnly: true,
  clientAffinityEnabled: false,
  identity: { type: "SystemAssigned" },
  virtualNetworkSubnetId: integration.id,
  siteConfig: {
    linuxFxVersion: "NODE|22-lts",
    alwaysOn: true,
    ftpsState: "Disabled",
    minTlsVersion: "1.2",
    vnetRouteAllEnabled: true,
    connectionStrings: [
      {
        name: "shop",
        type: "SQLAzure",
        connectionString: pulumi.interpolate`Server=tcp:${server.fullyQualifiedDomainName},1433;Database=${database.name};Authentication=Active Directory Managed Identity;Encrypt=True`,
      },
    ],
  },
});

export const url = pulumi.interpolate`https://${app.defaultHostName}`;
