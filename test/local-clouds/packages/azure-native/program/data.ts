/** Where the program keeps data. */

import type { Networks } from "./network.ts";
import { type AzureProgram, tenant } from "./program.ts";

/** Ids that the rest of the program builds on. */
export interface Stores {
  readonly account: string;
  readonly server: string;
}

/** Makes the stores. */
export function makeStores(p: AzureProgram, at: Networks): Stores {
  const account = makeStorage(p);
  makeVault(p);
  const server = makeSql(p, at);
  makeServers(p, at);
  makeDocuments(p);
  makeMessages(p, account);
  return { account, server };
}

function makeStorage(p: AzureProgram): string {
  const inAccount = { accountName: "store1" };
  const account = p.make("storage:StorageAccount", "store", {
    ...inAccount,
    kind: "StorageV2",
    sku: { name: "Standard_RAGRS" },
    isLocalUserEnabled: true,
  });
  p.make("storage:BlobContainer", "files", { ...inAccount, containerName: "files" });
  p.make("storage:Blob", "readme", { ...inAccount, containerName: "files", blobName: "readme" });
  p.make("storage:BlobContainerImmutabilityPolicy", "lock", {
    ...inAccount,
    containerName: "files",
    immutabilityPeriodSinceCreationInDays: 30,
  });
  p.make("storage:Queue", "jobs", { ...inAccount, queueName: "jobs" });
  p.make("storage:Table", "events", { ...inAccount, tableName: "events" });
  p.make("storage:FileShare", "share", { ...inAccount, shareName: "share" });
  p.make("storage:ManagementPolicy", "age", {
    ...inAccount,
    policy: { rules: [{ name: "old", type: "Lifecycle", definition: { actions: {} } }] },
  });
  for (const kind of ["Blob", "File", "Queue", "Table"]) {
    p.make(`storage:${kind}ServiceProperties`, kind, inAccount);
  }
  p.make("storage:StorageAccountStaticWebsite", "site", {
    ...inAccount,
    indexDocument: "index.html",
  });
  p.make("storage:LocalUser", "partner", { ...inAccount, username: "partner" });
  p.make("storage:EncryptionScope", "scope", { ...inAccount, encryptionScopeName: "scope" });
  return account;
}

function makeVault(p: AzureProgram): void {
  const inVault = { vaultName: "vault-1" };
  p.make("keyvault:Vault", "vault", {
    ...inVault,
    properties: { sku: { family: "A", name: "standard" }, tenantId: tenant },
  });
  p.make("keyvault:Key", "key", { ...inVault, properties: { kty: "RSA" } });
  p.make("keyvault:Secret", "secret", { ...inVault, properties: { value: "Not a secret 1" } });
  p.make("keyvault:AccessPolicy", "reader", {
    ...inVault,
    policy: { objectId: "reader", tenantId: tenant, permissions: { secrets: ["get"] } },
  });
}

function makeSql(p: AzureProgram, at: Networks): string {
  const inServer = { serverName: "sql-1" };
  const server = p.make("sql:Server", "sql", {
    ...inServer,
    administratorLogin: "dba",
    administratorLoginPassword: "Not a secret 1",
  });
  p.make("sql:ElasticPool", "pool", { ...inServer });
  p.make("sql:Database", "orders", { ...inServer, databaseName: "orders", sku: { name: "S0" } });
  p.make("sql:FirewallRule", "office", {
    ...inServer,
    startIpAddress: "192.0.2.0",
    endIpAddress: "192.0.2.255",
  });
  p.make("sql:VirtualNetworkRule", "app", { ...inServer, virtualNetworkSubnetId: at.app });
  p.make("sql:ServerKey", "key", { ...inServer, serverKeyType: "AzureKeyVault" });
  p.make("sql:ServerAzureADAdministrator", "admin", { ...inServer, login: "dbas", sid: "s" });
  p.make("sql:ServerAzureADOnlyAuthentication", "only", {
    ...inServer,
    azureADOnlyAuthentication: true,
  });
  p.make("sql:TransparentDataEncryption", "tde", {
    ...inServer,
    databaseName: "orders",
    state: "Enabled",
  });
  for (const kind of ["ServerBlobAuditingPolicy", "ExtendedServerBlobAuditingPolicy"]) {
    p.make(`sql:${kind}`, kind, {
      ...inServer,
      state: "Enabled",
      isAzureMonitorTargetEnabled: true,
    });
  }
  p.make("sql:ServerSecurityAlertPolicy", "alerts", { ...inServer, state: "Enabled" });
  p.make("sql:EncryptionProtector", "protector", { ...inServer, serverKeyType: "ServiceManaged" });
  return server;
}

function makeServers(p: AzureProgram, at: Networks): void {
  const login = { administratorLogin: "dba", administratorLoginPassword: "Not a secret 1" };
  const rule = { startIpAddress: "192.0.2.1", endIpAddress: "192.0.2.1" };
  p.make("dbforpostgresql:Server", "pg", {
    ...login,
    serverName: "pg-1",
    version: "16",
    network: {
      delegatedSubnetResourceId: at.databases,
      privateDnsZoneArmResourceId: at.privateZone,
    },
  });
  p.make("dbformysql:Server", "my", { ...login, serverName: "my-1", version: "8.0.21" });
  for (const [module, serverName] of [
    ["dbforpostgresql", "pg-1"],
    ["dbformysql", "my-1"],
  ] as const) {
    p.make(`${module}:Database`, "shop", { serverName });
    p.make(`${module}:FirewallRule`, "office", { serverName, ...rule });
    p.make(`${module}:Configuration`, "max_connections", { serverName, value: "100" });
  }
  p.make("dbforpostgresql:Administrator", "admin", {
    serverName: "pg-1",
    objectId: "aaaaaaaa-0000-4000-8000-000000000000",
    principalName: "dbas",
    principalType: "Group",
  });
}

function makeDocuments(p: AzureProgram): void {
  const inAccount = { accountName: "cosmos-1" };
  p.make("cosmosdb:DatabaseAccount", "cosmos", {
    ...inAccount,
    databaseAccountOfferType: "Standard",
    locations: [{ locationName: "westeurope", failoverPriority: 0 }],
  });
  p.make("cosmosdb:SqlResourceSqlDatabase", "db", { ...inAccount, resource: { id: "db" } });
  p.make("cosmosdb:SqlResourceSqlContainer", "items", {
    ...inAccount,
    databaseName: "db",
    resource: { id: "items", partitionKey: { paths: ["/id"], kind: "Hash" } },
  });
  p.make("cosmosdb:SqlResourceSqlRoleAssignment", "reader", {
    ...inAccount,
    principalId: "p",
    roleDefinitionId: "r",
  });
  p.make("cosmosdb:MongoDBResourceMongoDBDatabase", "mongo", {
    ...inAccount,
    resource: { id: "mongo" },
  });
  p.make("redis:Redis", "cache", {
    name: "cache-1",
    sku: { name: "Standard", family: "C", capacity: 1 },
  });
  p.make("redis:FirewallRule", "office", {
    cacheName: "cache-1",
    ruleName: "office",
    startIP: "192.0.2.1",
    endIP: "192.0.2.2",
  });
}

function makeMessages(p: AzureProgram, account: string): void {
  const bus = { namespaceName: "bus-0001" };
  p.make("servicebus:Namespace", "bus", { ...bus, sku: { name: "Standard" } });
  p.make("servicebus:Queue", "queue", bus);
  p.make("servicebus:Topic", "topic", bus);
  p.make("servicebus:Subscription", "sub", { ...bus, topicName: "topic", forwardTo: "queue" });
  p.make("servicebus:Rule", "rule", { ...bus, topicName: "topic", subscriptionName: "sub" });
  p.make("servicebus:NamespaceAuthorizationRule", "send", { ...bus, rights: ["Send"] });
  p.make("servicebus:QueueAuthorizationRule", "listen", {
    ...bus,
    queueName: "queue",
    rights: ["Listen"],
  });
  p.make("servicebus:NamespaceNetworkRuleSet", "net", { ...bus, defaultAction: "Deny" });
  const hubs = { namespaceName: "hubs-0001" };
  p.make("eventhub:Namespace", "hubs", { ...hubs, sku: { name: "Standard" } });
  p.make("eventhub:EventHub", "hub", { ...hubs, partitionCount: 2 });
  p.make("eventhub:ConsumerGroup", "readers", { ...hubs, eventHubName: "hub" });
  p.make("eventhub:NamespaceAuthorizationRule", "send", { ...hubs, rights: ["Send"] });
  p.make("eventhub:EventHubAuthorizationRule", "listen", {
    ...hubs,
    eventHubName: "hub",
    rights: ["Listen"],
  });
  p.make("eventhub:NamespaceNetworkRuleSet", "net", { ...hubs, defaultAction: "Deny" });
  const hook = { endpointType: "WebHook", endpointUrl: "https://hooks.example.org" };
  const topic = p.make("eventgrid:Topic", "grid");
  p.make("eventgrid:Domain", "domain");
  p.make("eventgrid:SystemTopic", "blobs", {
    systemTopicName: "blobs",
    source: account,
    topicType: "Microsoft.Storage.StorageAccounts",
  });
  p.bare("eventgrid:EventSubscription", "hook", { scope: topic, destination: hook });
  p.make("eventgrid:SystemTopicEventSubscription", "hook", {
    systemTopicName: "blobs",
    destination: hook,
  });
}
