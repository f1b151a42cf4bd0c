/**
 * Locks of the file backend: one JSON file per locking process, without expiry. A lock is broken
 * only where its owner was an engine that Bulkhead started on this host and that is proved dead.
 * Source: pulumi/pulumi pkg/backend/diy/lock.go at 3.259.0.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Problem, ProblemError } from "../../model/base/problem.ts";
import { isAlive } from "./processes.ts";
import type { RunRecord } from "./run-folder.ts";
import type { StackPlace } from "./stack-place.ts";

/** A lock file's content. */
export interface Lock {
  readonly file: string;
  readonly pid: number;
  readonly user: string;
  readonly host: string;
  readonly since: string;
}

/** Locks on a stack of the file backend in folder `state`. */
export function readLocks(state: string, stack: StackPlace): Lock[] {
  const folder = join(state, ".pulumi", "locks", "organization", stack.project, stack.name);
  return list(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => readLock(join(folder, name)));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readLock(file: string): Lock[] {
  try {
    const content = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    return [
      {
        file,
        pid: Number(content["pid"]),
        user: String(content["username"]),
        host: String(content["hostname"]),
        since: String(content["timestamp"]),
      },
    ];
  } catch {
    return []; // Its owner removed it meanwhile, or is writing it.
  }
}

/** Whether the lock's owner was one of `records` and no longer lives. */
function isOursAndDead(
  lock: Lock,
  records: readonly RunRecord[],
  host: string = hostname(),
  alive: (pid: number) => boolean = isAlive,
): boolean {
  const ours = records.some((record) => record.enginePid === lock.pid && record.host === lock.host);
  return ours && lock.host === host && !alive(lock.pid);
}

/** Removes left-over locks of ours; a {@link ProblemError} that names the owner of any other. */
export function clearDeadLocks(
  state: string,
  stack: StackPlace,
  records: readonly RunRecord[],
): Lock[] {
  const locks = readLocks(state, stack);
  const dead = locks.filter((lock) => isOursAndDead(lock, records));
  for (const lock of dead) rmSync(lock.file, { force: true });
  const held = locks.filter((lock) => !dead.includes(lock));
  if (held.length > 0) throw new ProblemError(held.map((lock) => lockHeld(lock, stack)));
  return dead;
}

function lockHeld(lock: Lock, stack: StackPlace): Problem {
  return {
    code: "operation-failed",
    place: `stack ${stack.name}`,
    got: `a lock by ${lock.user}@${lock.host}, process ${lock.pid}, since ${lock.since}`,
    allowed: "one operation at a time",
    next: `Wait for it to end. If that process is gone for certain, delete ${lock.file}.`,
  };
}
