/** The network that every project begins with, and networks that make their subnets themselves. */

import assert from "node:assert/strict";
import { nativesBeside } from "../../../../local-clouds/lifecycle/natives.ts";
import { probe } from "../../../../local-clouds/probe/packet/probe.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { openGoogle, project } from "./fixtures.ts";

const token = {
  network: "gcp:compute/network:Network",
  subnet: "gcp:compute/subnetwork:Subnetwork",
  instance: "gcp:compute/instance:Instance",
  firewall: "gcp:compute/firewall:Firewall",
};

describe("the default network of a GCP project", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openGoogle();
  });
  afterEach(() => lab.close());

  const machine = (network: string, more: JsonObject = {}) =>
    lab.create(token.instance, "vm", {
      name: "vm",
      machineType: "e2-small",
      bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
      networkInterfaces: [{ network, accessConfigs: [{}] }],
      ...more,
    });

  it("is there from the beginning, with a subnet in every region, and no part of the state", () => {
    const found = lab.invoke("gcp:compute/getNetwork:getNetwork", { name: "default" });
    assert.equal(found["id"], `projects/${project}/global/networks/default`);
    const subnet = lab.invoke("gcp:compute/getSubnetwork:getSubnetwork", {
      name: "default",
      region: "us-east1",
    });
    assert.equal(subnet["ipCidrRange"], "10.142.0.0/20");
    assert.equal(lab.size(), 0);
  });

  it("keeps its name, and those of its rules", () => {
    const own = { name: "default", autoCreateSubnetworks: false };
    const refusal = lab.refusal(() => lab.create(token.network, "default", own));
    assert.match(
      refusal,
      /409: The resource 'projects\/shop-dev\/global\/networks\/default' already/,
    );
    const rule = { name: "default-allow-ssh", network: "default", allows: [{ protocol: "tcp" }] };
    assert.match(
      lab.refusal(() => lab.create(token.firewall, "ssh", rule)),
      /409.*default-allow-ssh/,
    );
  });

  it("takes machines, and lets in what its rules let in", () => {
    const vm = machine("default");
    const [nic] = vm.outputs["networkInterfaces"] as JsonObject[];
    assert.match(String(nic?.["networkIp"]), /^10\.164\.0\.\d+$/);
    assert.match(String(nic?.["subnetwork"]), /regions\/europe-west4\/subnetworks\/default$/);
    const verdict = (port: number) =>
      probe(
        lab.clouds.world,
        { from: "internet", to: vm.id, protocol: "tcp", port },
        nativesBeside(lab.clouds),
      ).verdict;
    assert.equal(verdict(22), "arrives");
    assert.equal(verdict(80), "dropped");
  });

  it("is that of the project that is named, whosever provider asks", () => {
    const vm = machine("projects/other/global/networks/default");
    const [nic] = vm.outputs["networkInterfaces"] as JsonObject[];
    assert.match(String(nic?.["subnetwork"]), /projects\/other\/regions\/europe-west4/);
  });

  it("has brothers in auto mode, whose subnets come and go with them", () => {
    const net = lab.create(token.network, "auto", { name: "auto" });
    const id = `projects/${project}/regions/europe-west1/subnetworks/auto`;
    assert.equal(lab.read(token.subnet, id)?.outputs["ipCidrRange"], "10.132.0.0/20");
    const vm = machine("auto", { zone: "europe-west1-b" });
    const [nic] = vm.outputs["networkInterfaces"] as JsonObject[];
    assert.match(String(nic?.["networkIp"]), /^10\.132\.0\.\d+$/);
    const clash = { name: "own", network: "auto", ipCidrRange: "10.132.1.0/24" };
    assert.match(
      lab.refusal(() => lab.create(token.subnet, "own", clash)),
      /conflicts with existing subnetwork 'auto' in region 'europe-west1'/,
    );
    assert.match(
      lab.refusal(() => lab.delete(net)),
      /already being used by .*instances\/vm/,
    );
    lab.delete(vm);
    lab.delete(net);
    assert.equal(lab.size(), 0);
  });
});
