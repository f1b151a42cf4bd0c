/**
 * Which processes an operation has. The engine puts each plugin into a process group of its own, so
 * a group alone does not hold them; they share the session that the supervisor opened.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One process as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Session id; 0 where the system does not tell. */
  readonly session: number;
  /** A process that has ended and waits to be collected. */
  readonly zombie: boolean;
}

/** Every process of the machine that may be seen. */
export function listProcesses(): ProcessEntry[] {
  return process.platform === "linux" ? listFromProc() : listFromPs();
}

function listFromProc(): ProcessEntry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(readFileSync(`/proc/${name}/stat`, "utf8"))];
      } catch {
        return []; // It ended between the listing and the reading.
      }
    });
}

/** One line of `/proc/PID/stat`: pid (name) state ppid pgrp session …; the name may hold anything. */
export function parseStat(stat: string): ProcessEntry {
  const rest = stat
    .slice(stat.lastIndexOf(")") + 2)
    .trim()
    .split(" ");
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(rest[1]),
    group: Number(rest[2]),
    session: Number(rest[3]),
    zombie: rest[0] === "Z",
  };
}

function listFromPs(): ProcessEntry[] {
  const text = execFileSync("ps", ["-axo", "pid=,ppid=,pgid=,stat="], { encoding: "utf8" });
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length === 4)
    .map(([pid, parent, group, state]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      zombie: state?.startsWith("Z") ?? false,
    }));
}

/** The living processes that `leader` started, itself included: its session and its descendants. */
export function processesOf(leader: number, all: readonly ProcessEntry[]): number[] {
  const found = new Set(
    all.filter((entry) => entry.session === leader || entry.pid === leader).map(({ pid }) => pid),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const entry of all) if (found.has(entry.parent)) found.add(entry.pid);
  }
  return all.filter((entry) => found.has(entry.pid) && !entry.zombie).map(({ pid }) => pid);
}

/** Whether a process of that id lives, whoever owns it. One that only waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return process.platform !== "linux" || !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8")).zombie;
  } catch {
    return true; // It ended this moment.
  }
}

/** Sends a signal; a process that has ended meanwhile is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}
