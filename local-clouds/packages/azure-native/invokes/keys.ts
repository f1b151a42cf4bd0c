/** The `list…Keys` functions: keys follow from the resource's id, so each call gives the same. */

import { createHash } from "node:crypto";
import { isObject, type JsonObject } from "../../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../../types/invoke.ts";
import type { Neighbour } from "../../../types/resource.ts";
import { nameOf } from "../types/common.ts";
import { demand } from "./lookup.ts";

/** A key of 32 bytes (or 64) in base64. */
export function keyFrom(id: string, label: string, bytes: 32 | 64 = 32): string {
  const hash = createHash(bytes === 32 ? "sha256" : "sha512");
  return hash.update(`${id.toLowerCase()}|${label}`).digest("base64");
}

/** One function: the resource it asks about, and its answer. */
function keys(
  token: string,
  type: string,
  answer: (resource: Neighbour, call: InvokeCall) => JsonObject,
): InvokeEntry {
  return {
    token: `azure-native:${token}`,
    run: (call) => answer(demand(call, `azure-native:${type}`), call),
  };
}

/** Two keys under the names a service gives them. */
function pair(primary: string, secondary: string, bytes: 32 | 64 = 32) {
  return ({ id }: Neighbour): JsonObject => ({
    [primary]: keyFrom(id, "primary", bytes),
    [secondary]: keyFrom(id, "secondary", bytes),
  });
}

function storageKeys({ id, properties }: Neighbour): JsonObject {
  return {
    keys: ["key1", "key2"].map((keyName) => ({
      creationTime: properties["creationTime"] ?? "",
      keyName,
      permissions: "FULL",
      value: keyFrom(id, keyName, 64),
    })),
  };
}

/** The administrator's password exists only where the administrator does. */
function registryCredentials({ id, properties }: Neighbour, call: InvokeCall): JsonObject {
  if (properties["adminUserEnabled"] !== true) {
    return call.refuse({
      code: "AdminUserDisabled",
      says: `The admin user of registry ${id} is disabled.`,
    });
  }
  return {
    username: nameOf(id),
    passwords: ["password", "password2"].map((name) => ({ name, value: keyFrom(id, name) })),
  };
}

/** Every namespace has this rule from the beginning. */
const firstRule = "RootManageSharedAccessKey";

/** Keys of a rule of a namespace, or of a queue or event hub in it: the rule must be there. */
function ruleKeys(token: string, namespace: string, rule: string, entity = ""): InvokeEntry {
  return {
    token: `azure-native:${token}`,
    run: (call) => {
      const owner = demand(call, `azure-native:${namespace}`);
      const keyName = String(call.args["authorizationRuleName"]);
      if (entity !== "" || keyName !== firstRule) demand(call, `azure-native:${rule}`);
      return busKeys(owner.id, keyName, String(call.args[entity] ?? ""));
    },
  };
}

function busKeys(namespaceId: string, keyName: string, entity: string): JsonObject {
  const id = `${namespaceId}/${entity}/authorizationRules/${keyName}`;
  const connection = (label: string) =>
    [
      `Endpoint=sb://${nameOf(namespaceId)}.servicebus.windows.net/`,
      `SharedAccessKeyName=${keyName}`,
      `SharedAccessKey=${keyFrom(id, label)}`,
      ...(entity === "" ? [] : [`EntityPath=${entity}`]),
    ].join(";");
  return {
    keyName,
    primaryKey: keyFrom(id, "primary"),
    secondaryKey: keyFrom(id, "secondary"),
    primaryConnectionString: connection("primary"),
    secondaryConnectionString: connection("secondary"),
  };
}

function cosmosKeys({ id }: Neighbour): JsonObject {
  const names = [
    "primaryMaster",
    "primaryReadonlyMaster",
    "secondaryMaster",
    "secondaryReadonlyMaster",
  ];
  return Object.fromEntries(names.map((name) => [`${name}Key`, keyFrom(id, name, 64)]));
}

function cosmosConnections(account: Neighbour): JsonObject {
  const endpoint = String(account.properties["documentEndpoint"]);
  const strings = Object.entries(cosmosKeys(account)).map(([name, key]) => ({
    connectionString: `AccountEndpoint=${endpoint};AccountKey=${String(key)};`,
    description: `${name} SQL Connection String`,
  }));
  return { connectionStrings: strings };
}

function storeKeys({ id, properties }: Neighbour): JsonObject {
  const endpoint = String(properties["endpoint"]);
  const value = ["Primary", "Secondary"].map((name) => ({
    id: keyFrom(id, `${name} id`).slice(0, 8),
    name,
    connectionString: `Endpoint=${endpoint};Id=${keyFrom(id, `${name} id`).slice(0, 8)};Secret=${keyFrom(id, name)}`,
    lastModified: String(properties["creationDate"]),
    readOnly: false,
    value: keyFrom(id, name),
  }));
  return { value };
}

function publishing({ id, properties }: Neighbour): JsonObject {
  const name = nameOf(id);
  const password = keyFrom(id, "publishing");
  return {
    id: `${id}/publishingcredentials/$${name}`,
    name,
    publishingPassword: password,
    publishingUserName: `$${name}`,
    scmUri: `https://$${name}:${encodeURIComponent(password)}@${name}.scm.azurewebsites.net`,
    systemData: {},
    type: "Microsoft.Web/sites/publishingcredentials",
    ...(properties["kind"] === undefined ? {} : { kind: properties["kind"] }),
  };
}

/** The signed address under which a request trigger listens (Logic REST API, listCallbackUrl). */
function callback({ id, properties }: Neighbour, call: InvokeCall): JsonObject {
  const trigger = String(call.args["triggerName"]);
  const definition = properties["definition"];
  const triggers = isObject(definition) ? definition["triggers"] : undefined;
  if (!isObject(triggers) || triggers[trigger] === undefined) {
    return call.refuse({
      code: "WorkflowTriggerNotFound",
      says: `The workflow '${nameOf(id)}' trigger '${trigger}' could not be found.`,
    });
  }
  const basePath = `${String(properties["accessEndpoint"])}/triggers/${trigger}/paths/invoke`;
  const sp = `/triggers/${trigger}/run`;
  const queries = { apiVersion: "2016-10-01", sp, sv: "1.0", sig: keyFrom(id, trigger) };
  const { apiVersion, sv, sig } = queries;
  const query = `api-version=${apiVersion}&sp=${encodeURIComponent(sp)}&sv=${sv}&sig=${encodeURIComponent(sig)}`;
  return { basePath, method: "POST", queries, value: `${basePath}?${query}` };
}

const workspace = "operationalinsights:Workspace";

/** The functions that hand out keys. */
export const keyInvokes: readonly InvokeEntry[] = [
  keys("storage:listStorageAccountKeys", "storage:StorageAccount", storageKeys),
  keys("storage:listStorageAccountSAS", "storage:StorageAccount", ({ id }) => ({
    accountSasToken: `sv=2024-11-04&sig=${encodeURIComponent(keyFrom(id, "sas"))}`,
  })),
  keys("storage:listStorageAccountServiceSAS", "storage:StorageAccount", ({ id }) => ({
    serviceSasToken: `sv=2024-11-04&sig=${encodeURIComponent(keyFrom(id, "service sas"))}`,
  })),
  keys(
    "containerregistry:listRegistryCredentials",
    "containerregistry:Registry",
    registryCredentials,
  ),
  ...["getSharedKeys", "getWorkspaceSharedKeys"].map((name) =>
    keys(
      `operationalinsights:${name}`,
      workspace,
      pair("primarySharedKey", "secondarySharedKey", 64),
    ),
  ),
  keys("logic:listWorkflowTriggerCallbackUrl", "logic:Workflow", callback),
  keys("redis:listRedisKeys", "redis:Redis", pair("primaryKey", "secondaryKey")),
  keys("cosmosdb:listDatabaseAccountKeys", "cosmosdb:DatabaseAccount", cosmosKeys),
  keys(
    "cosmosdb:listDatabaseAccountConnectionStrings",
    "cosmosdb:DatabaseAccount",
    cosmosConnections,
  ),
  ruleKeys(
    "servicebus:listNamespaceKeys",
    "servicebus:Namespace",
    "servicebus:NamespaceAuthorizationRule",
  ),
  ruleKeys(
    "servicebus:listQueueKeys",
    "servicebus:Namespace",
    "servicebus:QueueAuthorizationRule",
    "queueName",
  ),
  ruleKeys(
    "eventhub:listNamespaceKeys",
    "eventhub:Namespace",
    "eventhub:NamespaceAuthorizationRule",
  ),
  ruleKeys(
    "eventhub:listEventHubKeys",
    "eventhub:Namespace",
    "eventhub:EventHubAuthorizationRule",
    "eventHubName",
  ),
  keys("search:listAdminKey", "search:Service", pair("primaryKey", "secondaryKey")),
  keys("cognitiveservices:listAccountKeys", "cognitiveservices:Account", pair("key1", "key2")),
  keys(
    "appconfiguration:listConfigurationStoreKeys",
    "appconfiguration:ConfigurationStore",
    storeKeys,
  ),
  keys(
    "signalrservice:listSignalRKeys",
    "signalrservice:SignalR",
    pair("primaryKey", "secondaryKey"),
  ),
  keys("eventgrid:listTopicSharedAccessKeys", "eventgrid:Topic", pair("key1", "key2")),
  keys("eventgrid:listDomainSharedAccessKeys", "eventgrid:Domain", pair("key1", "key2")),
  keys("web:listWebAppPublishingCredentials", "web:WebApp", publishing),
  keys("web:listWebAppHostKeys", "web:WebApp", ({ id }) => ({
    functionKeys: { default: keyFrom(id, "default") },
    masterKey: keyFrom(id, "master"),
    systemKeys: {},
  })),
  keys(
    "web:listWebAppApplicationSettings",
    "web:WebAppApplicationSettings",
    ({ properties }) => properties,
  ),
  keys(
    "web:listWebAppApplicationSettingsSlot",
    "web:WebAppApplicationSettingsSlot",
    ({ properties }) => properties,
  ),
];
