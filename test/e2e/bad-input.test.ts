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

  it("lists every mistake in the settings of rules, in whatever reads them, and applies none", async () => {
    const file = "stacks/rules.json";
    checkout.write("plan.json", "[]");
    checkout.write(
      file,
      JSON.stringify({
        lcal: {},
        local: { levels: { AN2: "advisory" }, parameters: { X14: { regions: "eu" } } },
      }),
    );
    for (const command of [
      ["up", "local"],
      ["preview", "local"],
      ["check", "plan.json"],
    ]) {
      const { code, stdout, stderr } = await checkout.run(command);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      for (const place of ["lcal", "local.levels.AN2", "local.parameters.X14.regions"]) {
        assert.ok(stderr.includes(`${file}: ${place}: got`), stderr);
      }
      assert.match(stderr, /Did you mean local\?/);
    }
    noEngineStarted();
    checkout.write(file, "{}");
  });

  it("judges a file by its stack's levels and parameters", async () => {
    const type = "aws:ec2/securityGroup:SecurityGroup";
    const urn = (stack: string) => `urn:pulumi:${stack}::shop::${type}::web`;
    const open = {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }],
    };
    const plan = (stack: string) =>
      JSON.stringify([{ type, name: "web", urn: urn(stack), props: open }]);
    checkout.write("stacks/rules.json", '{ "dev": { "levels": { "AN13": "disabled" } } }');
    const rulesAt = async (stack: string) => {
      checkout.write("plan.json", plan(stack));
      const { stdout, stderr } = await checkout.run(["check", "plan.json", "--json"]);
      assert.notEqual(stdout, "", stderr);
      const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
      return findings.map(({ rule }) => rule);
    };
    assert.ok((await rulesAt("prod")).includes("AN13"));
    assert.ok(!(await rulesAt("dev")).includes("AN13"));
    checkout.write("stacks/rules.json", "{}");
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
