/** What came along with a resource follows its updates, and what counts changes moves with them. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../kit/lab.ts";

const subnet = "azure-native:network:Subnet";
const network = "azure-native:network:VirtualNetwork";
const group = { resourceGroupName: "rg", location: "westeurope" };

describe("companions", () => {
  let lab: Lab;
  let vnet: Made;
  beforeEach(() => {
    lab = openLab("azure-native", { location: "westeurope" });
    lab.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
    vnet = lab.create(
      network,
      "net",
      inputs("10.0.0.0/16", { a: "10.0.0.0/24", b: "10.0.1.0/24" }),
    );
  });
  afterEach(() => lab.close());

  const inputs = (space: string, subnets: Record<string, string>): JsonObject => ({
    ...group,
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: [space] },
    subnets: Object.entries(subnets).map(([name, addressPrefix]) => ({ name, addressPrefix })),
  });
  const idOf = (name: string) => `${vnet.id}/subnets/${name}`;
  const read = (name: string) => lab.read(subnet, idOf(name))?.outputs;

  it("come, change and go with the list that they stand in", () => {
    const fixed = lab.create(subnet, "own", {
      ...{ resourceGroupName: "rg", virtualNetworkName: "net", subnetName: "own" },
      addressPrefix: "10.0.9.0/24",
    });
    lab.update(vnet, inputs("10.0.0.0/16", { b: "10.0.2.0/24", c: "10.0.3.0/24" }));
    assert.equal(read("a"), undefined);
    assert.equal(read("b")?.["addressPrefix"], "10.0.2.0/24");
    assert.equal(read("c")?.["addressPrefix"], "10.0.3.0/24");
    assert.ok(lab.read(subnet, fixed.id), "what was made for itself stays");
  });

  it("keep what others changed on them", () => {
    lab.drift({ ...vnet, urn: idOf("b") }, "privateEndpointNetworkPolicies", "Enabled");
    lab.update(vnet, inputs("10.0.0.0/16", { a: "10.0.0.0/24", b: "10.0.2.0/24" }));
    const { addressPrefix, privateEndpointNetworkPolicies } = read("b") ?? {};
    assert.deepEqual([addressPrefix, privateEndpointNetworkPolicies], ["10.0.2.0/24", "Enabled"]);
  });

  it("follow a change by hand", () => {
    const [a] = inputs("", { a: "10.0.0.0/24" })["subnets"] as JsonObject[];
    lab.drift(vnet, "subnets", [a ?? {}]);
    assert.deepEqual([read("a") === undefined, read("b")], [false, undefined]);
  });

  it("stay while something holds them, and the whole update is refused", () => {
    lab.create("azure-native:network:NetworkInterface", "nic", {
      ...group,
      networkInterfaceName: "nic",
      ipConfigurations: [{ name: "one", subnet: { id: idOf("a") } }],
    });
    const before = lab.clouds.world.all();
    const refusal = lab.refusal(() =>
      lab.update(vnet, inputs("10.0.0.0/16", { b: "10.0.2.0/24" })),
    );
    assert.match(refusal, /InUseSubnetCannotBeDeleted.*Subnet a is in use by .*\/nic/);
    assert.deepEqual(lab.clouds.world.all(), before);
  });

  it("are judged with their network", () => {
    const update = (space: string, subnets: Record<string, string>) =>
      lab.refusal(() => lab.update(vnet, inputs(space, subnets)));
    assert.match(update("10.0.0.0/16", { a: "10.1.0.0/24" }), /NetcfgInvalidSubnet.*Subnet 'a'/);
    const clash = update("10.0.0.0/16", { a: "10.0.0.0/24", b: "10.0.0.128/25" });
    assert.match(clash, /NetcfgSubnetRangesOverlap.*Subnet 'b'/);
    const moved = lab.update(vnet, inputs("10.9.0.0/16", { a: "10.9.0.0/24" }));
    assert.equal(moved.id, vnet.id);
  });
});

describe("etags and fingerprints", () => {
  it("move with every change of a resource, and only then", () => {
    const lab = openLab("azure-native", { location: "westeurope" });
    lab.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
    const given = { ...group, routeTableName: "table" };
    const made = lab.create("azure-native:network:RouteTable", "table", given);
    const same = lab.update(made, given);
    const other = lab.update(made, { ...given, tags: { a: "b" } });
    assert.match(String(made.outputs["etag"]), /^W\/"[0-9a-f-]{36}"$/);
    assert.equal(same.outputs["etag"], made.outputs["etag"]);
    assert.notEqual(other.outputs["etag"], made.outputs["etag"]);
    lab.drift(other, "tags", { a: "c" });
    assert.notEqual(lab.read(made.token, made.id)?.outputs["etag"], other.outputs["etag"]);
    lab.close();
  });

  it("of labels move with the labels alone", () => {
    const lab = openLab("gcp", { project: "p", region: "europe-west4", zone: "europe-west4-a" });
    const disk = "gcp:compute/disk:Disk";
    const made = lab.create(disk, "d", { name: "d", size: 10, labels: { a: "b" } });
    const grown = lab.update(made, { name: "d", size: 20, labels: { a: "b" } });
    const relabelled = lab.update(grown, { name: "d", size: 20, labels: { a: "c" } });
    const [first, second, third] = [made, grown, relabelled].map(
      ({ outputs }) => outputs["labelFingerprint"],
    );
    assert.equal(first, second);
    assert.notEqual(second, third);
    lab.close();
  });
});
