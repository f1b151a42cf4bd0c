/** What Azure refuses of the most used types, by the codes that its users meet. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { Bench } from "./bench.ts";

describe("refusals of azure-native", () => {
  let bench: Bench;
  let subnet: string;
  beforeEach(() => {
    bench = new Bench();
    subnet = bench.subnet().id;
  });
  afterEach(() => bench.lab.close());

  const nic = (name: string, configuration: JsonObject = {}): JsonObject => ({
    networkInterfaceName: name,
    ipConfigurations: [{ name: "one", subnet: { id: subnet }, ...configuration }],
  });
  const machine = (vmName: string, id: string, profile: JsonObject = {}): JsonObject => ({
    vmName,
    hardwareProfile: { vmSize: "Standard_B1s" },
    networkProfile: { networkInterfaces: [{ id }] },
    storageProfile: {
      imageReference: { publisher: "Canonical", offer: "ubuntu", sku: "server", version: "latest" },
      osDisk: { createOption: "FromImage" },
    },
    osProfile: {
      computerName: vmName,
      adminUsername: "somebody",
      adminPassword: "Not a secret 1",
      ...profile,
    },
  });

  it("one public address for one configuration", () => {
    const id = bench.make("network:PublicIPAddress", "p", { publicIpAddressName: "p" }).id;
    const made = bench.make("network:NetworkInterface", "a", nic("a", { publicIPAddress: { id } }));
    const refusal = bench.refused(
      "network:NetworkInterface",
      "b",
      nic("b", { publicIPAddress: { id } }),
    );
    assert.match(
      refusal,
      /PublicIPAddressInUse.*\/b\/ipConfigurations\/one is referencing .*allocated to resource .*\/a\/ipConfigurations\/one/,
    );
    bench.lab.update(made, { resourceGroupName: "rg", ...nic("a", { publicIPAddress: { id } }) });
  });

  it("one interface for one machine, which keeps it and its subnet", () => {
    const made = bench.make("network:NetworkInterface", "a", nic("a"));
    bench.make("compute:VirtualMachine", "one", machine("one", made.id));
    const refusal = bench.refused("compute:VirtualMachine", "two", machine("two", made.id));
    assert.match(refusal, /NicInUse.*\/a is used by existing resource .*virtualMachines\/one/);
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(made)),
      /NicInUse/,
    );
    const app = bench.lab.read("azure-native:network:Subnet", subnet);
    assert.ok(app);
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(app)),
      /InUseSubnetCannotBeDeleted.*Subnet app is in use/,
    );
  });

  it("a subnet that is full", () => {
    const small = bench.make("network:Subnet", "small", {
      virtualNetworkName: "net",
      subnetName: "small",
      addressPrefix: "10.0.9.0/29",
    });
    subnet = small.id;
    for (const name of ["a", "b", "c"]) bench.make("network:NetworkInterface", name, nic(name));
    assert.match(
      bench.refused("network:NetworkInterface", "d", nic("d")),
      /SubnetIsFull.*Subnet small with address prefix 10\.0\.9\.0\/29/,
    );
  });

  it("administrators whose name or password anybody would guess", () => {
    const { id } = bench.make("network:NetworkInterface", "a", nic("a"));
    const login = (profile: JsonObject) =>
      bench.refused("compute:VirtualMachine", "vm", machine("vm", id, profile));
    assert.match(login({ adminUsername: "Admin" }), /InvalidParameter.*Username specified is not/);
    for (const adminPassword of ["Sh0rt!", "onlysmallletters", `Aa1${"x".repeat(121)}`]) {
      assert.match(login({ adminPassword }), /InvalidParameter.*must be between 8-123 characters/);
    }
    const server = (administratorLoginPassword: string) =>
      bench.refused("sql:Server", "s", {
        serverName: "server-one",
        administratorLogin: "boss",
        administratorLoginPassword,
      });
    for (const password of ["weak", "Boss12345!"]) {
      assert.match(server(password), /PasswordNotComplex/);
    }
  });
});
