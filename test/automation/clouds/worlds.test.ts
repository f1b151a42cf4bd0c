/** Named worlds: their files, and names that nobody gave. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inWorld, listWorlds } from "../../../automation/clouds/worlds.ts";
import { type Folders, foldersOf } from "../../../automation/engine/folders.ts";

describe("worlds", () => {
  let folders: Folders;
  beforeEach(() => {
    folders = foldersOf(mkdtempSync(join(tmpdir(), "bulkhead-worlds-")));
  });
  afterEach(() => rmSync(folders.root, { recursive: true }));

  it("have a file and clouds of their own; the usual one is where it always was", () => {
    assert.deepEqual(inWorld(folders, "local", false), folders);
    const blue = inWorld(folders, "blue", true);
    assert.equal(blue.world, join(folders.worlds, "blue.world"));
    assert.notEqual(blue.clouds, folders.clouds);
    assert.notEqual(blue.clouds, inWorld(folders, "green", true).clouds);
  });

  it("are listed by name", () => {
    assert.deepEqual(listWorlds(folders), []);
    mkdirSync(folders.worlds, { recursive: true });
    for (const file of ["local.world", "blue.world", "blue.world.good", "blue.world-wal"]) {
      writeFileSync(join(folders.worlds, file), "x");
    }
    assert.deepEqual(
      listWorlds(folders).map(({ name }) => name),
      ["blue", "local"],
    );
  });

  it("that nobody made are refused, naming the nearest and how to make one", () => {
    mkdirSync(folders.worlds, { recursive: true });
    writeFileSync(join(folders.worlds, "blue.world"), "");
    assert.throws(
      () => inWorld(folders, "blues", false),
      /Did you mean "blue"\?.*start --world blues/,
    );
    assert.throws(() => inWorld(folders, "green", false), /allowed: local, blue/);
    assert.equal(inWorld(folders, "blue", false).world, join(folders.worlds, "blue.world"));
  });

  for (const name of ["", "../x", "a/b", ".x", "a.world", "-x", "x".repeat(64)]) {
    it(`cannot be named ${JSON.stringify(name)}`, () => {
      assert.throws(() => inWorld(folders, name, true), /letters, digits/);
    });
  }
});
