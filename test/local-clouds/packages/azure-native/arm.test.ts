/** What Azure Resource Manager does alike for every type: names, places, locations, identities. */

import assert from "node:assert/strict";
import { Bench, subscription } from "./bench.ts";

describe("Azure Resource Manager", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.lab.close());

  it("neither shortens nor changes a logical name, so that the service may refuse it", () => {
    const named = bench.lab.check("azure-native:storage:StorageAccount", "My-Store", {
      resourceGroupName: "rg",
      accountName: "mystore",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    });
    assert.equal(named["accountName"], "mystore");
    const sku = { kind: "StorageV2", sku: { name: "Standard_LRS" } };
    assert.match(
      bench.faults("storage:StorageAccount", "My-Store", sku)[0] ?? "",
      /'accountName' does not match expression/,
    );
    assert.match(
      bench.faults("keyvault:Vault", "a-vault-with-a-long-name", {
        properties: { sku: { family: "A", name: "standard" }, tenantId: "t" },
      })[0] ?? "",
      /'vaultName' is too long \(32\): at most 24 characters allowed/,
    );
    assert.match(
      bench.refused("network:RouteTable", "-", { routeTableName: "-x" }),
      /InvalidResourceName/,
    );
  });

  it("marks generated names, and gives roles names that are UUIDs", () => {
    const table = bench.make("network:RouteTable", "routes");
    assert.equal(table.inputs["__createBeforeDelete"], true);
    const role = bench.bare("authorization:RoleAssignment", "r", {
      scope: bench.group,
      principalId: "p",
      roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/x",
    });
    assert.equal(role.inputs["__createBeforeDelete"], true);
    assert.match(String(role.inputs["roleAssignmentName"]), /^[0-9a-f-]{36}$/);
    assert.equal(
      role.outputs["roleDefinitionId"],
      `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/x`,
    );
  });

  it("takes a location from the resource, the provider, or the group, in this order", () => {
    const bare = bench.lab.with("azure-native", { subscriptionId: subscription });
    const group = { resourceGroupName: "there", location: "North Europe" };
    bare.create("azure-native:resources:ResourceGroup", "there", group);
    const inThere = { resourceGroupName: "there" };
    const table = bare.create("azure-native:network:RouteTable", "t", inThere);
    assert.equal(table.outputs["location"], "northeurope");
    const own = bare.create("azure-native:network:RouteTable", "o", {
      ...inThere,
      location: "uksouth",
    });
    assert.equal(own.outputs["location"], "uksouth");
    assert.equal(bench.make("network:RouteTable", "r").outputs["location"], "westeurope");
    assert.match(
      bench.refused("network:RouteTable", "x", { location: "atlantis" }),
      /LocationNotAvailableForResourceType/,
    );
  });

  it("keeps the location of what exists when the provider's changes", () => {
    const table = bench.make("network:RouteTable", "r", { routeTableName: "r" });
    const moved = bench.lab.with("azure-native", {
      subscriptionId: subscription,
      location: "uksouth",
    });
    const { changed } = moved.diff(table, { resourceGroupName: "rg", routeTableName: "r" });
    assert.deepEqual(changed, []);
  });

  it("refuses to move what cannot move, and replaces the rest", () => {
    const given = { resourceGroupName: "rg", routeTableName: "r" };
    const table = bench.make("network:RouteTable", "r", given);
    const elsewhere = { ...given, location: "uksouth" };
    assert.deepEqual(bench.lab.diff(table, elsewhere).replaces, []);
    assert.match(
      bench.lab.refusal(() => bench.lab.update(table, elsewhere)),
      /InvalidResourceLocation/,
    );
    const net = {
      resourceGroupName: "rg",
      virtualNetworkName: "n",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    };
    const made = bench.make("network:VirtualNetwork", "n", net);
    assert.deepEqual(bench.lab.diff(made, { ...net, location: "uksouth" }).replaces, ["location"]);
  });

  it("keeps subscriptions apart, but for names that become host names", () => {
    const other = bench.lab.with("azure-native", { subscriptionId: "s2", location: "westeurope" });
    other.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
    const store = {
      resourceGroupName: "rg",
      accountName: "logs1",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    };
    bench.make("storage:StorageAccount", "logs", store);
    assert.match(
      bench.lab.refusal(() => other.create("azure-native:storage:StorageAccount", "logs", store)),
      /StorageAccountAlreadyTaken/,
    );
    const table = { resourceGroupName: "rg", routeTableName: "same" };
    bench.make("network:RouteTable", "t", table);
    const twin = other.create("azure-native:network:RouteTable", "t", table);
    assert.match(twin.id, /^\/subscriptions\/s2\//);
  });

  it("gives a resource an identity of its own, and shows those it borrows", () => {
    const id = bench.make("managedidentity:UserAssignedIdentity", "mi", { resourceName: "worker" });
    const store = bench.make("storage:StorageAccount", "s", {
      accountName: "store1",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [id.id] },
    });
    const identity = store.outputs["identity"] as Record<string, Record<string, unknown>>;
    assert.match(String(identity["principalId"]), /^[0-9a-f-]{36}$/);
    assert.deepEqual(identity["userAssignedIdentities"]?.[id.id], {
      clientId: id.outputs["clientId"],
      principalId: id.outputs["principalId"],
    });
    assert.match(
      bench.refused("storage:StorageAccount", "t", {
        accountName: "store2",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        identity: { type: "UserAssigned", userAssignedIdentities: [`${bench.group}/nobody`] },
      }),
      /FailedIdentityOperation/,
    );
  });

  it("takes all of a group's resources along with it", () => {
    bench.subnet();
    const group = bench.lab.read("azure-native:resources:ResourceGroup", bench.group);
    assert.ok(group);
    bench.lab.delete({ ...group, token: "azure-native:resources:ResourceGroup" });
    assert.equal(bench.lab.size(), 0);
  });

  it("knows the modules of version 2", () => {
    const zone = bench.make("network:PrivateZone", "z", { privateZoneName: "internal.example" });
    assert.ok(bench.lab.read("azure-native:privatedns:PrivateZone", zone.id));
    assert.match(
      bench.make("documentdb:DatabaseAccount", "d", {
        accountName: "docs-1",
        databaseAccountOfferType: "Standard",
        locations: [{ locationName: "westeurope", failoverPriority: 0 }],
      }).id,
      /Microsoft\.DocumentDB\/databaseAccounts\/docs-1$/,
    );
  });
});
