/**
 * Runs one program to its end and ends it when told, step by step, leaving no process behind.
 *
 * The engine understands a first interrupt as "finish what is under way, then stop" and a second as
 * "stop now"; a plugin may ignore both, hence the last two steps.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { isAlive, listProcesses, processesOf, signal } from "./processes.ts";

/** What to run. Arguments are passed as they are; no shell is involved. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Files that take what the program prints. */
  readonly stdout: string;
  readonly stderr: string;
}

/** How long each step of ending a program may take, in milliseconds. */
export interface EndingTimes {
  /** After the first interrupt: operations under way may finish. */
  readonly finishMs: number;
  /** After the second interrupt. */
  readonly stopMs: number;
  /** After SIGTERM to all of its processes; then SIGKILL. */
  readonly terminateMs: number;
}

const endingTimes: EndingTimes = { finishMs: 30_000, stopMs: 5_000, terminateMs: 3_000 };

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The furthest step that was needed to end it; absent where it ended by itself. */
  readonly ended?: EndingStep;
}

type EndingStep = "interrupt" | "second interrupt" | "terminate" | "kill";

/** A running program. */
export interface Supervised {
  readonly pid: number;
  readonly done: Promise<Ending>;
  /** Starts ending the program; a further call skips the rest of the waiting for the present step. */
  stop(): void;
}

/** Time in which processes that outlive their leader may end by themselves. */
const stragglersMs = 2_000;
const pollMs = 50;

/** Starts a program in a session of its own. Rejects `done` where it cannot be started. */
export function supervise(program: Program, times: EndingTimes = endingTimes): Supervised {
  const child = start(program);
  const pid = child.pid ?? 0;
  const exit = exitOf(child);
  const ladder = new Ladder(pid, times, exit);
  return { pid, done: finish(pid, exit, ladder), stop: () => ladder.advance() };
}

function start(program: Program): ChildProcess {
  const out = openSync(program.stdout, "a", 0o600);
  const err = openSync(program.stderr, "a", 0o600);
  try {
    return spawn(program.file, program.args, {
      cwd: program.cwd,
      env: program.env,
      stdio: ["ignore", out, err],
      detached: true,
    });
  } finally {
    closeSync(out);
    closeSync(err);
  }
}

type Exit = Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

function exitOf(child: ChildProcess): Exit {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, name) => resolve({ code, signal: name }));
  });
}

async function finish(pid: number, exit: Exit, ladder: Ladder): Promise<Ending> {
  const { code, signal: name } = await exit;
  ladder.close();
  await endStragglers(pid);
  return ladder.step === undefined
    ? { code, signal: name }
    : { code, signal: name, ended: ladder.step };
}

/** Plugins end when their engine does; whichever does not is ended here. */
async function endStragglers(leader: number): Promise<void> {
  const deadline = Date.now() + stragglersMs;
  let left = processesOf(leader, listProcesses());
  while (left.length > 0 && Date.now() < deadline) {
    await pause(pollMs);
    left = processesOf(leader, listProcesses());
  }
  for (const pid of left) signal(pid, "SIGKILL");
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const nextStep: Readonly<Record<EndingStep | "none", EndingStep>> = {
  none: "interrupt",
  interrupt: "second interrupt",
  "second interrupt": "terminate",
  terminate: "kill",
  kill: "kill",
};

/** The steps of ending, each with its own deadline. */
class Ladder {
  step: EndingStep | undefined;
  readonly #pid: number;
  readonly #times: EndingTimes;
  /** Seen before the leader is ended: on some systems orphans cannot be told afterwards. */
  #family: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(pid: number, times: EndingTimes, exit: Exit) {
    this.#pid = pid;
    this.#times = times;
    exit.catch(() => this.close());
  }

  advance(): void {
    if (this.#closed || this.#pid === 0) return;
    clearTimeout(this.#timer);
    const step = nextStep[this.step ?? "none"];
    this.step = step;
    this.#act(step);
    this.#timer = setTimeout(() => this.advance(), this.#waitMs(step));
  }

  #act(step: EndingStep): void {
    if (step === "terminate") this.#toAll("SIGTERM");
    else if (step === "kill") this.#toAll("SIGKILL");
    else signal(this.#pid, "SIGINT");
  }

  #waitMs(step: EndingStep): number {
    if (step === "interrupt") return this.#times.finishMs;
    return step === "second interrupt" ? this.#times.stopMs : this.#times.terminateMs;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #toAll(name: NodeJS.Signals): void {
    const seen = processesOf(this.#pid, listProcesses());
    this.#family = [...new Set([...this.#family, ...seen])];
    for (const pid of this.#family.filter(isAlive)) signal(pid, name);
  }
}
