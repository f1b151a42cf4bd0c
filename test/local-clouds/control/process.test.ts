/** The process as a whole: its announcement, its control door, and its ends. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createMade } from "../../../local-clouds/lifecycle/create.ts";
import { rememberLenient } from "../../../local-clouds/lifecycle/lenient.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import { closeWorld, openWorld } from "../../../local-clouds/world/open.ts";

const main = fileURLToPath(new URL("../../../local-clouds/main.ts", import.meta.url));
const urn = "urn:pulumi:test::lab::kubernetes:core/v1:Namespace::shop";

interface Announcement {
  readonly pid: number;
  readonly control: { readonly port: number; readonly token: string };
  readonly providers: Readonly<Record<string, number>>;
  readonly debugProviders: string;
}

describe("local clouds process", () => {
  let folder: string;
  let world: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-clouds-"));
    world = join(folder, "local.db");
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  it("announces itself and every package", async () => {
    const { announced } = await start();
    assert.deepEqual(Object.keys(announced.providers), [...packages.keys()]);
    assert.match(announced.debugProviders, /^aws:\d+,azure-native:\d+,/);
    const health = await door(announced, "GET", "/health");
    assert.equal(health.status, 200);
    assert.equal(health.body["pid"], announced.pid);
    assert.equal(health.body["resources"], 0);
    assert.equal(health.body["lenient"], false);
  });

  it("opens its door only to who has the token", async () => {
    const { announced } = await start();
    const stranger = { ...announced, control: { ...announced.control, token: "guess" } };
    assert.equal((await door(stranger, "GET", "/state")).status, 401);
    assert.equal((await door(stranger, "POST", "/stop")).status, 401);
    assert.equal((await door(announced, "GET", "/nothing")).status, 404);
    assert.equal((await door(announced, "POST", "/drift", "not json")).status, 400);
  });

  it("shows the world, changes it by hand, resets it", async () => {
    seed();
    const { announced } = await start();
    assert.equal(
      ((await door(announced, "GET", "/state")).body["resources"] as unknown[]).length,
      3,
    );
    const changes = [{ path: "metadata.labels", value: { a: "b" } }];
    const change = { id: "Namespace::shop", changes };
    const drifted = await door(announced, "POST", "/drift", JSON.stringify(change));
    assert.equal(drifted.status, 200);
    assert.equal(drifted.body["revision"], 2);
    const unknown = await door(
      announced,
      "POST",
      "/drift",
      JSON.stringify({ ...change, id: "none" }),
    );
    assert.equal(unknown.status, 400);
    assert.match(String(unknown.body["error"]), /none/);
    assert.equal(
      (await door(announced, "POST", "/drift/delete", JSON.stringify({ id: urn }))).status,
      200,
    );
    assert.deepEqual((await door(announced, "GET", "/state")).body["resources"], []);
    assert.equal((await door(announced, "POST", "/reset")).status, 200);
  });

  for (const [how, end] of [
    ["SIGTERM", (child: ChildProcess) => child.kill("SIGTERM")],
    ["SIGINT", (child: ChildProcess) => child.kill("SIGINT")],
    ["the end of its input", (child: ChildProcess) => child.stdin?.end()],
    ["/stop", (_child: ChildProcess, announced: Announcement) => door(announced, "POST", "/stop")],
  ] as const) {
    it(`ends by ${how}, leaving a whole world and a copy`, async () => {
      const { child, announced } = await start("--with-parent");
      const ended = once(child, "exit");
      await end(child, announced);
      assert.deepEqual(await ended, [0, null]);
      assert.ok(existsSync(`${world}.good`));
      assert.ok(!existsSync(`${world}-wal`));
      closeWorld(openWorld(world), world);
    });
  }

  it("says whether it takes unknown types, and which its world took", async () => {
    const mark = openWorld(world);
    rememberLenient(mark, "aws:nowhere/thing:Thing");
    closeWorld(mark, world);
    const { announced } = await start("--lenient");
    const { body } = await door(announced, "GET", "/health");
    assert.equal(body["lenient"], true);
    assert.deepEqual(body["lenientTypes"], ["aws:nowhere/thing:Thing"]);
    assert.deepEqual(
      (await door(announced, "GET", "/state")).body["lenient"],
      body["lenientTypes"],
    );
    await door(announced, "POST", "/reset");
    assert.deepEqual((await door(announced, "GET", "/health")).body["lenientTypes"], []);
  });

  it("refuses a second process on the same world, and wrong use", async () => {
    await start();
    const second = await run("--world", world);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /another process has open/);
    assert.equal((await run()).code, 2);
    assert.equal((await run("--world", world, "--port", "nothing=1")).code, 2);
    assert.equal((await run("--world", world, "--nonsense")).code, 2);
  });

  it("says which port is taken and leaves the world free", async () => {
    const { announced } = await start();
    const other = join(folder, "other.db");
    const result = await run("--world", other, "--port", `gcp=${announced.providers["gcp"]}`);
    assert.equal(result.code, 1);
    assert.match(result.stderr, new RegExp(`gcp.*${announced.providers["gcp"]}`));
    closeWorld(openWorld(other), other);
  });

  function seed(): void {
    const cloud = packages.get("kubernetes");
    assert.ok(cloud);
    const clouds = { world: openWorld(world), packages, clock: () => new Date() };
    const inputs = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    const session = { clouds, cloud, scope: cloud.profile.scope({}) };
    createMade(session, { urn, token: "kubernetes:core/v1:Namespace", inputs }, {});
    closeWorld(clouds.world, world);
  }

  async function start(
    ...more: string[]
  ): Promise<{ child: ChildProcess; announced: Announcement }> {
    const child = spawn(process.execPath, [main, "--world", world, ...more], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    assert.ok(child.stdout);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return { child, announced: JSON.parse(line) as Announcement };
  }

  async function run(...args: string[]): Promise<{ code: number; stderr: string }> {
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    children.push(child);
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    const [code] = (await once(child, "close")) as [number];
    return { code, stderr };
  }
});

async function door(announced: Announcement, method: string, path: string, body?: string) {
  const response = await fetch(`http://127.0.0.1:${announced.control.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${announced.control.token}` },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
