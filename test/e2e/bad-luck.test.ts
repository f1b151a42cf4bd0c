/** Interruptions, killed processes and damaged files: nothing acknowledged is lost, nothing is left. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, ftruncateSync, openSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { answerOf } from "../harness/answer.ts";
import { Checkout, type Running } from "../harness/checkout.ts";

const minutes = 60_000;

describe("bad luck", function () {
  this.timeout(20 * minutes);

  let checkout: Checkout;
  before(() => {
    checkout = new Checkout();
  });
  after(async () => {
    await checkout.run(["clouds", "stop"]);
    checkout.remove();
  });

  /** Lock files that the backend holds for any stack. */
  const locks = (): string[] => {
    const folder = checkout.path(".bulkhead/state/.pulumi/locks");
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files.filter((file) => file.endsWith(".json"));
  };
  /** Processes that were started from this checkout and still run. */
  const processes = (): string[] =>
    execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(checkout.dir));
  const cloudsPid = (): number => {
    const line = processes().find((one) => one.includes("local-clouds/main.ts"));
    assert.ok(line !== undefined, "the local clouds do not run");
    return Number(line.trim().split(" ")[0]);
  };
  const interrupt = async (up: Running) => {
    up.signal("SIGINT");
    const { code, stderr } = await up.done;
    assert.notEqual(code, 0);
    assert.deepEqual(locks(), [], stderr);
    assert.deepEqual(processes(), [], stderr);
  };

  it("leaves no lock and no process when interrupted while the engine loads", async () => {
    const up = checkout.start(["./bulkhead", "up", "local"]);
    await up.saw(/Update bulkhead-organisation/, 2 * minutes);
    await interrupt(up);
  });

  it("leaves no lock and no process when interrupted in the middle of an update", async () => {
    const up = checkout.start(["./bulkhead", "up", "local"]);
    await up.saw(/created VirtualNetwork|created Network |created Vpc/, 6 * minutes);
    await interrupt(up);
  });

  it("loses nothing when the local clouds are killed, and goes on afterwards", async () => {
    const up = checkout.start(["./bulkhead", "up", "local"]);
    await up.saw(/created NetworkFirewallPolicy|created SecurityGroup|created Subnet/, 6 * minutes);
    process.kill(cloudsPid(), "SIGKILL");
    const { code, stdout, stderr } = await up.done;
    assert.equal(code, 1, stderr);
    assert.match(stdout, /local clouds ended/);
    assert.deepEqual(locks(), []);
    const refresh = answerOf(await checkout.run(["refresh", "local", "--json"]));
    const lost = refresh.outcome.changes.filter(({ op }) => op === "delete");
    assert.deepEqual(lost, [], refresh.stderr);
    const done = await checkout.run(["up", "local"]);
    assert.equal(done.code, 0, done.stderr);
    const again = answerOf(await checkout.run(["up", "local", "--json"]));
    assert.deepEqual(again.outcome.changes, []);
  });

  it("refuses a port that is taken", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
    );
    const { code, stderr } = await checkout.run(["clouds", "start", "--port", `aws=${port}`]);
    server.close();
    assert.equal(code, 3, stderr);
    assert.ok(stderr.includes(String(port)), stderr);
    assert.deepEqual(processes(), []);
  });

  it("refuses a damaged world and names the last good copy", async () => {
    const folder = checkout.path(".bulkhead/worlds");
    const world = readdirSync(folder).find((file) => /\.(world|sqlite)$/.test(file));
    assert.ok(world !== undefined, readdirSync(folder).join(", "));
    const handle = openSync(`${folder}/${world}`, "r+");
    ftruncateSync(handle, Math.floor(readFileSync(`${folder}/${world}`).length / 2));
    closeSync(handle);
    const { code, stderr } = await checkout.run(["refresh", "local"]);
    assert.equal(code, 3, stderr);
    assert.match(stderr, /state-damaged|damaged/);
    assert.ok(stderr.includes(`${world}.good`), stderr);
  });
});
