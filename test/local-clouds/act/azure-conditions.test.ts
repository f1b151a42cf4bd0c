/** Conditions of role assignments, and locks: Azure RBAC (ABAC), Azure Storage, Azure Resource Manager. */

import assert from "node:assert/strict";
import { conditionHolds } from "../../../local-clouds/act/azure/condition/evaluate.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { azure, identity, subscription, textOf } from "../probe/token/azure-world.ts";
import { TestWorld } from "../probe/token/kit.ts";
import { acting, deliveredIn, type Row, table, type Wish } from "./kit.ts";

const syntax = "Azure RBAC, Azure role assignment condition format and syntax";
const storage =
  "Azure Storage, Actions and attributes for Azure role assignment conditions for Azure Blob Storage";
const delegation =
  "Azure RBAC, Delegate Azure role assignment management to others with conditions";
const lockSource = "Azure Resource Manager, Lock your resources to protect your infrastructure";

const group = `/subscriptions/${subscription}/resourceGroups/shop`;
const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
const account = `${group}/providers/Microsoft.Storage/storageAccounts/shopdata`;
const blobAt = (path: string) => `${account}/blobServices/default/containers/${path}`;
const readBlob: Wish = {
  as: "deployer",
  action: `${containers}/blobs/read`,
  resource: blobAt("public/blobs/readme.txt"),
};
const roles = {
  reader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  owner: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  accessAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
};
const definition = (id: string) =>
  `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;

/** The identity `deployer` with a role on the group, under a condition. */
function holding(world: TestWorld, role: keyof typeof roles, condition = ""): void {
  const who = identity(world);
  azure(world).create("azure-native:authorization:RoleAssignment", "own", {
    scope: group,
    principalId: textOf(who, "principalId"),
    principalType: "ServicePrincipal",
    roleDefinitionId: definition(roles[role]),
    ...(condition === "" ? {} : { condition, conditionVersion: "2.0" }),
  });
}

/** As Azure's own examples are built: other actions pass, this one only with the attribute. */
const onlyReads = (expression: string) =>
  `((!(ActionMatches{'${containers}/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (${expression}))`;
const inContainer = onlyReads(`@Resource[${containers}:name] StringEquals 'public'`);

function under(
  says: string,
  condition: string,
  outcome: Row["outcome"],
  changes: Partial<Wish> = {},
  source = storage,
  role: keyof typeof roles = "owner",
): Row {
  return {
    says,
    source,
    set: (world) => {
      holding(world, role, condition);
      return { ...readBlob, ...changes };
    },
    outcome,
    by: outcome === "denied" ? "role assignments" : "if ",
  };
}

const someone = "7d2d5b0e-2a4c-4c4f-9a55-0d3f3a1b7c11";
const assign = (role: string, principalType = "ServicePrincipal"): Partial<Wish> => ({
  action: "Microsoft.Authorization/roleAssignments/write",
  resource: group,
  with: { principalId: someone, principalType, roleDefinitionId: definition(role) },
});
const onlyReader =
  `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR ` +
  `(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles.reader}, ${roles.owner}} ` +
  `AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))`;

const tag = `${containers}/blobs/tags:Project<$key_case_sensitive$>`;

const rows: readonly Row[] = [
  under("a blob in the named container may be read", inContainer, "allowed"),
  under("a blob in another container may not", inContainer, "denied", {
    resource: blobAt("secret/blobs/key.txt"),
  }),
  under("an action that the condition does not target passes", inContainer, "allowed", {
    action: `${containers}/blobs/delete`,
    resource: blobAt("secret/blobs/key.txt"),
  }),
  under("a listing is another operation of the same action", inContainer, "allowed", {
    resource: blobAt("secret/blobs/key.txt"),
    context: { subOperation: "Blob.List" },
  }),
  under(
    "a path may be limited by a pattern",
    onlyReads(`@Resource[${containers}/blobs:path] StringLike 'readonly/*'`),
    "denied",
  ),
  under(
    "a path that fits the pattern may be read",
    onlyReads(`@Resource[${containers}/blobs:path] StringLike '*.txt'`),
    "allowed",
  ),
  under(
    "the account's name is an attribute",
    onlyReads("@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'other'"),
    "denied",
  ),
  under(
    "a tag that nobody told cannot be told",
    onlyReads(`@Resource[${tag}] StringEquals 'Cascade'`),
    "cannot tell",
  ),
  under(
    "a tag that somebody told decides",
    onlyReads(`@Resource[${tag}] StringEquals 'Cascade'`),
    "allowed",
    {
      context: { [tag]: "Cascade" },
    },
  ),
  under(
    "a tag with another value does not suffice",
    onlyReads(`@Resource[${tag}] StringEquals 'Cascade'`),
    "denied",
    {
      context: { [tag]: "Baker" },
    },
  ),
  under(
    "an unknown attribute of the environment cannot be told",
    onlyReads("@Environment[isPrivateLink] BoolEquals true"),
    "cannot tell",
  ),
  under(
    "an operator that is not known cannot be told",
    onlyReads(`@Resource[${containers}:name] StringSounds 'public'`),
    "cannot tell",
    {},
    syntax,
  ),
  under(
    "what is not of the format cannot be told",
    "@Resource[a] StringEquals (",
    "cannot tell",
    {},
    syntax,
  ),
  {
    ...under(
      "a delegate may give the roles that the condition names",
      onlyReader,
      "allowed",
      assign(roles.reader),
      delegation,
      "accessAdministrator",
    ),
    makes: "azure-native:authorization:RoleAssignment",
  },
  under(
    "a delegate may give no other role",
    onlyReader,
    "denied",
    assign(roles.contributor),
    delegation,
    "accessAdministrator",
  ),
  under(
    "a delegate may give roles to no other kind of principal",
    onlyReader,
    "denied",
    assign(roles.reader, "User"),
    delegation,
    "accessAdministrator",
  ),
];

table("conditions of role assignments", rows, 16);

describe("operators of conditions", () => {
  const requested = (context: JsonObject) => ({
    action: "a",
    id: account,
    with: {},
    context,
    now: new Date("2026-01-02T03:04:05Z"),
  });
  // Azure RBAC, "Azure role assignment condition format and syntax".
  for (const [expression, context, wanted] of [
    ["@Resource[a] StringEquals 'x'", { a: "x" }, true],
    ["@Resource[a] StringEquals 'X'", { a: "x" }, false],
    ["@Resource[a] StringEqualsIgnoreCase 'X'", { a: "x" }, true],
    ["@Resource[a] StringNotEquals 'x'", { a: "y" }, true],
    ["@Resource[a] StringStartsWith 'lo'", { a: "logs" }, true],
    ["@Resource[a] StringNotLike 'lo?s'", { a: "logs" }, false],
    ["@Resource[a] NumericLessThan 5", { a: "4" }, true],
    ["@Resource[a] NumericGreaterThanEquals 5", { a: "4" }, false],
    ["@Environment[UtcNow] DateTimeLessThan '2026-02-01T00:00:00.0Z'", {}, true],
    ["@Environment[UtcNow] DateTimeGreaterThan '2026-02-01T00:00:00.0Z'", {}, false],
    ["@Resource[a] BoolEquals true", { a: "true" }, true],
    ["@Resource[a] ForAnyOfAnyValues:StringEquals {'x', 'y'}", { a: ["y", "z"] }, true],
    ["@Resource[a] ForAllOfAnyValues:StringEquals {'x', 'y'}", { a: ["y", "z"] }, false],
    ["@Resource[a] ForAnyOfAllValues:StringLike {'l*', '*s'}", { a: ["logs", "z"] }, true],
    ["@Resource[a] ForAllOfAllValues:StringNotEquals {'x', 'y'}", { a: ["u", "v"] }, true],
    ["Exists @Resource[a]", { a: "x" }, true],
    ["NOT Exists @Resource[a]", { a: [] }, true],
    ["@Resource[a] StringEquals 'x'", { a: [] }, false],
    ["@Resource[a] StringEquals @Principal[b]", { a: "x", b: "x" }, true],
    ["@Resource[a] StringEquals 'it\\'s'", { a: "it's" }, true],
    ["@Resource[a] StringEquals 'x' OR @Resource[b] StringEquals 'y'", { a: "x" }, true],
    ["@Resource[a] StringEquals 'x' AND @Resource[b] StringEquals 'y'", { a: "z" }, false],
    ["@Resource[a] StringEquals 'x' && @Resource[b] StringEquals 'y'", { a: "x" }, undefined],
    ["!(@Resource[b] StringEquals 'y')", {}, undefined],
    ["@Resource[a] Nearly:StringEquals 'x'", { a: "x" }, undefined],
    ["@Resource[a] StringEquals", { a: "x" }, undefined],
    ["@Resource[a] StringEquals 'x' )", { a: "x" }, undefined],
    ["@Somewhere[a] StringEquals 'x'", { a: "x" }, undefined],
  ] as const) {
    it(`${expression} with ${JSON.stringify(context)} is ${String(wanted)}`, () =>
      assert.equal(conditionHolds(expression, requested(context as JsonObject)), wanted));
  }
});

describe("locks", () => {
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/hub`;
  function locked(level: "CanNotDelete" | "ReadOnly", scope = group): TestWorld {
    const world = new TestWorld();
    holding(world, "contributor");
    const lab = azure(world);
    lab.create("azure-native:network:VirtualNetwork", "hub", {
      resourceGroupName: "shop",
      virtualNetworkName: "hub",
      location: "westeurope",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    lab.create("azure-native:storage:StorageAccount", "shopdata", {
      resourceGroupName: "shop",
      accountName: "shopdata",
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    });
    lab.create("azure-native:operationalinsights:Workspace", "central", {
      resourceGroupName: "shop",
      workspaceName: "central",
      location: "westeurope",
    });
    world.insert(
      "azure-native:monitor:SubscriptionDiagnosticSetting",
      subscription,
      `/subscriptions/${subscription}/providers/microsoft.insights/diagnosticSettings/all`,
      {
        workspaceId: `${group}/providers/Microsoft.OperationalInsights/workspaces/central`,
        logs: [{ category: "Administrative", enabled: true }],
      },
    );
    lab.create("azure-native:authorization:ManagementLockByScope", "keep", {
      scope,
      lockName: "keep",
      level,
    });
    return world;
  }
  const remove: Wish = {
    as: "deployer",
    action: "Microsoft.Network/virtualNetworks/delete",
    resource: network,
  };
  const change: Wish = {
    ...remove,
    action: "Microsoft.Network/virtualNetworks/write",
    with: { tags: { a: "b" } },
  };
  const restart: Wish = {
    ...remove,
    action: "Microsoft.Compute/virtualMachines/runCommand/action",
    resource: `${group}/providers/Microsoft.Compute/virtualMachines/vm`,
  };
  const keys: Wish = {
    ...remove,
    action: "Microsoft.Storage/storageAccounts/listKeys/action",
    resource: account,
  };
  const look: Wish = { ...remove, action: "Microsoft.Network/virtualNetworks/read" };

  for (const [says, level, scope, wish, outcome] of [
    ["CanNotDelete on the group keeps from deletion", "CanNotDelete", group, remove, "denied"],
    ["CanNotDelete lets changes through", "CanNotDelete", group, change, "allowed"],
    ["CanNotDelete lets a POST through", "CanNotDelete", group, restart, "allowed"],
    ["ReadOnly keeps from changes", "ReadOnly", group, change, "denied"],
    ["ReadOnly keeps from deletion", "ReadOnly", group, remove, "denied"],
    ["ReadOnly keeps from a POST", "ReadOnly", group, restart, "denied"],
    ["ReadOnly keeps from the list of keys", "ReadOnly", group, keys, "denied"],
    ["ReadOnly lets reads through", "ReadOnly", group, look, "allowed"],
    ["a lock on something else is in nobody's way", "ReadOnly", account, change, "allowed"],
    ["a lock on the thing itself counts", "CanNotDelete", network, remove, "denied"],
  ] as const) {
    it(`${says} (${lockSource})`, async () => {
      const world = locked(level, scope);
      const answer = await acting(world, wish);
      assert.equal(answer.outcome, outcome, JSON.stringify(answer));
      if (outcome === "denied") {
        assert.equal(answer.reason.stage, "management locks");
        assert.match(answer.reason.got, /because following scope\(s\) are locked/);
        const [record] = deliveredIn(world);
        assert.equal(record?.json["resultSignature"], "Failed.Conflict");
      }
      world.lab.close();
    });
  }

  it("say nothing to who has no role", async () => {
    const world = locked("CanNotDelete");
    const wish = { ...remove, action: "Microsoft.Authorization/roleAssignments/delete" };
    const answer = await acting(world, wish);
    assert.equal(answer.reason.stage, "role assignments");
    world.lab.close();
  });
});
