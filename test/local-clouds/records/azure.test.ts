/** What Azure's and Entra's logs say and where diagnostic settings send them. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import type { Flow } from "../../../local-clouds/records/flow.ts";
import { Recorder } from "../../../local-clouds/records/recorder.ts";
import { acting, deliveredIn, type Wish } from "../act/kit.ts";
import { azure, identity, subscription, tenant, textOf } from "../probe/token/azure-world.ts";
import { TestWorld } from "../probe/token/kit.ts";

const group = `/subscriptions/${subscription}/resourceGroups/shop`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/logs`;
const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/central`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/shopvault`;
const administrative = [{ category: "Administrative", enabled: true }];
const deleteLock: Wish = {
  as: "deployer",
  action: "Microsoft.Compute/virtualMachines/runCommand/action",
  resource: `${group}/providers/Microsoft.Compute/virtualMachines/vm`,
  context: { ip: "203.0.113.7" },
};
const getSecret: Wish = {
  as: "deployer",
  action: "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  resource: `${vault}/secrets/key`,
};

/** The identity `deployer`, an account, a workspace and settings: token, id, properties. */
function world(
  ...settings: readonly (readonly [token: string, id: string, JsonObject])[]
): TestWorld {
  const made = new TestWorld();
  const who = identity(made);
  for (const role of [
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "4633458b-17de-408a-b874-0445c86b69e6",
  ]) {
    azure(made).create("azure-native:authorization:RoleAssignment", role, {
      scope: group,
      principalId: textOf(who, "principalId"),
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    });
  }
  const lab = azure(made);
  lab.create("azure-native:storage:StorageAccount", "logs", {
    resourceGroupName: "shop",
    accountName: "logs",
    location: "westeurope",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
  });
  lab.create("azure-native:operationalinsights:Workspace", "central", {
    resourceGroupName: "shop",
    workspaceName: "central",
    location: "westeurope",
  });
  for (const [token, id, properties] of settings) made.insert(token, subscription, id, properties);
  return made;
}

const onSubscription = (properties: JsonObject) =>
  [
    "azure-native:monitor:SubscriptionDiagnosticSetting",
    `/subscriptions/${subscription}/providers/microsoft.insights/diagnosticSettings/all`,
    properties,
  ] as const;
const onVault = (properties: JsonObject) =>
  [
    "azure-native:monitor:DiagnosticSetting",
    `${vault}/providers/microsoft.insights/diagnosticSettings/all`,
    properties,
  ] as const;

async function recordsAfter(made: TestWorld, wish: Wish) {
  const answer = await acting(made, wish);
  assert.equal(answer.outcome, "allowed", JSON.stringify(answer));
  const delivered = deliveredIn(made);
  made.lab.close();
  return delivered;
}

describe("Azure's activity log", () => {
  it("has the fields of the schema from storage accounts, under the path of the hour", async () => {
    const [record] = await recordsAfter(
      world(onSubscription({ storageAccountId: account, logs: administrative })),
      deleteLock,
    );
    assert.ok(record);
    // Azure Monitor, "Azure activity log event schema: Schema from storage account and event hubs".
    assert.deepEqual(Object.keys(record.json).sort(), [
      "callerIpAddress",
      "category",
      "correlationId",
      "durationMs",
      "identity",
      "level",
      "location",
      "operationName",
      "properties",
      "resourceId",
      "resultSignature",
      "resultType",
      "time",
    ]);
    const who = record.json["identity"] as JsonObject;
    assert.deepEqual(Object.keys(who), ["authorization", "claims"]);
    const evidence = (who["authorization"] as JsonObject)["evidence"] as JsonObject;
    assert.equal(evidence["role"], "Contributor");
    assert.equal(evidence["roleAssignmentScope"], group);
    assert.equal(record.json["operationName"], deleteLock.action.toUpperCase());
    assert.equal(record.json["callerIpAddress"], "203.0.113.7");
    assert.equal(
      record.place,
      `insights-activity-logs/resourceId=/SUBSCRIPTIONS/${subscription.toUpperCase()}/y=2026/m=01/d=02/h=03/m=00/PT1H.json`,
    );
  });

  const rows: readonly (readonly [says: string, JsonObject, count: number])[] = [
    ["goes to a workspace's table", { workspaceId: workspace, logs: administrative }, 1],
    [
      "goes to both",
      { workspaceId: workspace, storageAccountId: account, logs: administrative },
      2,
    ],
    [
      "stays away where its category is missing",
      { workspaceId: workspace, logs: [{ category: "Security", enabled: true }] },
      0,
    ],
    [
      "stays away where its category is off",
      { workspaceId: workspace, logs: [{ category: "Administrative", enabled: false }] },
      0,
    ],
    [
      "is in the group allLogs",
      { workspaceId: workspace, logs: [{ categoryGroup: "allLogs", enabled: true }] },
      1,
    ],
    [
      "goes nowhere if the workspace is not there",
      { workspaceId: `${workspace}2`, logs: administrative },
      0,
    ],
  ];
  for (const [says, setting, count] of rows) {
    it(says, async () => {
      const delivered = await recordsAfter(world(onSubscription(setting)), deleteLock);
      assert.equal(delivered.length, count);
      for (const { place } of delivered)
        assert.match(place, /^(AzureActivity$|insights-activity-logs\/)/);
    });
  }

  it("of another subscription tells nothing of this one", async () => {
    const other =
      "/subscriptions/00000000-0000-4000-8000-000000000000/providers/microsoft.insights/diagnosticSettings/all";
    const setting = [
      "azure-native:monitor:SubscriptionDiagnosticSetting",
      other,
      { workspaceId: workspace, logs: administrative },
    ] as const;
    assert.equal((await recordsAfter(world(setting), deleteLock)).length, 0);
  });
});

describe("Azure's resource logs", () => {
  const audit = [{ category: "AuditEvent", enabled: true }];

  it("of a vault have the fields of its logging, in its container", async () => {
    const [record] = await recordsAfter(
      world(onVault({ storageAccountId: account, logs: audit })),
      getSecret,
    );
    assert.ok(record);
    // Azure Key Vault, "Azure Key Vault logging: Interpret your Key Vault logs".
    assert.deepEqual(Object.keys(record.json).sort(), [
      "callerIpAddress",
      "category",
      "correlationId",
      "durationMs",
      "identity",
      "operationName",
      "operationVersion",
      "properties",
      "resourceId",
      "resultDescription",
      "resultSignature",
      "resultType",
      "time",
    ]);
    assert.equal(record.json["operationName"], "SecretGet");
    assert.match(
      record.place,
      /^insights-logs-auditevent\/resourceId=\/SUBSCRIPTIONS\/.*\/VAULTS\/SHOPVAULT\/y=2026/,
    );
  });

  it("are in the group audit", async () => {
    const logs = [{ categoryGroup: "audit", enabled: true }];
    assert.equal(
      (await recordsAfter(world(onVault({ workspaceId: workspace, logs })), getSecret)).length,
      1,
    );
  });

  it("are not in the activity log: reading a secret is an operation on data", async () => {
    assert.equal(
      (
        await recordsAfter(
          world(onSubscription({ workspaceId: workspace, logs: administrative })),
          getSecret,
        )
      ).length,
      0,
    );
  });

  it("stay away where the setting chooses metrics only", async () => {
    assert.equal(
      (await recordsAfter(world(onVault({ workspaceId: workspace, logs: [] })), getSecret)).length,
      0,
    );
  });
});

describe("Entra's logs", () => {
  const signIn = {
    cloud: "entra",
    caller: {
      kind: "managed identity",
      id: "o-1",
      name: "deployer",
      account: tenant,
      uniqueId: "c-1",
      session: "",
      groups: [],
    },
    target: "Azure Resource Manager",
    account: tenant,
    region: "",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:acme/shop:ref:refs/heads/main",
    audience: "api://AzureADTokenExchange",
    at: new Date("2026-01-02T03:04:05Z"),
    sourceIp: "203.0.113.7",
  } as const;
  const setting = (category: string) =>
    [
      "azure-native:aadiam:DiagnosticSetting",
      "/providers/microsoft.aadiam/diagnosticSettings/all",
      { workspaceId: workspace, logs: [{ category, enabled: true }] },
    ] as const;

  it("have sign-ins of managed identities apart, with the fields of Microsoft Graph", () => {
    const made = world(setting("ManagedIdentitySignInLogs"));
    new Recorder(made.lab.clouds.world).signIn(signIn);
    const [record] = deliveredIn(made);
    assert.equal(record?.place, "AADManagedIdentitySignInLogs");
    const properties = record?.json["properties"] as JsonObject;
    // Microsoft Graph, "signIn resource type".
    for (const key of [
      "id",
      "createdDateTime",
      "servicePrincipalId",
      "servicePrincipalName",
      "appId",
      "ipAddress",
      "status",
      "conditionalAccessStatus",
      "resourceDisplayName",
      "resourceId",
      "riskState",
    ]) {
      assert.ok(key in properties, key);
    }
    assert.deepEqual(properties["status"], { errorCode: 0 });
    made.lab.close();
  });

  it("stay away where another category is chosen", () => {
    const made = world(setting("SignInLogs"));
    new Recorder(made.lab.clouds.world).signIn(signIn);
    assert.equal(deliveredIn(made).length, 0);
    made.lab.close();
  });
});

describe("VNet flow logs", () => {
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/hub`;
  const flow: Flow = {
    cloud: "azure",
    interfaceId: `${group}/providers/Microsoft.Network/networkInterfaces/web`,
    subnetId: `${network}/subnets/app`,
    networkId: network,
    account: subscription,
    region: "westeurope",
    direction: "in",
    source: "10.0.0.6",
    destination: "10.0.1.7",
    sourcePort: 23956,
    destinationPort: 443,
    protocol: 6,
    accepted: false,
    rule: "DenyAll",
    at: new Date("2026-01-02T03:04:05.678Z"),
  };
  const log = (properties: JsonObject) =>
    [
      "azure-native:network:FlowLog",
      `${group}/providers/Microsoft.Network/networkWatchers/w/flowLogs/f`,
      { storageId: account, enabled: true, targetResourceId: network, ...properties },
    ] as const;

  function logged(properties: JsonObject) {
    const made = world(log(properties));
    new Recorder(made.lab.clouds.world).flow(flow);
    const delivered = deliveredIn(made);
    made.lab.close();
    return delivered;
  }

  it("have the fields and the tuple of version 4", () => {
    const [record] = logged({});
    const [one] = (record?.json["records"] ?? []) as readonly JsonObject[];
    // Azure Network Watcher, "Virtual network flow logs: Log format".
    assert.deepEqual(Object.keys(one ?? {}).sort(), [
      "category",
      "flowLogGUID",
      "flowLogResourceID",
      "flowLogVersion",
      "flowRecords",
      "macAddress",
      "operationName",
      "targetResourceID",
      "time",
    ]);
    assert.ok(
      record?.body.includes('"1767323045678,10.0.0.6,10.0.1.7,23956,443,6,I,D,NX,0,0,0,0"'),
      record?.body,
    );
    assert.match(
      record?.place ?? "",
      /^insights-logs-flowlogflowevent\/flowLogResourceID=\/.*\/W_F\/y=2026\/m=01\/d=02\/h=03\/m=00\/macAddress=\w{12}\/PT1H\.json$/,
    );
  });

  for (const [says, properties, count] of [
    ["of the subnet take it", { targetResourceId: flow.subnetId }, 1],
    ["of another network do not", { targetResourceId: `${network}2` }, 0],
    ["that are off do not", { enabled: false }, 0],
  ] as const) {
    it(says, () => assert.equal(logged(properties).length, count));
  }
});
