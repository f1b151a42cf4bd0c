/** The life of the local environment, from a fresh clone to an empty world, by the real engine. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { seedOf } from "../../automation/cli/testing/seed.ts";
import { parseDescriptor } from "../../automation/clouds/descriptor.ts";
import {
  assertAgreement,
  clustersAgree,
  deployedPlan,
  networksAgree,
  packetsTotal,
  probeOf,
  sampledPart,
} from "../harness/agreement/agreement.ts";
import { type Answer, answerOf } from "../harness/answer.ts";
import { Checkout } from "../harness/checkout.ts";
import { localPackets, probe } from "../harness/local-packets.ts";
import { exportedState } from "../harness/local-stack.ts";

const minutes = 60_000;
const seed = seedOf(import.meta.dirname, process.env);

describe("a fresh clone's local environment", function () {
  this.timeout(20 * minutes);
  // Each step stands on the one before it.
  this.bail(true);

  let checkout: Checkout;
  const run = async (...args: string[]): Promise<Answer> =>
    answerOf(await checkout.run([...args, "--json"]));

  before(() => {
    checkout = new Checkout();
  });
  after(async () => {
    await checkout.run(["clouds", "stop"]);
    checkout.remove();
  });

  it("comes up with at least 120 resources of at least 5 packages, and every rule passes", async () => {
    const up = await run("up", "local");
    assert.equal(up.code, 0, up.stderr);
    const { resources, verdicts, findings } = up.outcome;
    const total = Object.values(resources).reduce((sum, count) => sum + count, 0);
    assert.ok(total >= 120, `${total} resources`);
    assert.ok(Object.keys(resources).length >= 5, Object.keys(resources).join(", "));
    assert.deepEqual(findings, []);
    assert.ok(verdicts.pass > 100 && verdicts.fail === 0, JSON.stringify(verdicts));
    assert.ok(up.outcome.rules.length >= 15);
  });

  it("leaves a report that names segments, services and federations", async () => {
    const up = await run("preview", "local");
    const report = readFileSync(up.outcome.report, "utf8");
    for (const name of ["web", "app", "data", "checkoutservice", "acme"]) {
      assert.ok(report.includes(name), `${name} is not in the report`);
    }
  });

  it("shows no change the second time", async () => {
    const again = await run("up", "local");
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(again.outcome.changes, []);
  });

  it("shows no drift on refresh", async () => {
    const refresh = await run("refresh", "local");
    assert.equal(refresh.code, 0, refresh.stderr);
    assert.deepEqual(refresh.outcome.changes, []);
  });

  it("carries exactly the packets that its intent allows, in every cloud and cluster", async () => {
    const started = await checkout.run(["clouds", "start"]);
    assert.equal(started.code, 0, started.stderr);
    for (const packet of localPackets) {
      const { code, stage, text } = await probe(checkout, packet);
      assert.equal(code, packet.arrives ? 0 : 1, text);
      if (packet.stage !== undefined) assert.match(stage, packet.stage, text);
    }
    const ends = ["Subnet::network-aws-data-0", "Subnet::network-aws-data-1"];
    const told = await checkout.run(["clouds", "probe", "packet", ...ends, "--port", "22"]);
    assert.equal(told.code, 1, told.stderr);
    assert.match(told.stdout, /✗ security groups, outbound: .*\n.*Amazon VPC User Guide/);
    assert.match(told.stdout, /^dropped at security groups, outbound by no egress rule/m);
  });

  it("carries exactly the packets that reach says of its networks and clusters", async () => {
    const started = await checkout.run(["clouds", "start", "--json"]);
    const clouds = parseDescriptor(JSON.parse(started.stdout));
    assert.ok(clouds, started.stderr);
    const [plan, probes] = [deployedPlan(await exportedState(checkout)), probeOf(clouds)];
    const count = packetsTotal / sampledPart;
    assertAgreement(await networksAgree(plan, probes, count, seed), count);
    for (const tally of await clustersAgree(plan, probes, count, seed)) {
      assertAgreement(tally, Math.ceil(count / 3));
    }
    await checkout.run(["clouds", "stop"]);
  });

  it("finds on refresh what was changed out of band, and mends it", async () => {
    const [name, path] = ["network-aws-web-0", "mapPublicIpOnLaunch"];
    const drift = await checkout.run(["clouds", "drift", name, `${path}=true`]);
    assert.equal(drift.code, 0, drift.stderr);
    const refresh = await run("refresh", "local");
    const changed = refresh.outcome.changes.map(({ urn }) => urn.split("::").at(-1));
    assert.deepEqual(changed, [name], refresh.stderr);
    const mended = await run("up", "local");
    assert.deepEqual(
      mended.outcome.changes.map(({ op, paths }) => [op, paths]),
      [["update", [path]]],
    );
  });

  it("leaves no tracked file changed", async () => {
    // The checkout is no git repository; what it was made from says what its files were.
    const fresh = new Checkout();
    for (const file of [
      "stacks/Pulumi.local.yaml",
      "stacks/organisation/Pulumi.local.yaml",
      "Pulumi.yaml",
    ]) {
      assert.equal(checkout.read(file), fresh.read(file), file);
    }
    fresh.remove();
  });

  it("leaves an empty world when destroyed", async () => {
    const destroy = await run("destroy", "local");
    assert.equal(destroy.code, 0, destroy.stderr);
    const state = await checkout.run(["clouds", "state", "--json"]);
    const { resources } = JSON.parse(state.stdout) as { resources: { id: string }[] };
    assert.deepEqual(
      resources.map(({ id }) => id),
      [],
    );
  });
});
