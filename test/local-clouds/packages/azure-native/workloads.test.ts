/** Machines, clusters, containers and sites of Azure. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { Bench } from "./bench.ts";

describe("workloads of azure-native", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.lab.close());

  const machine = (more: JsonObject = {}) => {
    const { id } = bench.subnet();
    const nic = bench.make("network:NetworkInterface", "nic", {
      ipConfigurations: [{ name: "one", subnet: { id } }],
    });
    const inputs: JsonObject = {
      vmName: "vm",
      networkProfile: { networkInterfaces: [{ id: nic.id }] },
      osProfile: { adminUsername: "azure", adminPassword: "Not a secret 1", computerName: "vm" },
      ...more,
    };
    return { nic, inputs };
  };

  it("gives a machine its disk and never its password", () => {
    const { nic, inputs } = machine();
    const vm = bench.make("compute:VirtualMachine", "vm", inputs);
    assert.equal("adminPassword" in (vm.outputs["osProfile"] as JsonObject), false);
    const { osDisk } = vm.outputs["storageProfile"] as { osDisk: JsonObject };
    assert.match(String(osDisk["name"]), /^vm_OsDisk_1_[0-9a-f]{32}$/);
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(nic)),
      /NicInUse/,
    );
    const renamed = {
      ...inputs,
      osProfile: { adminUsername: "other", adminPassword: "Not a secret 1" },
    };
    assert.match(
      bench.lab.refusal(() => bench.lab.update(vm, { resourceGroupName: "rg", ...renamed })),
      /PropertyChangeNotAllowed.*osProfile\.adminUsername/,
    );
  });

  it("refuses machines nobody could log in to, and long Windows names", () => {
    const { inputs } = machine();
    assert.match(
      bench.refused("compute:VirtualMachine", "vm", {
        ...inputs,
        osProfile: { adminUsername: "a" },
      }),
      /adminPassword/,
    );
    assert.match(
      bench.refused("compute:VirtualMachine", "vm", {
        ...inputs,
        osProfile: {
          adminUsername: "a",
          adminPassword: "Not a secret 1",
          computerName: "a-name-of-17-char",
          windowsConfiguration: {},
        },
      }),
      /Windows computer name/,
    );
  });

  it("lets disks grow and not shrink, and keeps what encrypts them", () => {
    const set = bench.make("compute:DiskEncryptionSet", "des");
    const disk = (diskSizeGB: number): JsonObject => ({
      resourceGroupName: "rg",
      diskName: "d",
      creationData: { createOption: "Empty" },
      diskSizeGB,
      encryption: { diskEncryptionSetId: set.id },
    });
    const made = bench.make("compute:Disk", "d", disk(64));
    const grown = bench.lab.update(made, disk(128));
    assert.match(
      bench.lab.refusal(() => bench.lab.update(grown, disk(64))),
      /smaller size/,
    );
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(set)),
      /OperationNotAllowed/,
    );
  });

  it("gives a cluster its node group, in which people may have rights", () => {
    const pools = [{ name: "system", mode: "System" }];
    const aks = { resourceName: "aks", dnsPrefix: "aks", agentPoolProfiles: pools };
    const cluster = bench.make("containerservice:ManagedCluster", "aks", aks);
    const scope = cluster.id.replace(
      /resourcegroups\/rg\/.*/,
      "resourceGroups/MC_rg_aks_westeurope",
    );
    bench.bare("authorization:RoleAssignment", "kubelet", {
      scope,
      principalId: "p",
      roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/x",
    });
    assert.match(
      bench.refused("containerservice:ManagedCluster", "b", {
        ...aks,
        resourceName: "b",
        agentPoolProfiles: [{ name: "system", mode: "User" }],
      }),
      /at least one system agent pool/,
    );
    const pool = { resourceName: "aks", agentPoolName: "Users" };
    assert.match(bench.faults("containerservice:AgentPool", "p", pool)[0] ?? "", /does not match/);
    const { replaces } = bench.lab.diff(cluster, {
      resourceGroupName: "rg",
      ...aks,
      networkProfile: { networkPlugin: "kubenet", loadBalancerSku: "basic" },
    });
    assert.deepEqual(replaces, ["networkProfile"]);
  });

  it("keeps Premium's gifts from lesser registries and unknown secrets from apps", () => {
    assert.match(
      bench.refused("containerregistry:Registry", "r", {
        registryName: "images1",
        sku: { name: "Basic" },
        publicNetworkAccess: "Disabled",
      }),
      /InvalidSku/,
    );
    const environment = bench.make("app:ManagedEnvironment", "e", { environmentName: "apps" });
    const app = (secretRef: string): JsonObject => ({
      containerAppName: "web",
      environmentId: environment.id,
      configuration: {
        secrets: [{ name: "key", value: "Not a secret 1" }],
        ingress: { external: true, targetPort: 80 },
      },
      template: { containers: [{ name: "web", env: [{ name: "KEY", secretRef }] }] },
    });
    assert.match(
      bench.refused("app:ContainerApp", "web", app("other")),
      /ContainerAppSecretRefNotFound/,
    );
    const web = bench.make("app:ContainerApp", "web", app("key"));
    const { ingress } = web.outputs["configuration"] as { ingress: JsonObject };
    assert.equal(ingress["fqdn"], `web.${String(environment.outputs["defaultDomain"])}`);
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(environment)),
      /HasContainerApps/,
    );
  });

  it("gives sites host names that nobody else has, and slots by the plan", () => {
    const plan = bench.make("web:AppServicePlan", "p", { name: "p", sku: { name: "B1" } });
    assert.equal((plan.outputs["sku"] as JsonObject)["tier"], "Basic");
    const site = bench.make("web:WebApp", "shop", { name: "shop", serverFarmId: plan.id });
    assert.equal(site.outputs["defaultHostName"], "shop.azurewebsites.net");
    assert.equal(site.outputs["location"], "West Europe");
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(plan)),
      /Conflict/,
    );
    assert.match(
      bench.refused("web:WebAppSlot", "next", { name: "shop", slot: "next" }),
      /number of slots allowed for the 'Basic' SKU/,
    );
    assert.match(
      bench.refused("web:WebAppApplicationSettings", "s", { name: "none", properties: {} }),
      /ParentResourceNotFound/,
    );
  });
});
