import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How long an interrupted child may take to end by itself, in ms; the engine waits 5,000 for us. */
const graceMsMax = 3_000;

/**
 * The processes this host started, each the leader of a group of its own, so that whatever a
 * program started in turn ends with it.
 */
export class Children {
  readonly #running = new Set<ChildProcess>();

  /** Starts a process in a group of its own; rejects if it cannot be started at all. */
  start(command: string, args: readonly string[], options: SpawnOptions): Promise<ChildProcess> {
    const child = spawn(command, args, { ...options, detached: true });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("spawn", () => {
        this.#running.add(child);
        child.once("exit", () => this.#running.delete(child));
        resolve(child);
      });
    });
  }

  /** Interrupts a child's group, and kills what of it is left after the grace. */
  async end(child: ChildProcess): Promise<void> {
    if (child.pid === undefined) return;
    signalGroup(child.pid, "SIGINT");
    await endedWithin(child, graceMsMax);
    signalGroup(child.pid, "SIGKILL");
  }

  /** Ends every child; resolves when all are gone. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.end(child)));
  }
}

/** How a process ended: its exit code, or 128 + the signal's number as shells report it. */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    const report = (): void => resolve(child.exitCode ?? 128 + signalNumber(child.signalCode));
    if (hasEnded(child)) report();
    else child.once("exit", report);
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endedWithin(child: ChildProcess, ms: number): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Signals a group; that none of it is left is what was wanted. */
function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const numbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

function signalNumber(signal: NodeJS.Signals | null): number {
  return (signal && numbers[signal]) || 0;
}
