import assert from "node:assert/strict";
import { readFileSync, realpathSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtFolder, downloadedFolder } from "../../../automation/engine/locate/settings.ts";
import { inRange } from "../../../automation/engine/locate/version.ts";
import { findEngine, provideEngine } from "../../../automation/engine/locate.ts";
import { Machine } from "./machine.ts";

describe("the search for an engine", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const asked = (): number =>
    readFileSync(join(machine.folder, "asked"), "utf8").split("\n").length - 1;

  it("takes PATH's first, with its own language host", async () => {
    const pulumi = machine.engine(machine.path, "3.300.1");
    const host = machine.host(machine.path);
    machine.engine(join(builtFolder(machine.settings), "bin"), "3.259.0");
    const { engine } = await findEngine(machine.settings);
    assert.equal(engine?.pulumi, pulumi);
    assert.equal(engine?.binDir, machine.path);
    assert.equal(engine?.version, "3.300.1");
    assert.equal(engine?.source, "path");
    assert.deepEqual(engine?.languageHost, { path: host, source: "pulumi" });
  });

  it("goes on in order, and says of each place why not", async () => {
    const { settings } = machine;
    const places = [
      machine.path,
      join(settings.pulumiHome, "versions", "3.262.0", "bin"),
      join(settings.pulumiHome, "bin"),
      join(downloadedFolder(settings), "bin"),
      join(builtFolder(settings), "bin"),
    ];
    for (const [i, place] of places.entries()) {
      machine.engine(place, i === 0 ? "3.258.9" : `3.259.${i}`);
      machine.host(place);
    }
    const { rmSync } = await import("node:fs");
    for (const [i, place] of places.entries()) {
      const { engine, considered } = await findEngine(settings);
      if (i > 0) {
        assert.equal(engine?.version, `3.259.${i}`);
        assert.equal(engine?.source, i < 3 ? "pulumi-home" : "cache");
        assert.equal(considered.length, i + 1);
        assert.equal(considered.at(-1)?.verdict, "used");
        rmSync(place, { recursive: true });
      }
      assert.match(considered[0]?.verdict ?? "", /3\.258\.9, >=3\.259\.0 <4 is needed/);
    }
    const { engine, considered } = await findEngine(settings);
    assert.equal(engine, undefined);
    assert.equal(considered.length, 5);
  });

  it("takes the newest of Pulumi's version folders that is in range", async () => {
    for (const version of ["3.259.0", "3.1000.0", "3.99.0", "4.0.0"]) {
      const bin = join(machine.settings.pulumiHome, "versions", version, "bin");
      machine.engine(bin, version);
      machine.host(bin);
    }
    assert.equal((await findEngine(machine.settings)).engine?.version, "3.1000.0");
  });

  it("asks an engine for its version once, and again when the file changed", async () => {
    const pulumi = machine.engine(machine.path, "3.259.0");
    machine.host(machine.path);
    await findEngine(machine.settings);
    await findEngine(machine.settings);
    assert.equal(asked(), 1);
    writeFileSync(pulumi, readFileSync(pulumi, "utf8").replace("3.259.0", "3.260.0"));
    utimesSync(pulumi, 1, 1);
    assert.equal((await findEngine(machine.settings)).engine?.version, "3.260.0");
    assert.equal(asked(), 2);
  });

  it("puts an engine without a language host beside Bulkhead's own, as one real file", async () => {
    const cached = machine.engine(join(builtFolder(machine.settings), "bin"), "3.259.0");
    for (const time of ["first", "second"]) {
      const { engine } = await findEngine(machine.settings);
      assert.equal(engine?.languageHost.source, "bulkhead", time);
      assert.equal(engine?.binDir, join(machine.settings.root, ".bulkhead", "engine", "bin"));
      assert.equal(realpathSync(engine.pulumi), realpathSync(join(engine.binDir, "pulumi")));
      assert.equal(statSync(engine.pulumi).ino, statSync(cached).ino);
      assert.ok(statSync(engine.languageHost.path).mode & 0o100);
      assert.equal(realpathSync(join(engine.binDir, "node")), realpathSync(process.execPath));
    }
  });

  it("follows when the cached engine becomes another", async () => {
    const bin = join(builtFolder(machine.settings), "bin");
    machine.engine(bin, "3.259.0");
    await findEngine(machine.settings);
    const { rmSync } = await import("node:fs");
    rmSync(join(bin, "pulumi"));
    const now = machine.engine(bin, "3.259.77");
    const { engine } = await findEngine(machine.settings);
    assert.equal(engine?.version, "3.259.77");
    assert.equal(statSync(engine?.pulumi ?? "").ino, statSync(now).ino);
  });

  it("does not take its own folder on PATH for an engine of the machine", async () => {
    machine.engine(join(builtFolder(machine.settings), "bin"), "3.259.0");
    const first = (await findEngine(machine.settings)).engine;
    const environment = {
      ...machine.settings.environment,
      PATH: `${first?.binDir}:${machine.path}`,
    };
    const { engine } = await findEngine({ ...machine.settings, environment });
    assert.equal(engine?.source, "cache");
  });

  it("refuses a version manager's script without a host, and a file that does not run", async () => {
    machine.file(join(machine.path, "pulumi"), "#!/bin/sh\necho v3.259.0\n");
    assert.match((await findEngine(machine.settings)).considered[0]?.verdict ?? "", /is a script/);
    machine.file(join(machine.path, "pulumi"), "exit 1\n");
    assert.match((await findEngine(machine.settings)).considered[0]?.verdict ?? "", /does not run/);
  });

  it("names at least three ways out where building is not allowed", async () => {
    const provided = provideEngine({ ...machine, allowBuild: false });
    await assert.rejects(provided, (error: Error) => {
      for (const way of [
        "install Pulumi",
        "install Go 1.25.11",
        "install Python 3 with pip",
        "route",
      ]) {
        assert.ok(error.message.includes(way), error.message);
      }
      return /environment-broken/.test(error.message);
    });
  });

  const ranges: Record<string, boolean> = {
    "3.258.99": false,
    "3.259.0-alpha.1": false,
    "3.259.0": true,
    "v3.259.0": true,
    "3.260.0-alpha.1": true,
    "3.1000.0": true,
    "4.0.0": false,
    "2.259.0": false,
    dev: false,
  };
  for (const [version, expected] of Object.entries(ranges)) {
    it(`${expected ? "accepts" : "refuses"} ${version}`, () =>
      assert.equal(inRange(version), expected));
  }
});
