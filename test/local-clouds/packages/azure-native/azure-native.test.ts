import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { openLab } from "../../kit/lab.ts";

const subscription = "11111111-2222-3333-4444-555555555555";
const type = (name: string) => `azure-native:${name}`;

describe("azure-native tables", () => {
  let lab: Lab;
  let group: string;

  beforeEach(() => {
    lab = openLab("azure-native", { subscriptionId: subscription, location: "westeurope" });
    lab.create(type("resources:ResourceGroup"), "rg", { resourceGroupName: "rg" });
    group = `/subscriptions/${subscription}/resourceGroups/rg`;
  });

  afterEach(() => lab.close());

  const inGroup = (token: string, name: string, inputs: JsonObject): Made =>
    lab.create(type(token), name, { resourceGroupName: "rg", ...inputs });
  const network = () =>
    inGroup("network:VirtualNetwork", "net", {
      virtualNetworkName: "net",
      addressSpace: { addressPrefixes: ["10.20.0.0/16", "fd00:20::/48"] },
    });
  const subnetInputs = (prefix: string): JsonObject => ({
    resourceGroupName: "rg",
    virtualNetworkName: "net",
    addressPrefixes: [prefix],
  });

  it("finds a location the same however it is written", () => {
    const net = network();
    const spelt = { ...net.inputs, location: "West Europe" };
    assert.deepEqual(lab.diff(net, spelt).changed, []);
    const moved = { ...spelt, location: "North Europe" };
    assert.deepEqual(lab.diff(net, moved).replaces, ["location"]);
  });

  it("gives ids in the form of Azure Resource Manager and the location of the provider", () => {
    const made = network();
    assert.equal(made.id, `${group}/providers/Microsoft.Network/virtualNetworks/net`);
    assert.equal(made.outputs["location"], "westeurope");
    assert.equal(made.outputs["name"], "net");
    assert.equal("virtualNetworkName" in made.outputs, false);
  });

  it("names top-level resources with eight hex digits and children as they are", () => {
    const net = inGroup("network:VirtualNetwork", "hub", {
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    assert.match(String(net.outputs["name"]), /^hub[0-9a-f]{8}$/);
    network();
    const subnet = lab.create(type("network:Subnet"), "app", subnetInputs("10.20.1.0/24"));
    assert.equal(subnet.id, `${group}/providers/Microsoft.Network/virtualNetworks/net/subnets/app`);
  });

  it("refuses what lies in no group, in no network, outside the space or over a sibling", () => {
    const subnet = type("network:Subnet");
    const orphan = () =>
      lab.create(type("network:NatGateway"), "x", {
        resourceGroupName: "none",
        sku: { name: "Standard" },
      });
    assert.match(lab.refusal(orphan), /ResourceGroupNotFound/);
    assert.match(
      lab.refusal(() => lab.create(subnet, "x", subnetInputs("10.20.1.0/24"))),
      /ParentResourceNotFound/,
    );
    network();
    assert.match(
      lab.refusal(() => lab.create(subnet, "x", subnetInputs("10.99.1.0/24"))),
      /NetcfgInvalidSubnet/,
    );
    lab.create(subnet, "a", subnetInputs("10.20.0.0/20"));
    assert.match(
      lab.refusal(() => lab.create(subnet, "b", subnetInputs("10.20.8.0/24"))),
      /NetcfgSubnetRangesOverlap/,
    );
  });

  it("keeps a security group while a subnet uses it", () => {
    network();
    const nsg = inGroup("network:NetworkSecurityGroup", "closed", {});
    const subnet = lab.create(type("network:Subnet"), "a", {
      ...subnetInputs("10.20.0.0/20"),
      networkSecurityGroup: { id: nsg.id },
    });
    assert.match(
      lab.refusal(() => lab.delete(nsg)),
      /InUseNetworkSecurityGroupCannotBeDeleted/,
    );
    lab.delete(subnet);
    lab.delete(nsg);
  });

  describe("security rules", () => {
    const rule = (more: JsonObject): JsonObject => ({
      resourceGroupName: "rg",
      networkSecurityGroupName: "nsg",
      access: "Allow",
      direction: "Inbound",
      priority: 100,
      protocol: "Tcp",
      sourceAddressPrefix: "10.0.0.0/8",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "443",
      ...more,
    });
    const make = (name: string, more: JsonObject = {}) =>
      lab.create(type("network:SecurityRule"), name, rule(more));

    beforeEach(() => {
      inGroup("network:NetworkSecurityGroup", "nsg", { networkSecurityGroupName: "nsg" });
    });

    it("takes one rule per priority and direction", () => {
      make("first");
      assert.match(
        lab.refusal(() => make("second")),
        /SecurityRuleConflict/,
      );
      make("outbound", { direction: "Outbound" });
      make("later", { priority: 101 });
    });

    it("refuses priorities outside 100 to 4096", () => {
      assert.match(
        lab.refusal(() => make("low", { priority: 99 })),
        /SecurityRuleInvalidPriority/,
      );
      assert.match(
        lab.refusal(() => make("high", { priority: 4097 })),
        /SecurityRuleInvalidPriority/,
      );
    });

    it("refuses two families in one rule and a side without addresses", () => {
      const mixed = () => make("mixed", { destinationAddressPrefix: "fd00::/64" });
      assert.match(lab.refusal(mixed), /SecurityRuleMixedAddressFamilies/);
      const { sourceAddressPrefix, ...silent } = rule({});
      assert.equal(sourceAddressPrefix, "10.0.0.0/8");
      const none = () => lab.create(type("network:SecurityRule"), "silent", silent);
      assert.match(lab.refusal(none), /SecurityRuleParameterMissing/);
    });

    it("checks enumerations before anything is planned", () => {
      const faults = lab.checkFailures(
        type("network:SecurityRule"),
        "r",
        rule({ access: "Permit" }),
      );
      assert.deepEqual(
        faults.map(({ property }) => property),
        ["access"],
      );
    });
  });

  it("takes one federated credential per issuer and subject, with one audience", () => {
    inGroup("managedidentity:UserAssignedIdentity", "ci", { resourceName: "pipeline" });
    const credential = (name: string, more: JsonObject = {}) =>
      lab.create(type("managedidentity:FederatedIdentityCredential"), name, {
        resourceGroupName: "rg",
        resourceName: "pipeline",
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:acme@1/shop@2:environment:prod",
        audiences: ["api://AzureADTokenExchange"],
        ...more,
      });
    credential("one");
    assert.match(
      lab.refusal(() => credential("two")),
      /Conflict/,
    );
    assert.match(
      lab.refusal(() => credential("three", { subject: "x", audiences: ["a", "b"] })),
      /audience/,
    );
    for (let i = 0; i < 19; i++) credential(`more${i}`, { subject: `repo:acme@1/shop@2:ref:${i}` });
    assert.match(
      lab.refusal(() => credential("last", { subject: "z" })),
      /at most 20/,
    );
  });

  it("assigns a role once and names the assignment by a GUID", () => {
    const assignment = (name: string, more: JsonObject = {}) =>
      lab.create(type("authorization:RoleAssignment"), name, {
        principalId: "99999999-0000-4000-8000-000000000000",
        roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
        scope: group,
        ...more,
      });
    assert.match(assignment("reader").id, /roleAssignments\/[0-9a-f-]{36}$/);
    assert.match(
      lab.refusal(() => assignment("again")),
      /RoleAssignmentExists/,
    );
    assert.match(
      lab.refusal(() => assignment("bad", { roleAssignmentName: "reader" })),
      /InvalidRoleAssignmentId/,
    );
  });

  it("locks a container below the account's one blob service", () => {
    inGroup("storage:StorageAccount", "logs", {
      accountName: "logs",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
    });
    const container = inGroup("storage:BlobContainer", "audit", {
      accountName: "logs",
      containerName: "audit",
    });
    const blobs = `${group}/providers/Microsoft.Storage/storageAccounts/logs/blobServices/default`;
    assert.equal(container.id, `${blobs}/containers/audit`);
    const lock = inGroup("storage:BlobContainerImmutabilityPolicy", "lock", {
      accountName: "logs",
      containerName: "audit",
      immutabilityPeriodSinceCreationInDays: 365,
    });
    assert.equal(lock.id, `${blobs}/containers/audit/immutabilityPolicies/default`);
    const open = () =>
      inGroup("storage:BlobContainer", "open", {
        accountName: "logs",
        containerName: "open",
        publicAccess: "Blob",
      });
    assert.match(lab.refusal(open), /PublicAccessNotPermitted/);
  });

  it("logs the flows of a network and no longer those of a security group", () => {
    const net = network();
    const nsg = inGroup("network:NetworkSecurityGroup", "nsg", {});
    const account = inGroup("storage:StorageAccount", "flow", {
      accountName: "flow",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    });
    inGroup("network:NetworkWatcher", "watch", { networkWatcherName: "watch" });
    const log = (name: string, target: string) =>
      inGroup("network:FlowLog", name, {
        networkWatcherName: "watch",
        targetResourceId: target,
        storageId: account.id,
      });
    assert.match(log("net", net.id).id, /networkWatchers\/watch\/flowLogs\/net$/);
    assert.match(
      lab.refusal(() => log("nsg", nsg.id)),
      /NsgFlowLogCreationBlocked/,
    );
  });

  it("needs a destination for diagnostic settings", () => {
    const token = type("monitor:SubscriptionDiagnosticSetting");
    const logs = [{ category: "Administrative", enabled: true }];
    assert.match(
      lab.refusal(() => lab.create(token, "none", { logs })),
      /data sink/,
    );
    assert.match(
      lab.refusal(() => lab.create(token, "lost", { logs, storageAccountId: `${group}/nowhere` })),
      /InvalidResourceReference/,
    );
  });

  it("hands out a kubeconfig of a cluster and of nothing else", () => {
    inGroup("containerservice:ManagedCluster", "aks", {
      resourceName: "aks",
      dnsPrefix: "aks",
      apiServerAccessProfile: { enablePrivateCluster: true },
      oidcIssuerProfile: { enabled: true },
      agentPoolProfiles: [{ name: "system", mode: "System", count: 1, vmSize: "Standard_D2s_v5" }],
    });
    const call = (resourceName: string) =>
      lab.invoke(type("containerservice:listManagedClusterUserCredentials"), {
        resourceGroupName: "rg",
        resourceName,
      });
    const [first] = call("aks")["kubeconfigs"] as { value: string }[];
    assert.match(
      Buffer.from(first?.value ?? "", "base64").toString(),
      /server: https:\/\/aks-.*privatelink/,
    );
    assert.match(
      lab.refusal(() => call("other")),
      /ResourceNotFound/,
    );
  });
});
