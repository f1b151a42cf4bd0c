/**
 * A copy of the tracked tree in a folder of its own, used as a new user would use a clone: state,
 * worlds and reports of one test never meet those of another.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
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
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** What a command did. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command: its process group can be signalled as a terminal would. */
export interface Running {
  readonly pid: number;
  /** Resolves when the text has appeared on stdout or stderr. */
  saw(text: string | RegExp, withinMs: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  readonly done: Promise<Outcome>;
}

/** A checkout; `remove` deletes it with everything in it. */
export class Checkout {
  readonly dir: string;

  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), "bulkhead-checkout-"));
    for (const file of trackedFiles()) copy(file, this.dir);
    chmodSync(join(this.dir, "bulkhead"), 0o755);
    symlinkSync(join(root, "node_modules"), join(this.dir, "node_modules"));
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(this.path(file), text);
  }

  /** Replaces text in a file; fails where the text is not there, so that no edit is silently lost. */
  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not contain ${JSON.stringify(from)}`);
    this.write(
      file,
      text.replace(from, () => to),
    );
  }

  /** Runs `./bulkhead ARGS` to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.start(["./bulkhead", ...args], env).done;
  }

  /** Starts any command in the checkout, in a process group of its own. */
  start(command: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const [file, ...args] = command;
    const child = spawn(file as string, args, {
      cwd: this.dir,
      env: { ...process.env, CI: "true", NO_COLOR: "1", ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
    const done = new Promise<Outcome>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, ...text }));
    });
    const pid = child.pid ?? 0;
    return {
      pid,
      done,
      saw: (wanted, withinMs) => waitFor(() => found(text, wanted), withinMs, String(wanted), done),
      signal: (signal) => process.kill(-pid, signal),
    };
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function trackedFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
}

function copy(file: string, to: string): void {
  const target = join(to, file);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, file), target);
}

function found(text: { stdout: string; stderr: string }, wanted: string | RegExp): boolean {
  const all = text.stdout + text.stderr;
  return typeof wanted === "string" ? all.includes(wanted) : wanted.test(all);
}

async function waitFor(
  condition: () => boolean,
  withinMs: number,
  what: string,
  done: Promise<Outcome>,
): Promise<void> {
  let ended: Outcome | undefined;
  void done.then((outcome) => (ended = outcome));
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (ended !== undefined && !condition()) {
      throw new Error(`ended before ${what} was seen:\n${ended.stdout}\n${ended.stderr}`);
    }
    if (Date.now() > deadline) throw new Error(`${what} not seen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
