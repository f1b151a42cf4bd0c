/** What the gate asks git. Values are arguments of their own; nothing is a shell's. */
import { execFile } from "node:child_process";
import { type Problem, ProblemError } from "../../model/base/problem.ts";

/** Files that nobody has added count where a program would read them; reports lie elsewhere. */
const programFolders = ["stacks", "components", "model", "policy-packs", "automation"];

const answerBytesMax = 64 * 1024 * 1024;

/** Commits as 40 hexadecimal digits. */
export interface Parting {
  /** The branch's own last commit. */
  readonly tip: string;
  /** The last commit that both have; the tip where git knows of none. */
  readonly commit: string;
  /** Whether git knows of one. */
  readonly shared: boolean;
}

/** One checkout under git. */
export class Git {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Where the branch of `name` and the present one part. */
  async parting(name: string): Promise<Parting> {
    const tip = await this.#commit(name);
    const { code, stdout } = await this.#run(["merge-base", tip, "HEAD"]);
    // Histories that share nothing, or a shallow clone: the branch's own commit is what there is.
    return code === 0
      ? { tip, commit: stdout.trim(), shared: true }
      : { tip, commit: tip, shared: false };
  }

  /** The present commit, with a mark where files differ from it. */
  async head(): Promise<string> {
    const commit = await this.#commit("HEAD");
    return (await this.changedFiles(commit)).length === 0 ? commit : `${commit} with changes`;
  }

  /** Paths that differ between a commit and the files as they are, new files of the program included. */
  async changedFiles(commit: string): Promise<readonly string[]> {
    const tracked = await this.#must(["diff", "--name-only", "-z", commit, "--"]);
    const fresh = await this.#must([
      "ls-files",
      "--others",
      "--exclude-standard",
      "-z",
      "--",
      ...programFolders,
    ]);
    const names = [...tracked.split("\0"), ...fresh.split("\0")];
    return [...new Set(names)].filter((name) => name !== "").sort();
  }

  /** A file's text at a commit; undefined where the commit has no such file. */
  async textAt(commit: string, path: string): Promise<string | undefined> {
    const { code, stdout } = await this.#run(["cat-file", "blob", `${commit}:${path}`]);
    return code === 0 ? stdout : undefined;
  }

  /** Puts the files of a commit into a new folder. */
  async checkOut(commit: string, folder: string): Promise<void> {
    await this.#must(["worktree", "add", "--detach", "--force", folder, commit]);
  }

  /** Removes such a folder. */
  async remove(folder: string): Promise<void> {
    await this.#run(["worktree", "remove", "--force", folder]);
    await this.#run(["worktree", "prune"]);
  }

  async #commit(name: string): Promise<string> {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
    const { code, stdout, stderr } = await this.#run(args);
    if (code === 0) return stdout.trim();
    throw new ProblemError([await this.#noCommit(name, stderr)]);
  }

  async #noCommit(name: string, said: string): Promise<Problem> {
    const { code } = await this.#run(["rev-parse", "--git-dir"]);
    const allowed = "a branch, tag or commit of this repository";
    if (code === 0) {
      return {
        ...{ code: "input-unknown", place: "--base", got: JSON.stringify(name), allowed },
        next: "Fetch it first (git fetch origin main), or name another: ./bulkhead gate --base main.",
      };
    }
    return {
      ...{
        code: "environment-broken",
        place: "--base",
        got: said.trim() || "no repository",
        allowed,
      },
      next: "Run it in a clone that git accepts: the gate compares commits.",
    };
  }

  async #must(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.#run(args);
    if (code === 0) return stdout;
    throw new ProblemError([
      {
        code: "environment-broken",
        place: `git ${args[0]}`,
        got: stderr.trim(),
        allowed: "an answer",
        next: "Run the same in the checkout to see what is wrong with it.",
      },
    ]);
  }

  #run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const options = { cwd: this.#root, maxBuffer: answerBytesMax };
    // Hooks and file monitors of the checkout are programs of whoever made the change.
    const safe = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", ...args];
    return new Promise((resolve, reject) => {
      execFile("git", safe, options, (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === "number") resolve({ code: error.code, stdout, stderr });
        else reject(new ProblemError([noGit(error.message)]));
      });
    });
  }
}

function noGit(got: string): Problem {
  return {
    code: "environment-broken",
    place: "git",
    got,
    allowed: "git on PATH, with answers of at most 64 MiB",
    next: "Install git, or look at what it says to the same question in the checkout.",
  };
}
