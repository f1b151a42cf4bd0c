/** What Google refuses of the most used types, in its own words. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { makeNetwork, makeSubnet, openGoogle } from "./fixtures.ts";

const firewall = "gcp:compute/firewall:Firewall";
const instance = "gcp:compute/instance:Instance";

describe("refusals of gcp", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openGoogle();
  });
  afterEach(() => lab.close());

  const refused = (words: RegExp, work: () => unknown) => assert.match(lab.refusal(work), words);

  it("names of Compute Engine follow RFC 1035, before anything is planned", () => {
    for (const name of ["Net", "1net", "net-", "n".repeat(64), "a_b"]) {
      const [fault] = lab.checkFailures("gcp:compute/network:Network", "x", { name });
      assert.equal(fault?.property, "name", name);
    }
    assert.deepEqual(lab.checkFailures("gcp:compute/network:Network", "x", { name: "a" }), []);
  });

  it("labels are in small letters, and at most 64", () => {
    const disk = (labels: JsonObject) =>
      lab.create("gcp:compute/disk:Disk", "d", { name: "d", size: 10, labels });
    refused(/Label key 'Upper' .*violates format constraints/, () => disk({ Upper: "x" }));
    refused(/Label key 'a' .*violates format constraints/, () => disk({ a: "Upper" }));
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`k${i}`, "v"]));
    refused(/must not exceed 64/, () => disk(many));
    disk({ "a-b_c1": "" });
  });

  it("firewall rules say something, and only what a rule can say", () => {
    const rule = (more: JsonObject) =>
      lab.create(firewall, "f", { name: "f", network: "default", ...more });
    const tcp = (...ports: string[]) => ({ allows: [{ protocol: "tcp", ports }] });
    const bad: [RegExp, JsonObject][] = [
      [/'resource\.allowed'.*must specify/, {}],
      [/'resource\.allowed\[0\]\.ports\[1\]': '99999'/, tcp("1", "99999")],
      [/'resource\.allowed\[0\]\.ports\[0\]': '9-1'/, tcp("9-1")],
      [
        /Ports may only be specified.*TCP, UDP, SCTP/,
        { allows: [{ protocol: "icmp", ports: ["1"] }] },
      ],
      [/IPProtocol': 'smoke'/, { denies: [{ protocol: "smoke" }] }],
      [
        /'resource\.sourceRanges\[0\]': '10\.0\.0\.0\/33'/,
        { ...tcp(), sourceRanges: ["10.0.0.0/33"] },
      ],
      [
        /Sources may not be specified/,
        { ...tcp(), direction: "EGRESS", sourceRanges: ["10.0.0.0/8"] },
      ],
    ];
    for (const [words, more] of bad) refused(words, () => rule(more));
    rule({ ...tcp("22", "80-90"), sourceRanges: ["10.0.0.0/8", "192.0.2.7"] });
  });

  it("subnets are written without spare bits, hold eight addresses and only grow", () => {
    makeNetwork(lab);
    for (const range of ["10.0.0.5/24", "10.0.0.0/30"]) {
      refused(/Error 400: Invalid value for field 'resource\.ipCidrRange'/, () =>
        makeSubnet(lab, "s", range),
      );
    }
    const made = makeSubnet(lab, "s", "10.0.0.0/24");
    const inputs = { name: "s", network: "net" };
    refused(/can only be expanded/, () =>
      lab.update(made, { ...inputs, ipCidrRange: "10.0.0.0/25" }),
    );
    lab.update(made, { ...inputs, ipCidrRange: "10.0.0.0/23" });
  });

  it("addresses belong to the project, and stay while a machine has them", () => {
    const address = lab.create("gcp:compute/address:Address", "a", { name: "a" });
    const machine = (natIp: string) =>
      lab.create(instance, "vm", {
        name: "vm",
        machineType: "e2-small",
        bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
        networkInterfaces: [{ network: "default", accessConfigs: [{ natIp }] }],
      });
    refused(/specified external IP address '198\.51\.100\.7' was not found/, () =>
      machine("198.51.100.7"),
    );
    const vm = machine(String(address.outputs["address"]));
    refused(/already being used by .*instances\/vm/, () => lab.delete(address));
    lab.delete(vm);
    lab.delete(address);
  });

  it("roles have the form of roles", () => {
    const grant = (role: string) =>
      lab.create("gcp:projects/iAMMember:IAMMember", "m", {
        project: "shop-dev",
        role,
        member: "user:a@example.com",
      });
    refused(/Role viewer is not supported for this resource/, () => grant("viewer"));
    grant("roles/viewer");
    grant("projects/shop-dev/roles/reader");
  });
});
