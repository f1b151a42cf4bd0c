/** The world's file: whole, damaged, newer, in use, and killed in the middle of its work. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { Secret } from "../../../local-clouds/protocol/value.ts";
import { closeWorld, goodCopyOf, openWorld } from "../../../local-clouds/world/open.ts";
import type { ResourceData } from "../../../local-clouds/world/record.ts";
import { World } from "../../../local-clouds/world/world.ts";
import { ProblemError } from "../../../model/base/problem.ts";

const burst = fileURLToPath(new URL("../kit/burst.ts", import.meta.url));
const noTies = { names: [], links: [] };

function data(id: string): ResourceData {
  return {
    package: "aws",
    account: "1",
    region: "",
    token: "aws:a/b:C",
    id,
    urn: `urn:${id}`,
    inputs: { text: `marker-${id}-${"x".repeat(3000)}`, secret: new Secret("s") },
    outputs: {},
    made: {},
    seed: id,
    createdAt: "2026-01-01T00:00:00.000Z",
  };
}

describe("world", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-world-"));
    path = join(folder, "worlds", "local.db");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("survives its process, secrets marked, for its owner's eyes only", () => {
    const world = openWorld(path);
    world.insert(data("a"), noTies, []);
    closeWorld(world, path);
    assert.equal(statSync(path).mode & 0o077, 0);
    assert.equal(statSync(goodCopyOf(path)).mode & 0o077, 0);
    const again = openWorld(path);
    assert.deepEqual(
      again.all().map(({ id }) => id),
      ["a"],
    );
    assert.ok(again.all()[0]?.inputs["secret"] instanceof Secret);
    assert.equal(again.births("1", "urn:a"), 1);
    again.reset();
    assert.equal(again.size(), 0);
    closeWorld(again, path);
  });

  it("refuses a world that another process has open", () => {
    const world = openWorld(path);
    assert.throws(() => openWorld(path), problem("environment-broken", /another process/));
    closeWorld(world, path);
  });

  it("refuses a damaged file, naming the last good copy, which opens", () => {
    fillAndClose(path, 50);
    const bytes = readFileSync(path);
    const at = bytes.indexOf("marker-r20-");
    assert.ok(at > 0);
    bytes[at + 40] = 0x79;
    writeFileSync(path, bytes);
    assert.throws(() => openWorld(path), problem("state-damaged", /local\.db\.good/));
    copyFileSync(goodCopyOf(path), path);
    const world = openWorld(path);
    assert.equal(world.size(), 50);
    closeWorld(world, path);
  });

  it("refuses a file cut short or overwritten", () => {
    fillAndClose(path, 50);
    const bytes = readFileSync(path);
    const damages = [
      bytes.subarray(0, bytes.length / 2),
      Buffer.from("no database at all".repeat(400)),
      Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(8192, 7), bytes.subarray(16_384)]),
    ];
    for (const damaged of damages) {
      writeFileSync(path, damaged);
      assert.throws(() => openWorld(path), problem("state-damaged", /good copy/));
    }
  });

  it("refuses a file of a newer version and one that is no world", () => {
    fillAndClose(path, 1);
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    db.close();
    assert.throws(() => openWorld(path), problem("state-damaged", /version 99/));
    rmSync(path);
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE t (a)");
    other.close();
    assert.throws(() => openWorld(path), problem("state-damaged", /not a world/));
  });

  it("takes a file that was only begun as new, but not one that was emptied", () => {
    mkdirSync(join(folder, "worlds"));
    writeFileSync(path, "");
    const world = openWorld(path);
    world.insert(data("a"), noTies, []);
    closeWorld(world, path);
    writeFileSync(path, "");
    assert.throws(() => openWorld(path), problem("state-damaged", /local\.db\.good/));
  });

  it("refuses a place that holds no file", () => {
    mkdirSync(path, { recursive: true });
    assert.throws(() => openWorld(path), problem("environment-broken", /unable to open/));
  });

  it("closes in good order where there is no room for a copy, and keeps the older one", () => {
    fillAndClose(path, 3);
    const good = readFileSync(goodCopyOf(path));
    const db = new DatabaseSync(path);
    const world = new World(db);
    world.insert(data("b"), noTies, []);
    db.exec(
      `PRAGMA max_page_count = ${Number(db.prepare("PRAGMA page_count").get()?.["page_count"])}`,
    );
    const big = { ...data("c"), inputs: { text: "x".repeat(100_000) } };
    assert.throws(() => world.insert(big, noTies, []), /full/);
    world.copyTo = () => {
      world.insert(big, noTies, []);
    };
    assert.throws(() => closeWorld(world, path), problem("environment-broken", /Make room/));
    assert.deepEqual(readFileSync(goodCopyOf(path)), good);
    const again = openWorld(path);
    assert.equal(again.size(), 4);
    closeWorld(again, path);
  });

  it("leaves nothing half when a change fails", () => {
    const world = openWorld(path);
    const bad = { ...data("b"), inputs: { n: 1n as unknown as number } };
    assert.throws(() => world.insert(data("a"), noTies, [{ data: bad, names: [] }]), TypeError);
    assert.equal(world.size(), 0);
    closeWorld(world, path);
  });

  for (const killedAfter of [3, 40, 150]) {
    it(`loses nothing acknowledged when killed after ${killedAfter} creations`, async () => {
      const child = spawn(process.execPath, [burst, path], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const acknowledged = await killAfter(child, killedAfter);
      assert.ok(acknowledged.length >= killedAfter);
      const world = openWorld(path);
      const there = new Set(world.all().map(({ id }) => id));
      assert.deepEqual(
        acknowledged.filter((id) => !there.has(id)),
        [],
      );
      assert.ok(existsSync(goodCopyOf(path)), "a good copy is kept after a crash");
      closeWorld(world, path);
    });
  }
});

function fillAndClose(path: string, count: number): void {
  const world = openWorld(path);
  for (let i = 0; i < count; i++) world.insert(data(`r${i}`), noTies, []);
  closeWorld(world, path);
}

function problem(code: string, words: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problems[0]?.code, code);
    assert.match(error.message, words);
    return true;
  };
}

/** Kills the child once it has acknowledged enough; everything it said until then was promised. */
function killAfter(child: ChildProcess, count: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      if (said.split("\n").length > count) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      if (signal !== "SIGKILL") reject(new Error(`the child ended by itself (${signal})`));
      resolve(said.split("\n").slice(0, -1));
    });
  });
}
