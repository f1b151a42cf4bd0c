import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..", "..", "..");
/** What the launcher may use of the system; never node, npm or python. */
const systemTools =
  "sh readlink uname cksum date mkdir rm mv cp ln chmod grep env sleep ps tr cat touch";

/** How one start of the launcher ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A checkout, a cache and a PATH that hold nothing but what a test puts there. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), "bulkhead-launcher-"));
  readonly root = join(this.folder, "checkout");
  readonly bin = join(this.folder, "bin");
  readonly cache = join(this.folder, "cache");
  readonly calls = join(this.folder, "calls");

  constructor() {
    for (const folder of [this.bin, join(this.root, "automation", "cli")]) {
      mkdirSync(folder, { recursive: true });
    }
    copyFileSync(join(repository, "bulkhead"), join(this.root, "bulkhead"));
    cpSync(join(repository, "tools", "runtime"), join(this.root, "tools", "runtime"), {
      recursive: true,
    });
    writeFileSync(join(this.root, "package.json"), "{}");
    writeFileSync(join(this.root, ".npmrc"), "");
    this.lockfile("one");
    writeFileSync(
      join(this.root, "automation", "cli", "main.ts"),
      `const args: string[] = process.argv.slice(2);
       const { BULKHEAD_RUNTIME: runtime, NODE_COMPILE_CACHE: compile } = process.env;
       console.log(JSON.stringify({ args, runtime, compile, cwd: process.cwd() }));`,
    );
    for (const tool of systemTools.split(" ")) {
      const file = ["/usr/bin", "/bin"].map((folder) => join(folder, tool)).find(existsSync);
      if (file) symlinkSync(file, join(this.bin, tool));
    }
  }

  /** Puts an executable script on the sandbox's PATH. */
  script(name: string, body: string): void {
    const file = join(this.bin, name);
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
  }

  /** A node that only tells its version, too old for anything else. */
  oldNode(version = "v20.1.0"): void {
    this.script("node", `echo ${version}`);
  }

  /** This very Node, as PATH's. */
  goodNode(): void {
    symlinkSync(process.execPath, join(this.bin, "node"));
  }

  /**
   * An npm that "installs" into its folder what any of the launcher's manifests would bring, and
   * records each call; `first` runs before that.
   */
  npm(first = ""): void {
    const name = "$(grep -o 'node-[a-z0-9-]*' package.json | grep -v bulkhead | tail -1)";
    symlinkSync("/usr/bin/tail", join(this.bin, "tail"));
    this.script(
      "npm",
      `echo "$PWD $*" >> ${this.calls}
       ${first}
       mkdir -p node_modules/npm/bin node_modules/.bin node_modules/installed
       printf '#!/bin/sh\\nexec "${this.bin}/npm" "$@"\\n' > node_modules/npm/bin/npm-cli.js
       for name in ${name}; do
         mkdir -p node_modules/$name/bin
         printf '#!/bin/sh\\nexec "${process.execPath}" "$@"\\n' > node_modules/$name/bin/node
         chmod +x node_modules/$name/bin/node
       done`,
    );
  }

  lockfile(text: string): void {
    writeFileSync(join(this.root, "package-lock.json"), text);
  }

  /** The folders in which npm was run. */
  npmCalls(): string[] {
    return existsSync(this.calls) ? readFileSync(this.calls, "utf8").trim().split("\n") : [];
  }

  start(args: readonly string[] = [], environment: Record<string, string> = {}): ChildProcess {
    return spawn(join(this.root, "bulkhead"), args, {
      cwd: this.folder,
      env: { PATH: this.bin, HOME: this.folder, XDG_CACHE_HOME: this.cache, ...environment },
    });
  }

  async run(
    args: readonly string[] = [],
    environment: Record<string, string> = {},
  ): Promise<Ended> {
    return ended(this.start(args, environment));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for a started launcher and collects what it said. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

/** Waits until something holds; fails after 10 s. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("waited 10 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process lives. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
