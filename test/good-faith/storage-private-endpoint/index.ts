/**
 * Follows "Tutorial: Connect to a storage account using an Azure Private Endpoint":
 * https://learn.microsoft.com/en-us/azure/private-link/tutorial-private-endpoint-storage-portal
 * with a bastion and a machine without a public address to test from, as there.
 */
import * as compute from "@pulumi/azure-native/compute/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as privatedns from "@pulumi/azure-native/privatedns/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as tls from "@pulumi/tls";

const group = new resources.ResourceGroup("archive");
const resourceGroupName = group.name;
const guard = new network.NetworkSecurityGroup("machines", { resourceGroupName });
const vnet = new network.VirtualNetwork("archive", {
  resourceGroupName,
  addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
});
const subnet = new network.Subnet("machines", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.1.0.0/24",
  networkSecurityGroup: { id: guard.id },
});
const bastionSubnet = new network.Subnet(
  "bastion",
  {
    resourceGroupName,
    virtualNetworkName: vnet.name,
    subnetName: "AzureBastionSubnet",
    addressPrefix: "10.1.1.0/26",
  },
  { dependsOn: [subnet] },
);
const address = new network.PublicIPAddress("bastion", {
  resourceGroupName,
  sku: { name: "Standard" },
  publicIPAllocationMethod: "Static",
});
new network.BastionHost("bastion", {
  resourceGroupName,
  sku: { name: "Standard" },
  ipConfigurations: [
    {
      name: "bastion",
      subnet: { id: bastionSubnet.id },
      publicIPAddress: { id: address.id },
    },
  ],
});

const account = new storage.StorageAccount("archive", {
  resourceGroupName,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  publicNetworkAccess: "Disabled",
  networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
  allowBlobPublicAccess: false,
  minimumTlsVersion: "TLS1_2",
  enableHttpsTrafficOnly: true,
});
new storage.BlobContainer("documents", {
  resourceGroupName,
  accountName: account.name,
  publicAccess: "None",
});

const zone = new privatedns.PrivateZone("blob", {
  resourceGroupName,
  privateZoneName: "privatelink.blob.core.windows.net",
  location: "global",
});
new privatedns.VirtualNetworkLink("blob", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  registrationEnabled: false,
  virtualNetwork: { id: vnet.id },
});
const endpoint = new network.PrivateEndpoint("blob", {
  resourceGroupName,
  subnet: { id: subnet.id },
  privateLinkServiceConnections: [
    { name: "blob", privateLinkServiceId: account.id, groupIds: ["blob"] },
  ],
});
new network.PrivateDnsZoneGroup("blob", {
  resourceGroupName,
  privateEndpointName: endpoint.name,
  privateDnsZoneConfigs: [{ name: "blob", privateDnsZoneId: zone.id }],
});

const key = new tls.PrivateKey("tester", { algorithm: "RSA", rsaBits: 4096 });
const card = new network.NetworkInterface("tester", {
  resourceGroupName,
  ipConfigurations: [
    { name: "inner", subnet: { id: subnet.id }, privateIPAllocationMethod: "Dynamic" },
  ],
});
new compute.VirtualMachine("tester", {
  resourceGroupName,
  hardwareProfile: { vmSize: "Standard_B2s" },
  networkProfile: { networkInterfaces: [{ id: card.id, primary: true }] },
  osProfile: {
    computerName: "tester",
    adminUsername: "azureuser",
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      ssh: {
        publicKeys: [
          { keyData: key.publicKeyOpenssh, path: "/home/azureuser/.ssh/authorized_keys" },
        ],
      },
    },
  },
  storageProfile: {
    imageReference: {
      publisher: "Canonical",
      offer: "ubuntu-24_04-lts",
      sku: "server",
      version: "latest",
    },
    osDisk: { createOption: "FromImage", managedDisk: { storageAccountType: "Standard_LRS" } },
  },
});

export const accountName = account.name;
