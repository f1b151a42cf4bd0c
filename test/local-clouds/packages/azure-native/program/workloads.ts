/** What runs in the program: machines, clusters, containers, sites. */

import type { Networks } from "./network.ts";
import type { AzureProgram } from "./program.ts";

/** Makes the workloads. */
export function makeWorkloads(p: AzureProgram, at: Networks, identity: string): void {
  makeMachines(p, at, identity);
  makeContainers(p, at);
  makeSites(p, at);
}

function makeMachines(p: AzureProgram, at: Networks, identity: string): void {
  const vault = p.make("keyvault:Vault", "disks", {
    vaultName: "disk-keys",
    properties: {
      sku: { family: "A", name: "premium" },
      tenantId: "t",
      enablePurgeProtection: true,
    },
  });
  const encryption = p.make("compute:DiskEncryptionSet", "des", {
    identity: { type: "SystemAssigned" },
    activeKey: { sourceVault: { id: vault }, keyUrl: "https://disk-keys.vault.azure.net/keys/k" },
  });
  const disk = p.make("compute:Disk", "data", {
    creationData: { createOption: "Empty" },
    diskSizeGB: 64,
    encryption: { diskEncryptionSetId: encryption },
  });
  p.make("compute:Snapshot", "copy", {
    creationData: { createOption: "Copy", sourceResourceId: disk },
  });
  const near = p.make("compute:ProximityPlacementGroup", "near");
  const set = p.make("compute:AvailabilitySet", "set", { sku: { name: "Aligned" } });
  const vm = p.make("compute:VirtualMachine", "vm", {
    vmName: "vm",
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
    availabilitySet: { id: set },
    networkProfile: { networkInterfaces: [{ id: at.interface }] },
    osProfile: { adminUsername: "azure", adminPassword: "Not a secret 1", computerName: "vm" },
    storageProfile: {
      imageReference: { publisher: "Canonical", offer: "ubuntu", sku: "22", version: "latest" },
      dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: disk } }],
    },
  });
  p.make("compute:VirtualMachineExtension", "agent", {
    vmName: "vm",
    publisher: "Microsoft.Azure.Monitor",
    type: "AzureMonitorLinuxAgent",
    typeHandlerVersion: "1.0",
  });
  p.make("compute:VirtualMachineScaleSet", "fleet", {
    sku: { name: "Standard_D2s_v5", capacity: 2 },
    proximityPlacementGroup: { id: near },
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [
          { name: "nic", ipConfigurations: [{ name: "ip", subnet: { id: at.app } }] },
        ],
      },
    },
  });
  p.make("compute:Image", "golden", { sourceVirtualMachine: { id: vm } });
  p.make("compute:SshPublicKey", "key", { publicKey: "ssh-ed25519 AAAA" });
  p.make("compute:Gallery", "gallery");
}

function makeContainers(p: AzureProgram, at: Networks): void {
  p.make("containerservice:ManagedCluster", "aks", {
    resourceName: "aks",
    dnsPrefix: "aks",
    identity: { type: "SystemAssigned" },
    agentPoolProfiles: [
      { name: "system", mode: "System", count: 1, vmSize: "Standard_D2s_v5", vnetSubnetID: at.app },
    ],
    oidcIssuerProfile: { enabled: true },
  });
  p.make("containerservice:AgentPool", "users", {
    resourceName: "aks",
    agentPoolName: "users",
    vmSize: "Standard_D2s_v5",
    count: 1,
  });
  p.make("containerservice:MaintenanceConfiguration", "default", { resourceName: "aks" });
  p.make("containerregistry:Registry", "images", {
    registryName: "images1",
    sku: { name: "Premium" },
  });
  p.make("containerregistry:Webhook", "pushed", {
    registryName: "images1",
    webhookName: "pushed",
    actions: ["push"],
    serviceUri: "https://hooks.example.org",
  });
  p.make("containerregistry:ScopeMap", "readers", {
    registryName: "images1",
    actions: ["repositories/*/content/read"],
  });
  p.make("containerinstance:ContainerGroup", "batch", {
    osType: "Linux",
    containers: [
      {
        name: "one",
        image: "alpine",
        resources: { requests: { cpu: 1, memoryInGB: 1 } },
      },
    ],
  });
  const environment = p.make("app:ManagedEnvironment", "apps", { environmentName: "apps" });
  p.make("app:ContainerApp", "web", {
    containerAppName: "web",
    environmentId: environment,
    configuration: { ingress: { external: true, targetPort: 80 } },
    template: { containers: [{ name: "web", image: "nginx" }] },
  });
  p.make("app:Job", "night", { jobName: "night", environmentId: environment });
}

function makeSites(p: AzureProgram, at: Networks): void {
  const plan = p.make("web:AppServicePlan", "plan", { kind: "app", sku: { name: "S1" } });
  p.make("web:WebApp", "shop", { name: "shop", serverFarmId: plan, httpsOnly: true });
  p.make("web:WebAppSlot", "next", { name: "shop", slot: "next", serverFarmId: plan });
  const site = (type: string, more = {}) => p.make(`web:${type}`, type, { name: "shop", ...more });
  site("WebAppApplicationSettings", { properties: { MODE: "prod" } });
  site("WebAppApplicationSettingsSlot", { slot: "next", properties: { MODE: "test" } });
  site("WebAppSlotConfigurationNames", { appSettingNames: ["MODE"] });
  site("WebAppConnectionStrings", { properties: {} });
  site("WebAppAuthSettingsV2", { platform: { enabled: true } });
  site("WebAppDiagnosticLogsConfiguration");
  site("WebAppSourceControl", { repoUrl: "https://github.com/example/shop", branch: "main" });
  site("WebAppSwiftVirtualNetworkConnection", { subnetResourceId: at.app });
  site("WebAppFtpAllowed", { allow: false });
  site("WebAppHostNameBinding", { hostName: "shop.example.org" });
  p.make("web:StaticSite", "docs", { name: "docs", sku: { name: "Free" } });
  p.make("web:Certificate", "cert", { name: "cert", password: "x", pfxBlob: "AAAA" });
}
