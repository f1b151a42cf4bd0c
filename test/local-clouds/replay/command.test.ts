/** `bulkhead clouds replay` as a person runs it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const main = join(import.meta.dirname, "..", "..", "..", "automation", "cli", "main.ts");

describe("bulkhead clouds replay", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "replay-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (lines: readonly object[], ...options: string[]) => {
    const file = join(folder, "grpc.jsonl");
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const args = [main, "clouds", "replay", file, ...options];
    return spawnSync(process.execPath, args, { encoding: "utf8" });
  };
  const check = (inputs: object) => ({
    method: "/pulumirpc.ResourceProvider/Check",
    request: { urn: "urn:pulumi:s::p::gcp:compute/network:Network::n", news: { name: "n" } },
    response: { inputs },
  });
  const inputs = {
    __defaults: [
      "autoCreateSubnetworks",
      "deleteDefaultRoutesOnCreate",
      "networkFirewallPolicyEnforcementOrder",
    ],
    autoCreateSubnetworks: true,
    deleteDefaultRoutesOnCreate: false,
    name: "n",
    networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
  };

  it("ends with 0 where all agrees", () => {
    const result = run([check(inputs)]);
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /^7 of 7 places agree, 0 differ as accepted, 0 differ\.$/m);
  });

  it("ends with 1 and a line for each difference", () => {
    const result = run([check({ ...inputs, mtu: 0, autoCreateSubnetworks: false })]);
    assert.equal(result.status, 1, result.stderr);
    assert.match(result.stdout, /Check gcp:compute\/network:Network mtu: missing here, recorded 0/);
    assert.match(result.stdout, /autoCreateSubnetworks: recorded false, here true/);
    const { sum } = JSON.parse(run([check({ ...inputs, mtu: 0 })], "--json").stdout) as {
      sum: object;
    };
    assert.deepEqual(sum, { agreed: 7, accepted: 0, differing: 1 });
  });

  it("ends with 1 for outdated acceptances only when that is asked for", () => {
    const configure = {
      method: "/pulumirpc.ResourceProvider/Configure",
      request: { variables: { "gcp:config:project": "p" } },
      response: { supportsPreview: true, supportsAutonamingConfiguration: true },
    };
    assert.equal(run([configure]).status, 0);
    const strict = run([configure], "--strict-accepted");
    assert.equal(strict.status, 1);
    assert.match(strict.stdout, /no longer occur\n {2}Configure pulumi:providers:\*/);
  });

  it("ends with 2 for a file that is none", () => {
    const result = run([{ a: 1 }]);
    assert.equal(result.status, 2);
    assert.match(result.stderr, /a line without a method/);
  });
});
