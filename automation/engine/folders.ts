/** The folders under `.bulkhead`, which git ignores: everything Bulkhead writes in a checkout. */
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Problem, ProblemError } from "../../model/base/problem.ts";

/** Paths below a checkout's `.bulkhead`. */
export interface Folders {
  readonly root: string;
  /** File backend of the stacks in the local clouds. */
  readonly state: string;
  /** PULUMI_HOME of the stacks in the local clouds. */
  readonly home: string;
  /** Worlds of the local clouds. */
  readonly worlds: string;
  /** File of the world in which the clouds run; the stack `local` lives in the usual one. */
  readonly world: string;
  /** Descriptor, leases and log of the running local clouds. */
  readonly clouds: string;
  /** One folder for each operation. */
  readonly runs: string;
}

/** The folders of a checkout. */
export function foldersOf(root: string): Folders {
  const own = join(root, ".bulkhead");
  return {
    root,
    state: join(own, "state"),
    home: join(own, "home"),
    worlds: join(own, "worlds"),
    world: join(own, "worlds", "local.world"),
    clouds: join(own, "clouds"),
    runs: join(own, "runs"),
  };
}

/** Makes a folder that only its owner may read; a {@link ProblemError} where it cannot be. */
export function makeFolder(path: string): string {
  try {
    makeEach(path);
  } catch (error) {
    throw new ProblemError([cannotWrite(path, error)]);
  }
  return path;
}

/**
 * The folder with those above it that are missing. Node's own `recursive` tries for ever where there
 * can be no folder, as below /proc (nodejs/node lib `MKDirp`: it goes up at every ENOENT).
 */
function makeEach(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    makeEach(dirname(path));
    makeEach(path);
  }
}

/** Writes a file that only its owner may read; a {@link ProblemError} where it cannot be. */
export function writeOwnFile(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    throw new ProblemError([cannotWrite(path, error)]);
  }
}

/** What to say where a file or folder cannot be written. */
export function cannotWrite(path: string, error: unknown): Problem {
  const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return {
    code: "environment-broken",
    place: path,
    got: reason,
    allowed: "a place this user may write to, with room left",
    next: "Make the folder writable or free some space, then run the same command again.",
  };
}
