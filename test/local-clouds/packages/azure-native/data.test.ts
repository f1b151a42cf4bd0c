/** Stores of Azure: accounts, vaults, databases, queues. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { Bench } from "./bench.ts";

describe("stores of azure-native", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.lab.close());

  it("shows the rules of an account that gives none, and the copy in the paired region", () => {
    const store = bench.make("storage:StorageAccount", "s", {
      accountName: "store1",
      kind: "StorageV2",
      sku: { name: "Standard_RAGRS" },
    });
    assert.equal((store.outputs["networkRuleSet"] as JsonObject)["defaultAction"], "Allow");
    assert.equal(store.outputs["secondaryLocation"], "northeurope");
    const secondary = store.outputs["secondaryEndpoints"] as JsonObject;
    assert.equal(secondary["blob"], "https://store1-secondary.blob.core.windows.net/");
  });

  it("never gives back a secret, and finds a vault's name taken in all of Azure", () => {
    const vault = {
      vaultName: "vault-1",
      properties: { sku: { family: "A", name: "standard" }, tenantId: "t" },
    };
    bench.make("keyvault:Vault", "v", vault);
    const secret = bench.make("keyvault:Secret", "s", {
      vaultName: "vault-1",
      properties: { value: "Not a secret 1" },
    });
    const shown = secret.outputs["properties"] as JsonObject;
    assert.equal("value" in shown, false);
    assert.match(
      String(shown["secretUriWithVersion"]),
      /^https:\/\/vault-1\.vault\.azure\.net\/secrets\/s\/[0-9a-f]{32}$/,
    );
    const other = bench.lab.with("azure-native", { subscriptionId: "s2", location: "westeurope" });
    other.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
    assert.match(
      bench.lab.refusal(() =>
        other.create("azure-native:keyvault:Vault", "v", { resourceGroupName: "rg", ...vault }),
      ),
      /VaultAlreadyExists/,
    );
    assert.match(
      bench.refused("keyvault:Vault", "w", { ...vault, vaultName: "a--b" }),
      /VaultNameNotValid/,
    );
  });

  it("keeps purge protection once it is on", () => {
    const vault = (more: JsonObject): JsonObject => ({
      resourceGroupName: "rg",
      vaultName: "vault-1",
      properties: { sku: { family: "A", name: "standard" }, tenantId: "t", ...more },
    });
    const made = bench.make("keyvault:Vault", "v", vault({ enablePurgeProtection: true }));
    assert.match(
      bench.lab.refusal(() => bench.lab.update(made, vault({}))),
      /irreversible/,
    );
  });

  const sqlServer = () =>
    bench.make("sql:Server", "sql", {
      serverName: "sql-1",
      administratorLogin: "dba",
      administratorLoginPassword: "Not a secret 1",
    });

  it("guards SQL servers: logins, ranges, subnets, administrators", () => {
    assert.match(
      bench.refused("sql:Server", "s", {
        administratorLogin: "sa",
        administratorLoginPassword: "x",
        serverName: "s",
      }),
      /reserved/,
    );
    assert.equal("administratorLoginPassword" in sqlServer().outputs, false);
    const inServer = { serverName: "sql-1" };
    const range = { startIpAddress: "192.0.2.9", endIpAddress: "192.0.2.1" };
    assert.match(
      bench.refused("sql:FirewallRule", "r", { ...inServer, ...range }),
      /InvalidFirewallRuleIpRange/,
    );
    const { id } = bench.subnet();
    assert.match(
      bench.refused("sql:VirtualNetworkRule", "n", { ...inServer, virtualNetworkSubnetId: id }),
      /service endpoint Microsoft\.Sql/,
    );
    assert.match(
      bench.refused("sql:ServerAzureADOnlyAuthentication", "o", {
        ...inServer,
        azureADOnlyAuthentication: true,
      }),
      /AADAdminNotConfigured/,
    );
  });

  it("gives flexible servers only subnets that are theirs", () => {
    const { id } = bench.subnet();
    assert.match(
      bench.refused("dbforpostgresql:Server", "pg", {
        serverName: "pg-1",
        administratorLogin: "dba",
        administratorLoginPassword: "x",
        network: { delegatedSubnetResourceId: id },
      }),
      /SubnetNotDelegated.*Microsoft\.DBforPostgreSQL\/flexibleServers/,
    );
    assert.match(
      bench.refused("dbformysql:Server", "my", { serverName: "my-1", version: "4.1" }),
      /ParameterOutOfRange/,
    );
  });

  it("keeps a primary while it has replicas", () => {
    const login = { administratorLogin: "dba", administratorLoginPassword: "x" };
    const primary = bench.make("dbforpostgresql:Server", "a", { serverName: "pg-a", ...login });
    bench.make("dbforpostgresql:Server", "b", {
      serverName: "pg-b",
      createMode: "Replica",
      sourceServerResourceId: primary.id,
    });
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(primary)),
      /ServerHasReplicas/,
    );
  });

  it("writes documents in one region first, and names containers as their id says", () => {
    const account = (...priorities: number[]): JsonObject => ({
      accountName: "docs-1",
      databaseAccountOfferType: "Standard",
      locations: priorities.map((failoverPriority) => ({
        locationName: "uksouth",
        failoverPriority,
      })),
    });
    assert.match(
      bench.refused("cosmosdb:DatabaseAccount", "d", account(0, 0)),
      /Failover priorities/,
    );
    bench.make("cosmosdb:DatabaseAccount", "d", account(0));
    assert.match(
      bench.refused("cosmosdb:SqlResourceSqlDatabase", "db", {
        accountName: "docs-1",
        resource: { id: "x" },
      }),
      /does not match the name 'db'/,
    );
  });

  it("forwards messages to what is there and gives Manage only whole", () => {
    const bus = { namespaceName: "bus-0001" };
    bench.make("servicebus:Namespace", "bus", bus);
    assert.match(
      bench.refused("servicebus:Queue", "q", { ...bus, forwardTo: "none" }),
      /does not exist/,
    );
    assert.match(
      bench.refused("servicebus:Queue", "q", { ...bus, lockDuration: "PT6M" }),
      /'5' minutes/,
    );
    const rights = { ...bus, rights: ["Manage"] };
    assert.match(
      bench.refused("servicebus:NamespaceAuthorizationRule", "r", rights),
      /must also include/,
    );
    bench.make("servicebus:Namespace", "small", {
      namespaceName: "bus-0002",
      sku: { name: "Basic" },
    });
    assert.match(
      bench.refused("servicebus:Topic", "t", { namespaceName: "bus-0002" }),
      /Basic tier/,
    );
  });

  it("keeps the partitions of a hub and refuses events that lead nowhere", () => {
    bench.make("eventhub:Namespace", "h", { namespaceName: "hubs-0001" });
    const hub = (partitionCount: number): JsonObject => ({
      resourceGroupName: "rg",
      namespaceName: "hubs-0001",
      eventHubName: "hub",
      partitionCount,
    });
    const made = bench.make("eventhub:EventHub", "hub", hub(2));
    assert.deepEqual(made.outputs["partitionIds"], ["0", "1"]);
    assert.match(
      bench.lab.refusal(() => bench.lab.update(made, hub(4))),
      /cannot be changed/,
    );
    const lost = `${bench.group}/providers/Microsoft.EventGrid/topics/none`;
    const destination = { endpointType: "WebHook" };
    assert.match(
      bench.lab.refusal(() =>
        bench.bare("eventgrid:EventSubscription", "sub", { scope: lost, destination }),
      ),
      /ResourceNotFound.*Microsoft\.EventGrid\/topics\/none/,
    );
  });
});
