/** The same program and pack under Pulumi's own command, with no Bulkhead process but the clouds. */
import assert from "node:assert/strict";
import { Checkout, type Outcome } from "../harness/checkout.ts";

const minutes = 60_000;

describe("pulumi preview --policy-pack", function () {
  this.timeout(15 * minutes);

  let checkout: Checkout;
  let attach: string;

  before(async () => {
    checkout = new Checkout();
    const started = await checkout.run(["clouds", "start", "--json"]);
    assert.equal(started.code, 0, started.stderr);
    attach = (JSON.parse(started.stdout) as { debugProviders: string }).debugProviders;
    const up = await checkout.run(["up", "local"]);
    assert.equal(up.code, 0, up.stderr);
  });
  after(async () => {
    await checkout.run(["clouds", "stop"]);
    checkout.remove();
  });

  const pulumi = (...args: string[]): Promise<Outcome> =>
    checkout.start(["pulumi", ...args], {
      PATH: `${checkout.path(".bulkhead/engine/bin")}:${process.env["PATH"]}`,
      PULUMI_BACKEND_URL: `file://${checkout.path(".bulkhead/state")}`,
      PULUMI_HOME: checkout.path(".bulkhead/home"),
      PULUMI_CONFIG_PASSPHRASE: "local",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: attach,
    }).done;
  const preview = (pack = "zero-trust") =>
    pulumi(
      "preview",
      "--stack",
      "local",
      "--policy-pack",
      `policy-packs/${pack}`,
      "--expect-no-changes",
    );

  it("runs the environment's program and the pack, and finds nothing to change", async () => {
    const { code, stdout, stderr } = await preview();
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    assert.match(stdout, /zero-trust@v/);
    assert.match(stdout, /\d{3,} unchanged/);
  });

  for (const pack of ["cis", "nist-800-53"]) {
    it(`runs the pack ${pack} alike`, async () => {
      const { code, stdout, stderr } = await preview(pack);
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      assert.ok(stdout.includes(`${pack}@v`), stdout);
    });
  }

  it("is stopped by each pack", async () => {
    const program = checkout.read("stacks/main.ts");
    checkout.write(
      "stacks/main.ts",
      `import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as kms from "@pulumi/aws/kms/index.js";\n${program}
new ec2.SecurityGroup("careless", {
  vpcId: network.places.aws.vpcId,
  ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
}, { provider: aws });
new kms.Key("forgotten", { enableKeyRotation: false }, { provider: aws });\n`,
    );
    const { code, stdout } = await preview();
    assert.notEqual(code, 0);
    assert.match(stdout, /AN02/);
    assert.match(stdout, /careless/);
    for (const pack of ["cis", "nist-800-53"]) {
      const narrower = await preview(pack);
      assert.notEqual(narrower.code, 0, pack);
      assert.match(narrower.stdout, /AD09/);
      assert.match(narrower.stdout, /forgotten/);
    }
  });
});
