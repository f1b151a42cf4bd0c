/** Roles, policies, logs, alerts and services of Azure. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { Bench, subscription } from "./bench.ts";

const scope = `/subscriptions/${subscription}`;

describe("governance of azure-native", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.lab.close());

  const refusedBare = (type: string, name: string, inputs: JsonObject) =>
    bench.lab.refusal(() => bench.bare(type, name, inputs));

  it("asks what a principal is, and looks for the scope", () => {
    const identity = bench.make("managedidentity:UserAssignedIdentity", "mi", {
      resourceName: "worker",
    });
    const role = (more: JsonObject): JsonObject => ({
      scope: bench.group,
      principalId: String(identity.outputs["principalId"]),
      roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/x",
      ...more,
    });
    assert.match(
      refusedBare("authorization:RoleAssignment", "a", role({})),
      /UnmatchedPrincipalType.*'ServicePrincipal'/,
    );
    const servicePrincipal = { principalType: "ServicePrincipal" };
    bench.bare("authorization:RoleAssignment", "a", role(servicePrincipal));
    const lost = { ...servicePrincipal, scope: `${scope}/resourceGroups/none` };
    assert.match(
      refusedBare("authorization:RoleAssignment", "b", role(lost)),
      /ResourceGroupNotFound/,
    );
  });

  it("takes the name of a custom role once, and no role without permissions", () => {
    const role = { scope, roleName: "Reader of nets", permissions: [{ actions: ["*/read"] }] };
    bench.bare("authorization:RoleDefinition", "a", role);
    assert.match(
      refusedBare("authorization:RoleDefinition", "b", role),
      /RoleDefinitionWithSameNameExists/,
    );
    assert.match(
      refusedBare("authorization:RoleDefinition", "c", { scope, roleName: "Empty" }),
      /InvalidRoleDefinition/,
    );
  });

  it("keeps a policy while it is assigned, and refuses one that is no rule", () => {
    const policyRule = JSON.parse('{"if":{},"then":{}}') as JsonObject;
    const definition = bench.bare("authorization:PolicyDefinition", "p", { policyRule });
    bench.bare("authorization:PolicyAssignment", "a", {
      scope: bench.group,
      policyDefinitionId: definition.id,
    });
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(definition)),
      /PolicyDefinitionInUse/,
    );
    assert.match(
      refusedBare("authorization:PolicyDefinition", "q", { policyRule: {} }),
      /InvalidPolicyRule/,
    );
    assert.match(
      refusedBare("authorization:PolicyAssignment", "b", {
        scope: bench.group,
        policyDefinitionId: `${scope}/providers/Microsoft.Authorization/policyDefinitions/none`,
      }),
      /PolicyDefinitionNotFound/,
    );
  });

  it("keeps what is locked, below the lock and above it, until the lock goes", () => {
    const table = bench.make("network:RouteTable", "t", { routeTableName: "t" });
    const lock = bench.bare("authorization:ManagementLockByScope", "keep", {
      scope: table.id,
      level: "CanNotDelete",
    });
    const group = bench.lab.read("azure-native:resources:ResourceGroup", bench.group);
    assert.ok(group);
    const refusal = () => bench.lab.refusal(() => bench.lab.delete(group));
    assert.match(refusal(), /ScopeLocked.*locked: '.*routeTables\/t'/);
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(table)),
      /ScopeLocked/,
    );
    bench.make("network:Route", "r", {
      routeTableName: "t",
      addressPrefix: "0.0.0.0/0",
      nextHopType: "None",
    });
    bench.lab.delete(lock);
    const frozen = bench.make("authorization:ManagementLockAtResourceGroupLevel", "frozen", {
      level: "ReadOnly",
    });
    assert.match(bench.refused("network:RouteTable", "u"), /ScopeLocked.*write operation/);
    assert.match(
      bench.lab.refusal(() =>
        bench.lab.update(table, { resourceGroupName: "rg", routeTableName: "t", tags: { a: "b" } }),
      ),
      /ScopeLocked/,
    );
    bench.lab.delete(frozen);
    bench.lab.delete(group);
    assert.equal(bench.lab.size(), 0);
  });

  it("sends the logs of a service that every account has, five settings at most", () => {
    const store = bench.make("storage:StorageAccount", "s", {
      accountName: "store1",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    });
    const workspace = bench.make("operationalinsights:Workspace", "w", { workspaceName: "logs" });
    const setting = (resourceUri: string): JsonObject => ({
      resourceUri,
      workspaceId: workspace.id,
    });
    const blobs = `${store.id}/blobServices/default`;
    for (const name of ["a", "b", "c", "d", "e"])
      bench.bare("monitor:DiagnosticSetting", name, setting(blobs));
    assert.match(refusedBare("monitor:DiagnosticSetting", "f", setting(blobs)), /limit of 5/);
    assert.match(
      refusedBare("monitor:DiagnosticSetting", "g", setting(`${store.id}x/blobServices/default`)),
      /ResourceNotFound/,
    );
  });

  it("checks where alerts and collected data go", () => {
    const alert = {
      actions: { actionGroups: [{ actionGroupId: `${bench.group}/none` }] },
      condition: { allOf: [{ field: "category", equals: "Administrative" }] },
      scopes: [scope],
    };
    assert.match(
      bench.refused("monitor:ActivityLogAlert", "a", alert),
      /action group .* does not exist/,
    );
    assert.match(
      bench.refused("monitor:DataCollectionRule", "rule", {
        dataFlows: [{ streams: ["Microsoft-Syslog"], destinations: ["nowhere"] }],
      }),
      /'nowhere' is not declared/,
    );
    const group = { enabled: true, groupShortName: "much too long a name" };
    assert.match(bench.faults("monitor:ActionGroup", "g", group)[0] ?? "", /at most 12 characters/);
  });

  it("knows the plans of Defender, and budgets that start with a month", () => {
    const plan = { scopeId: scope, pricingTier: "Standard" };
    const made = bench.bare("security:Pricing", "KeyVaults", plan);
    assert.equal(made.id, `${scope}/providers/Microsoft.Security/pricings/KeyVaults`);
    assert.match(refusedBare("security:Pricing", "Everything", plan), /InvalidPricingName/);
    const budget = { scope, amount: 1, category: "Cost", timeGrain: "Monthly" };
    assert.match(
      refusedBare("consumption:Budget", "b", {
        ...budget,
        timePeriod: { startDate: "2026-01-02" },
      }),
      /first day of a month/,
    );
  });

  it("serves one API a path, and keeps service names unique", () => {
    const service = {
      serviceName: "apis",
      publisherEmail: "api@example.org",
      publisherName: "API",
      sku: { name: "Developer", capacity: 1 },
    };
    bench.make("apimanagement:ApiManagementService", "apis", service);
    bench.make("apimanagement:Api", "shop", { serviceName: "apis", path: "shop" });
    assert.match(
      bench.refused("apimanagement:Api", "other", { serviceName: "apis", path: "shop" }),
      /ValidationError/,
    );
    const other = bench.lab.with("azure-native", { subscriptionId: "s2", location: "uksouth" });
    other.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
    assert.match(
      bench.lab.refusal(() =>
        other.create("azure-native:apimanagement:ApiManagementService", "apis", {
          resourceGroupName: "rg",
          ...service,
        }),
      ),
      /ServiceAlreadyExists/,
    );
  });
});
