/** What the gate asks git, of real repositories. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Git } from "../../../automation/gate/git.ts";
import { ProblemError } from "../../../model/base/problem.ts";

function git(dir: string, ...args: string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.invalid"];
  return execFileSync("git", [...who, ...args], {
    cwd: dir,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

function write(dir: string, file: string, text: string): void {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), text);
}

function commit(dir: string, file: string, text: string): string {
  write(dir, file, text);
  git(dir, "add", "--all");
  git(dir, "commit", "--quiet", `--message=${file}`);
  return git(dir, "rev-parse", "HEAD");
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, String(error));
  return error.problems[0];
}

describe("git, as the gate asks it", function () {
  this.timeout(30_000);
  let all: string;
  let dir: string;
  let base: string;
  beforeEach(() => {
    all = mkdtempSync(join(tmpdir(), "bulkhead-git-"));
    dir = join(all, "own");
    mkdirSync(dir);
    git(dir, "init", "--quiet", "--initial-branch=main");
    base = commit(dir, "stacks/main.ts", "one");
    git(dir, "switch", "--quiet", "--create=change");
    commit(dir, "stacks/main.ts", "two");
  });
  afterEach(() => rmSync(all, { recursive: true, force: true }));

  it("finds where branches part, though the base went on", async () => {
    git(dir, "switch", "--quiet", "main");
    const tip = commit(dir, "stacks/other.ts", "later");
    git(dir, "switch", "--quiet", "change");
    assert.deepEqual(await new Git(dir).parting("main"), { tip, commit: base, shared: true });
  });

  it("takes names for names, whatever is in them", async () => {
    const names = [
      "a;touch owned",
      "$(touch owned)",
      "`touch owned`",
      "a|b&c",
      "--upload-pack=x",
      "ä'\"",
    ];
    for (const name of names) {
      git(dir, "update-ref", `refs/heads/${name.replaceAll(" ", "_")}`, base);
      const { commit } = await new Git(dir).parting(`refs/heads/${name.replaceAll(" ", "_")}`);
      assert.equal(commit, base, name);
      const problem = await problemOf(new Git(dir).parting(`${name} nowhere`));
      assert.equal(problem?.code, "input-unknown");
    }
    assert.ok(!existsSync(join(dir, "owned")));
  });

  it("says that a shallow clone knows no common commit", async () => {
    const shallow = join(all, "shallow");
    const args = ["--quiet", "--depth=1", "--no-single-branch", `file://${dir}`, shallow];
    git(all, "clone", ...args);
    git(shallow, "switch", "--quiet", "change");
    const parting = await new Git(shallow).parting("origin/main");
    assert.deepEqual(parting, { tip: base, commit: base, shared: false });
  });

  it("tells a folder that is no repository from a name that is no commit", async () => {
    const bare = join(all, "bare");
    mkdirSync(bare);
    assert.equal((await problemOf(new Git(bare).parting("main")))?.code, "environment-broken");
    assert.equal((await problemOf(new Git(dir).parting("nowhere")))?.code, "input-unknown");
  });

  it("tells that there is no git", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = all;
    try {
      const problem = await problemOf(new Git(dir).parting("main"));
      assert.deepEqual([problem?.code, problem?.place], ["environment-broken", "git"]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("counts changes that nobody has committed, new files of the program among them", async () => {
    const own = new Git(dir);
    assert.match(await own.head(), /^[0-9a-f]{40}$/);
    write(dir, "stacks/new\nline.ts", "new");
    write(dir, "notes.txt", "no program reads it");
    assert.match(await own.head(), /^[0-9a-f]{40} with changes$/);
    assert.deepEqual(await own.changedFiles(base), ["stacks/main.ts", "stacks/new\nline.ts"]);
  });

  it("checks out a commit beside, runs no hook of the checkout, and leaves nothing", async () => {
    write(dir, ".git/hooks/post-checkout", `#!/bin/sh\ntouch ${join(dir, "owned")}\n`);
    execFileSync("chmod", ["+x", join(dir, ".git/hooks/post-checkout")]);
    const own = new Git(dir);
    const folder = join(all, "base-files");
    await own.checkOut(base, folder);
    assert.equal(readFileSync(join(folder, "stacks/main.ts"), "utf8"), "one");
    assert.equal(await own.textAt(base, "stacks/main.ts"), "one");
    assert.equal(await own.textAt(base, "stacks/none.ts"), undefined);
    await own.remove(folder);
    assert.ok(!existsSync(folder));
    assert.ok(!existsSync(join(dir, "owned")));
    assert.equal(git(dir, "worktree", "list").split("\n").length, 1);
  });

  it("tidies up after a checkout that was cut off", async () => {
    const folder = join(all, "base-files");
    const own = new Git(dir);
    await own.checkOut(base, folder);
    rmSync(folder, { recursive: true });
    await own.remove(folder);
    assert.equal(git(dir, "worktree", "list").split("\n").length, 1);
  });
});
