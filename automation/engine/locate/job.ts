import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

const graceMsMax = 3_000;

/** A command to run to its end. */
export interface Job {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Everything it prints is appended here. */
  readonly log: string;
  readonly signal: AbortSignal;
  /** Hears each whole line of standard error. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a job in a process group of its own and returns what it printed on standard output.
 * Rejects if it ends with another exit code than 0. When the signal fires, the whole group is
 * ended, and only then is the promise rejected: nobody is left writing.
 */
export async function runJob(job: Job): Promise<string> {
  job.signal.throwIfAborted();
  const log = createWriteStream(job.log, { flags: "a" });
  // A log that cannot be written (the disk is full) is no reason to end a job that goes on.
  const logged = new Promise<void>((resolve) =>
    log.once("error", () => resolve()).once("close", resolve),
  );
  const child = spawn(job.command, job.args, {
    cwd: job.cwd,
    env: job.environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endGroup = (signal: NodeJS.Signals): void => signalGroup(child.pid, signal);
  const killAtExit = (): void => endGroup("SIGKILL");
  process.once("exit", killAtExit);
  const onAbort = (): void => {
    endGroup("SIGTERM");
    setTimeout(() => endGroup("SIGKILL"), graceMsMax).unref();
  };
  job.signal.addEventListener("abort", onAbort, { once: true });

  let output = "";
  let rest = "";
  let last = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    log.write(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    log.write(chunk);
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.trim() !== "") last = line.trim();
      job.onLine?.(line);
    }
  });
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(code ?? signal ?? 1));
    });
    job.signal.throwIfAborted();
    if (code === 0) return output;
    const said = rest.trim() || last || `see ${job.log}`;
    throw new Error(`${job.command} ${job.args[0] ?? ""} ended with ${code}: ${said}`);
  } finally {
    job.signal.removeEventListener("abort", onAbort);
    process.off("exit", killAtExit);
    endGroup("SIGKILL");
    log.end();
    await logged;
  }
}

/** Signals a group; that none of it is left is what was wanted. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
