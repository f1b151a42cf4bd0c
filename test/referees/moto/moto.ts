/** moto, got once into the user's cache by locked digests, asked as a child process. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const folder = import.meta.dirname;
const requirements = join(folder, "requirements.txt");
const installMsMax = 300_000;
const askMsMax = 120_000;

/** One call of a service's API, in the words of boto3. */
export interface Step {
  /** Name under which later steps and the case's facts find the answer. */
  readonly as: string;
  readonly service: string;
  readonly call: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** Answers by the steps' names. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Gets moto where it is not yet there. Returns why it cannot be had, or nothing. */
export function provideMoto(): string | undefined {
  if (existsSync(packages())) return undefined;
  if (spawnSync("python3", ["-m", "pip", "--version"]).status !== 0) {
    return "moto needs Python 3 with pip on PATH";
  }
  mkdirSync(cache(), { recursive: true });
  const staging = mkdtempSync(join(cache(), ".staging-"));
  try {
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
    const locked = ["--only-binary", ":all:", "--require-hashes", "--target", staging];
    const { status, stderr } = spawnSync("python3", [...pip, ...locked, "-r", requirements], {
      encoding: "utf8",
      timeout: installMsMax,
    });
    if (status !== 0) return `moto cannot be installed: ${stderr.trim().split("\n").at(-1)}`;
    // Whoever came first has brought the same.
    if (!existsSync(packages())) renameSync(staging, packages());
    return undefined;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Runs the steps of all cases, each case in an empty account. */
export function askMoto(cases: Readonly<Record<string, readonly Step[]>>): Record<string, Answers> {
  return asked("referee.py", cases) as Record<string, Answers>;
}

/** Names of the calls that services have, by their prefixes in IAM. */
export function callsOf(prefixes: readonly string[]): Record<string, readonly string[]> {
  return asked("calls.py", prefixes) as Record<string, readonly string[]>;
}

function asked(script: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync("python3", [join(folder, script)], {
    input: JSON.stringify(input),
    encoding: "utf8",
    timeout: askMsMax,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env["PATH"], PYTHONPATH: packages() },
  });
  if (status !== 0) throw new Error(`moto ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function cache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "bulkhead", "referees");
}

function packages(): string {
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  return join(cache(), `moto-${digest.slice(0, 12)}`);
}
