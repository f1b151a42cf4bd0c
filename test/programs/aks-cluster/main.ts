import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as registry from "@pulumi/azure-native/containerregistry/index.js";
import * as containers from "@pulumi/azure-native/containerservice/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as insights from "@pulumi/azure-native/operationalinsights/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const client = authorization.getClientConfigOutput();
const group = new resources.ResourceGroup("shop");
const workspace = new insights.Workspace("shop", {
  resourceGroupName: group.name,
  sku: { name: "PerGB2018" },
  retentionInDays: 30,
});
const vnet = new network.VirtualNetwork("shop", {
  resourceGroupName: group.name,
  addressSpace: { addressPrefixes: ["10.2.0.0/16"] },
});
const subnet = new network.Subnet("nodes", {
  resourceGroupName: group.name,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.2.0.0/20",
});
const images = new registry.Registry("shop", {
  resourceGroupName: group.name,
  sku: { name: "Standard" },
  adminUserEnabled: false,
});
const cluster = new containers.ManagedCluster("shop", {
  resourceGroupName: group.name,
  dnsPrefix: "shop",
  identity: { type: "SystemAssigned" },
  agentPoolProfiles: [
    {
      name: "system",
      mode: "System",
      count: 2,
      vmSize: "Standard_D2s_v5",
      osType: "Linux",
      type: "VirtualMachineScaleSets",
      vnetSubnetID: subnet.id,
    },
  ],
  networkProfile: { networkPlugin: "azure", serviceCidr: "10.3.0.0/16", dnsServiceIP: "10.3.0.10" },
  addonProfiles: {
    omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspace.id } },
  },
});
const pull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
new authorization.RoleAssignment("pull", {
  scope: images.id,
  principalId: cluster.identityProfile.apply((all) => all?.["kubeletidentity"]?.objectId ?? ""),
  principalType: "ServicePrincipal",
  roleDefinitionId: pulumi.interpolate`/subscriptions/${client.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${pull}`,
});

const credentials = containers.listManagedClusterUserCredentialsOutput({
  resourceGroupName: group.name,
  resourceName: cluster.name,
});
const kubeconfig = credentials.kubeconfigs.apply((all) =>
  Buffer.from(all[0]?.value ?? "", "base64").toString(),
);
const provider = new kubernetes.Provider("shop", { kubeconfig });
const labels = { app: "web" };
const namespace = new kubernetes.core.v1.Namespace("web", {}, { provider });
const deployment = new kubernetes.apps.v1.Deployment(
  "web",
  {
    metadata: { namespace: namespace.metadata.name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: "web", image: "nginx:1.29", ports: [{ name: "http", containerPort: 80 }] },
          ],
        },
      },
    },
  },
  { provider },
);
const service = new kubernetes.core.v1.Service(
  "web",
  {
    metadata: { namespace: namespace.metadata.name },
    spec: { type: "LoadBalancer", selector: labels, ports: [{ port: 80, targetPort: "http" }] },
  },
  { provider, dependsOn: [deployment] },
);

export const address = service.status.loadBalancer.ingress[0]?.ip;
