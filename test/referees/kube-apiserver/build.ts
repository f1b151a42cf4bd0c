/** The real API server and its store, compiled once from their Go modules into the user's cache. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with the locked go.mod. */
const module = fileURLToPath(new URL(".", import.meta.url));

const packages = ["k8s.io/kubernetes/cmd/kube-apiserver", "go.etcd.io/etcd/server/v3"];

/**
 * Without optimisation: the compiler takes 220 s on two busy cores instead of 360 s, and the tests
 * hardly notice. No debug information: it would triple the file.
 */
const flags = ["-trimpath", "-gcflags=all=-N -l", "-ldflags=-s -w"];

/** Longest compilation, in milliseconds. */
const buildMsMax = 1_800_000;

/** The two programs. */
export interface Programs {
  readonly apiServer: string;
  readonly store: string;
}

/** The programs, compiled if need be; or why they cannot be had. */
export function providePrograms(): Programs | { readonly why: string } {
  const folder = join(cacheFolder(), lockedVersion());
  const programs = { apiServer: join(folder, "kube-apiserver"), store: join(folder, "server") };
  if (existsSync(programs.apiServer) && existsSync(programs.store)) return programs;
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  try {
    const built = compile(staging);
    if (built !== undefined) return { why: built };
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
    return programs;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function compile(into: string): string | undefined {
  const environment = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  const { error, status, stderr } = spawnSync(
    "nice",
    ["-n", "15", "go", "build", "-mod=readonly", ...flags, "-o", `${into}/`, ...packages],
    { cwd: module, env: environment, encoding: "utf8", timeout: buildMsMax },
  );
  if (error !== undefined) return `Go could not be started: ${error.message}`;
  if (status === 0) return undefined;
  return `compiling the API server failed: ${stderr.trim().split("\n").slice(-3).join(" | ")}`;
}

function cacheFolder(): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return join(cache, "bulkhead", "kube-apiserver");
}

/** Changes with the lock and with this file's flags. */
function lockedVersion(): string {
  const hash = createHash("sha256").update(flags.join(" "));
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(module, file)));
  return `${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 12)}`;
}
