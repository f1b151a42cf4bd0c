/**
 * Follows "Quickstart: Deploy an Azure Kubernetes Service (AKS) cluster using Azure CLI":
 * https://learn.microsoft.com/en-us/azure/aks/learn/quick-kubernetes-deploy-cli
 * with "Best practices for cluster security and upgrades in Azure Kubernetes Service (AKS)":
 * https://learn.microsoft.com/en-us/azure/aks/operator-best-practices-cluster-security
 */
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as registry from "@pulumi/azure-native/containerregistry/index.js";
import * as containers from "@pulumi/azure-native/containerservice/index.js";
import * as identity from "@pulumi/azure-native/managedidentity/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as insights from "@pulumi/azure-native/operationalinsights/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";

const client = authorization.getClientConfigOutput();
const roleDefinition = (id: string) =>
  pulumi.interpolate`/subscriptions/${client.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${id}`;

const group = new resources.ResourceGroup("shop");
const resourceGroupName = group.name;
const workspace = new insights.Workspace("shop", {
  resourceGroupName,
  sku: { name: "PerGB2018" },
  retentionInDays: 90,
});
const vnet = new network.VirtualNetwork("shop", {
  resourceGroupName,
  addressSpace: { addressPrefixes: ["10.50.0.0/16"] },
});
const subnet = new network.Subnet("nodes", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.50.0.0/20",
});

const admins = new azuread.Group("cluster-admins", {
  displayName: "Administrators of the shop's cluster",
  securityEnabled: true,
});
const controlPlane = new identity.UserAssignedIdentity("control-plane", { resourceGroupName });
const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const joins = new authorization.RoleAssignment("control-plane", {
  scope: subnet.id,
  principalId: controlPlane.principalId,
  principalType: "ServicePrincipal",
  roleDefinitionId: roleDefinition(networkContributor),
});

const cluster = new containers.ManagedCluster(
  "shop",
  {
    resourceGroupName,
    dnsPrefix: "shop",
    identity: { type: "UserAssigned", userAssignedIdentities: [controlPlane.id] },
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: {
      managed: true,
      enableAzureRBAC: true,
      adminGroupObjectIDs: [admins.objectId],
      tenantID: client.tenantId,
    },
    apiServerAccessProfile: { enablePrivateCluster: true },
    autoUpgradeProfile: { upgradeChannel: "stable", nodeOSUpgradeChannel: "NodeImage" },
    oidcIssuerProfile: { enabled: true },
    securityProfile: {
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 48 },
      defender: {
        logAnalyticsWorkspaceResourceId: workspace.id,
        securityMonitoring: { enabled: true },
      },
    },
    agentPoolProfiles: [
      {
        name: "system",
        mode: "System",
        count: 3,
        vmSize: "Standard_D2s_v5",
        osType: "Linux",
        osSKU: "AzureLinux",
        type: "VirtualMachineScaleSets",
        vnetSubnetID: subnet.id,
      },
    ],
    networkProfile: {
      networkPlugin: "azure",
      networkPolicy: "azure",
      serviceCidr: "10.51.0.0/16",
      dnsServiceIP: "10.51.0.10",
    },
    addonProfiles: {
      azurepolicy: { enabled: true },
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
      },
      omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspace.id } },
    },
  },
  { dependsOn: [joins] },
);
new monitor.DiagnosticSetting("control-plane", {
  resourceUri: cluster.id,
  workspaceId: workspace.id,
  logs: ["kube-apiserver", "kube-audit-admin", "guard"].map((category) => ({
    category,
    enabled: true,
  })),
});

const images = new registry.Registry("shop", {
  resourceGroupName,
  sku: { name: "Standard" },
  adminUserEnabled: false,
});
const acrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
new authorization.RoleAssignment("pull", {
  scope: images.id,
  principalId: cluster.identityProfile.apply((all) => all?.["kubeletidentity"]?.objectId ?? ""),
  principalType: "ServicePrincipal",
  roleDefinitionId: roleDefinition(acrPull),
});

export const clusterName = cluster.name;
