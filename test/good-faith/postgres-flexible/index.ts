/**
 * Follows "Networking overview for Azure Database for PostgreSQL flexible server with private
 * access (VNet integration)":
 * https://learn.microsoft.com/en-us/azure/postgresql/network/concepts-networking-private
 * with sign-in as in "Use Microsoft Entra ID for authentication":
 * https://learn.microsoft.com/en-us/azure/postgresql/security/security-entra-configure
 */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as postgres from "@pulumi/azure-native/dbforpostgresql/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";

const client = authorization.getClientConfigOutput();
const group = new resources.ResourceGroup("ledger");
const resourceGroupName = group.name;
const appRange = "10.70.0.0/24";
const databaseRange = "10.70.1.0/28";

const vnet = new network.VirtualNetwork("ledger", {
  resourceGroupName,
  addressSpace: { addressPrefixes: ["10.70.0.0/16"] },
});
const app = new network.Subnet("app", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: appRange,
});
// The page wants ranges in the rules (no application groups) and the server's own traffic let be.
const guard = new network.NetworkSecurityGroup("database", {
  resourceGroupName,
  securityRules: [
    {
      name: "app-to-database",
      priority: 100,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefix: appRange,
      sourcePortRange: "*",
      destinationAddressPrefix: databaseRange,
      destinationPortRange: "5432",
    },
    {
      name: "within-database",
      priority: 110,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefix: databaseRange,
      sourcePortRange: "*",
      destinationAddressPrefix: databaseRange,
      destinationPortRange: "5432",
    },
    {
      name: "nobody-else",
      priority: 4000,
      direction: "Inbound",
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
    },
  ],
});
const delegated = new network.Subnet(
  "database",
  {
    resourceGroupName,
    virtualNetworkName: vnet.name,
    addressPrefix: databaseRange,
    networkSecurityGroup: { id: guard.id },
    serviceEndpoints: [{ service: "Microsoft.Storage" }],
    delegations: [{ name: "postgres", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
  },
  { dependsOn: [app] },
);
const zone = new privatedns.PrivateZone("ledger", {
  resourceGroupName,
  privateZoneName: "ledger.private.postgres.database.azure.com",
  location: "global",
});
const link = new privatedns.VirtualNetworkLink("ledger", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  registrationEnabled: false,
  virtualNetwork: { id: vnet.id },
});

const server = new postgres.Server(
  "ledger",
  {
    resourceGroupName,
    version: "16",
    createMode: "Default",
    sku: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
    storage: { storageSizeGB: 128 },
    network: { delegatedSubnetResourceId: delegated.id, privateDnsZoneArmResourceId: zone.id },
    highAvailability: { mode: "ZoneRedundant" },
    backup: { backupRetentionDays: 14, geoRedundantBackup: "Disabled" },
    authConfig: {
      activeDirectoryAuth: "Enabled",
      passwordAuth: "Disabled",
      tenantId: client.tenantId,
    },
  },
  { dependsOn: [link] },
);
const admins = new azuread.Group("ledger-admins", {
  displayName: "Administrators of the ledger",
  securityEnabled: true,
});
new postgres.Administrator("ledger", {
  resourceGroupName,
  serverName: server.name,
  objectId: admins.objectId,
  principalName: admins.displayName,
  principalType: "Group",
  tenantId: client.tenantId,
});
new postgres.Database("ledger", {
  resourceGroupName,
  serverName: server.name,
  charset: "UTF8",
  collation: "en_US.utf8",
});

export const host = server.fullyQualifiedDomainName;
