/** Wrong words and wrong settings: everything wrong at once, before any engine starts. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { Checkout } from "../harness/checkout.ts";

describe("bad input", function () {
  this.timeout(60_000);

  let checkout: Checkout;
  before(() => {
    checkout = new Checkout();
  });
  after(() => checkout.remove());

  const noEngineStarted = () => assert.equal(existsSync(checkout.path(".bulkhead/state")), false);

  it("lists the commands and suggests the nearest", async () => {
    const { code, stderr } = await checkout.run(["dstroy", "local"]);
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean "destroy"/);
    assert.match(stderr, /preview/);
  });

  it("lists the stacks and suggests the nearest", async () => {
    const { code, stderr } = await checkout.run(["up", "stagin"]);
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean "staging"/);
    assert.match(stderr, /local.*prod|prod.*local/);
    noEngineStarted();
  });

  it("lists every setting that is missing or of a wrong type", async () => {
    const file = "stacks/Pulumi.local.yaml";
    const text = checkout.read(file);
    checkout.write(
      file,
      text
        .replace('account: "111122223333"', "account: 111122223333")
        .replace("bulkhead:logRetentionDays: 365", "bulkhead:logRetentionDays: a year")
        .replace("    projectNumber", "    projctNumber"),
    );
    const { code, stderr } = await checkout.run(["up", "local"]);
    checkout.write(file, text);
    assert.equal(code, 2, stderr);
    for (const place of [
      "bulkhead:aws.account",
      "bulkhead:logRetentionDays",
      "bulkhead:gcp.projctNumber",
    ]) {
      assert.ok(stderr.includes(place), `${place} is not named:\n${stderr}`);
    }
    assert.match(stderr, /Did you mean "projectNumber"/);
    noEngineStarted();
  });

  it("lists overlapping ranges, a segment named twice and a flow to nowhere together", async () => {
    const [settings, intent] = ["stacks/Pulumi.local.yaml", "stacks/intent.ts"];
    const before = { settings: checkout.read(settings), intent: checkout.read(intent) };
    checkout.edit(settings, "azure4: 10.20.0.0/16", "azure4: 10.10.128.0/17");
    checkout.edit(intent, '{ name: "data"', '{ name: "app"');
    checkout.edit(intent, 'allow("app", "data"', 'allow("app", "dta"');
    const { code, stderr } = await checkout.run(["up", "local"]);
    checkout.write(settings, before.settings);
    checkout.write(intent, before.intent);
    assert.equal(code, 2, stderr);
    for (const problem of ["address-overlap", "input-duplicate", "flow-nowhere"]) {
      assert.ok(stderr.includes(problem), `${problem} is not reported:\n${stderr}`);
    }
    noEngineStarted();
  });

  it("says that nothing has the name of a packet's end, and what ends there are", async () => {
    const { code, stdout, stderr } = await checkout.run([
      "clouds",
      "probe",
      "packet",
      "nobody",
      "internet",
      "--port",
      "443",
    ]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /nothing is named nobody: give an address, "internet", an id/);
  });

  it("says which settings a real environment lacks", async () => {
    const { code, stderr } = await checkout.run(["up", "dev"]);
    assert.equal(code, 2, stderr);
    for (const place of ["bulkhead:aws.account", "bulkhead:github", "bulkhead:gcp.project"]) {
      assert.ok(stderr.includes(place), `${place} is not named:\n${stderr}`);
    }
  });
});
