/** What programs ask azure-native for besides resources. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { azureNativeInvokes } from "../../../../local-clouds/packages/azure-native/invokes.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, openLab } from "../../kit/lab.ts";

const native = (name: string) => `azure-native:${name}`;

describe("functions of azure-native", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openLab("azure-native", { subscriptionId: "s1", location: "westeurope" });
    lab.create(native("resources:ResourceGroup"), "rg", { resourceGroupName: "rg" });
  });

  afterEach(() => lab.close());

  const make = (type: string, name: string, inputs: JsonObject) =>
    lab.create(native(type), name, { resourceGroupName: "rg", ...inputs });
  const call = (name: string, args: JsonObject) =>
    lab.invoke(native(name), { resourceGroupName: "rg", ...args });

  it("are functions of the installed package", () => {
    const modules = new Set(azureNativeInvokes.map(({ token }) => token.split(":")[1] ?? ""));
    const known = new Set([...modules].flatMap((module) => [...installedFunctions(module)]));
    const strange = azureNativeInvokes.map(({ token }) => token).filter((one) => !known.has(one));
    assert.deepEqual(strange, []);
  });

  it("read what somebody else made, and refuse what nobody did", () => {
    const net = make("network:VirtualNetwork", "net", {
      virtualNetworkName: "net",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    const found = call("network:getVirtualNetwork", { virtualNetworkName: "NET" });
    assert.equal(found["id"], net.id);
    assert.equal(call("resources:getResourceGroup", {})["location"], "westeurope");
    assert.match(
      lab.refusal(() => call("network:getVirtualNetwork", { virtualNetworkName: "none" })),
      /ResourceNotFound.*Microsoft\.Network\/virtualNetworks\/none/,
    );
    const lost = { resourceGroupName: "none", virtualNetworkName: "net" };
    assert.match(
      lab.refusal(() => call("network:getVirtualNetwork", lost)),
      /ResourceGroupNotFound/,
    );
    const elsewhere = lab.with("azure-native", { subscriptionId: "s2" });
    assert.match(
      lab.refusal(() =>
        elsewhere.invoke(native("resources:getResourceGroup"), { resourceGroupName: "rg" }),
      ),
      /ResourceGroupNotFound/,
    );
  });

  it("find a record set by its type", () => {
    make("dns:Zone", "zone", { zoneName: "example.org" });
    const record = { zoneName: "example.org", relativeRecordSetName: "www" };
    const made = make("dns:RecordSet", "www", { ...record, recordType: "A", aRecords: [] });
    assert.equal(call("dns:getRecordSet", { ...record, recordType: "A" })["id"], made.id);
  });

  it("hand out the same keys each time, and other keys for another account", () => {
    for (const accountName of ["one", "two"]) {
      make("storage:StorageAccount", accountName, {
        accountName: `store${accountName}`,
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
      });
    }
    const of = (name: string) =>
      call("storage:listStorageAccountKeys", { accountName: `store${name}` });
    assert.deepEqual(of("one"), of("one"));
    assert.notDeepEqual(of("one")["keys"], of("two")["keys"]);
    const [first] = of("one")["keys"] as { value: string }[];
    assert.equal(Buffer.from(first?.value ?? "", "base64").length, 64);
  });

  it("know the first rule of a namespace, and only those rules that were made", () => {
    const namespace = { namespaceName: "bus-0001" };
    make("servicebus:Namespace", "bus", namespace);
    const keys = (authorizationRuleName: string) =>
      call("servicebus:listNamespaceKeys", { ...namespace, authorizationRuleName });
    assert.match(
      String(keys("RootManageSharedAccessKey")["primaryConnectionString"]),
      /^Endpoint=sb:\/\/bus-0001\.servicebus\.windows\.net\/;SharedAccessKeyName=RootManage/,
    );
    assert.match(
      lab.refusal(() => keys("other")),
      /ResourceNotFound/,
    );
  });

  it("sign the address of a workflow's trigger that is there", () => {
    const definition = { triggers: { post: { type: "Request", kind: "Http" } } };
    const flow = { workflowName: "flow" };
    make("logic:Workflow", "flow", { ...flow, definition });
    const url = (triggerName: string) =>
      call("logic:listWorkflowTriggerCallbackUrl", { ...flow, triggerName });
    assert.match(
      String(url("post")["value"]),
      /^https:\/\/.*\/triggers\/post\/paths\/invoke\?api-version=2016-10-01&sp=%2Ftriggers%2Fpost%2Frun&sv=1\.0&sig=/,
    );
    assert.match(
      lab.refusal(() => url("get")),
      /WorkflowTriggerNotFound/,
    );
  });

  it("keep the registry's password while its administrator is off", () => {
    const registry = { registryName: "images1" };
    make("containerregistry:Registry", "images", { ...registry, sku: { name: "Basic" } });
    assert.match(
      lab.refusal(() => call("containerregistry:listRegistryCredentials", registry)),
      /AdminUserDisabled/,
    );
  });

  it("hand out a kubeconfig with a secret only where local accounts are on", () => {
    const aks = (name: string, more: JsonObject) =>
      make("containerservice:ManagedCluster", name, {
        resourceName: name,
        dnsPrefix: name,
        agentPoolProfiles: [{ name: "system", mode: "System" }],
        ...more,
      });
    aks("plain", {});
    aks("entra", { aadProfile: { managed: true }, disableLocalAccounts: true });
    const config = (kind: string, resourceName: string) => {
      const answer = call(`containerservice:listManagedCluster${kind}Credentials`, {
        resourceName,
      });
      const [first] = answer["kubeconfigs"] as { value: string }[];
      return Buffer.from(first?.value ?? "", "base64").toString();
    };
    assert.match(config("User", "plain"), /token: \w{60,}/);
    assert.match(config("User", "entra"), /kubelogin/);
    assert.doesNotMatch(config("User", "entra"), /token:/);
    assert.match(
      lab.refusal(() => config("Admin", "entra")),
      /disable local accounts/,
    );
  });
});

function installedFunctions(module: string): Set<string> {
  const folder = new URL(
    `../../../../node_modules/@pulumi/azure-native/${module}/`,
    import.meta.url,
  );
  const tokens = readdirSync(folder)
    .filter((file) => /^(get|list)\w+\.js$/.test(file))
    .map((file) => /runtime\.invoke\("([^"]+)"/.exec(readFileSync(new URL(file, folder), "utf8")));
  return new Set(tokens.map((match) => match?.[1] ?? ""));
}
