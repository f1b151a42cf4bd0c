import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock held longer than this is broken even if its owner lives, in seconds. */
const heldSecondsMax = 1_800;
const retryMs = 500;

/**
 * Runs `work` under a lock between processes; `onWait` hears whom it waits for, once. The lock is
 * a symbolic link that names its owner (pid@host@since@start), the form of tools/runtime/lock.sh:
 * made in one atomic step, broken only when the owner is dead or has held it too long.
 */
export async function withLock<T>(
  file: string,
  onWait: (owner: string) => void,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const mine = ownerMark(process.pid);
  let told = false;
  while (!take(file, mine)) {
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (isGone(owner)) {
      breakLock(file, owner, mine);
      continue;
    }
    if (!told) onWait(`process ${owner.split("@")[0]}`);
    told = true;
    await sleep(retryMs, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    if (ownerOf(file) === mine) rmSync(file, { force: true });
  }
}

/** The mark of a process as owner from now on. */
export function ownerMark(pid: number): string {
  return [pid, hostname(), Math.floor(Date.now() / 1000), startOf(pid)].join("@");
}

/** Whether an owner is dead or has held its lock too long; an unreadable mark is nobody's. */
export function isGone(owner: string): boolean {
  const [pid = "", host = "", since = "", start = ""] = owner.split("@");
  if (!/^\d+$/.test(pid) || !/^\d+$/.test(since)) return true;
  if (Date.now() / 1000 - Number(since) > heldSecondsMax) return true;
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  return startOf(Number(pid)) !== start;
}

/** Breaking is itself locked, or the second of two waiters would remove the first one's new lock. */
function breakLock(file: string, gone: string, mine: string): void {
  const breaking = `${file}.breaking`;
  if (take(breaking, mine)) {
    if (ownerOf(file) === gone) rmSync(file, { force: true });
    rmSync(breaking, { force: true });
    return;
  }
  const breaker = ownerOf(breaking);
  if (breaker !== undefined && isGone(breaker)) rmSync(breaking, { force: true });
}

function take(file: string, mine: string): boolean {
  try {
    symlinkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function ownerOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined; // released meanwhile
  }
}

/** A process's own start mark, so that a reused pid is not taken for the owner. */
function startOf(pid: number): string {
  try {
    // Field 22 is the start in ticks since boot; field 2 is the name in brackets, blanks included.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";
  } catch {
    return startByPs(pid);
  }
}

function startByPs(pid: number): string {
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC0" };
    const start = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env,
    });
    return start.trimEnd().replace(/[ :]+/g, "-");
  } catch {
    return "";
  }
}
