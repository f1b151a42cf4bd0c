/** cyclonus' generated cases, printed once by its own code into the user's cache. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder with the locked go.mod. */
const module = import.meta.dirname;

/** Longest compilation, in milliseconds. */
const buildMsMax = 900_000;

/** Longest text of all cases, in bytes. */
const textBytesMax = 128 * 1024 * 1024;

/** A probe that cyclonus' own matcher judged. */
export interface Probed {
  /** `namespace/pod`. */
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly port: number;
  readonly ingress: boolean;
  readonly egress: boolean;
}

/** What the cluster holds, and what may pass then. */
export interface Step {
  readonly namespaces: readonly unknown[];
  readonly pods: readonly unknown[];
  readonly policies: readonly unknown[] | null;
  readonly probes: readonly Probed[] | null;
}

export interface Case {
  readonly name: string;
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
}

/** All cases; or why they cannot be had. */
export function provideCases(): readonly Case[] | { readonly why: string } {
  const file = join(cacheFolder(), `${lockedVersion()}.json`);
  if (!existsSync(file)) {
    const lacking = generate(file);
    if (lacking !== undefined) return { why: lacking };
  }
  return JSON.parse(readFileSync(file, "utf8")) as Case[];
}

function generate(file: string): string | undefined {
  mkdirSync(cacheFolder(), { recursive: true });
  const program = `${file}.${process.pid}`;
  try {
    const built = run("nice", [
      "-n",
      "15",
      "go",
      "build",
      "-trimpath",
      "-mod=readonly",
      "-o",
      program,
      ".",
    ]);
    if ("why" in built) return built.why;
    const printed = run(program, []);
    if ("why" in printed) return printed.why;
    writeFileSync(`${program}.json`, printed.stdout);
    renameSync(`${program}.json`, file);
    return undefined;
  } finally {
    rmSync(program, { force: true });
  }
}

function run(
  program: string,
  args: readonly string[],
): { readonly stdout: string } | { readonly why: string } {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: module,
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
    encoding: "utf8",
    timeout: buildMsMax,
    maxBuffer: textBytesMax,
  });
  if (error !== undefined) return { why: `Go could not be started: ${error.message}` };
  if (status === 0) return { stdout };
  const last = stderr.trim().split("\n").slice(-3).join(" | ");
  return { why: `cyclonus could not be compiled or run: ${last}` };
}

function cacheFolder(): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return join(cache, "bulkhead", "referees", "cyclonus");
}

/** Changes with the lock and with the program. */
function lockedVersion(): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum", "main.go"]) hash.update(readFileSync(join(module, file)));
  return hash.digest("hex").slice(0, 12);
}
