/**
 * Who uses the local clouds right now. Whoever started them ends them, but not before the last
 * other user has gone.
 */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Folders } from "../engine/folders.ts";
import { isAlive } from "../engine/processes.ts";

const pollMs = 200;

/** Notes that this process uses the clouds. */
export function takeLease(folders: Folders, pid: number = process.pid): void {
  writeFileSync(leaseOf(folders, pid), "", { mode: 0o600 });
}

/** Notes that it no longer does. */
export function dropLease(folders: Folders, pid: number = process.pid): void {
  rmSync(leaseOf(folders, pid), { force: true });
}

function leaseOf(folders: Folders, pid: number): string {
  return join(folders.clouds, `user-${pid}`);
}

/** Living processes that use the clouds, this one left out; leases of dead ones are removed. */
export function otherUsers(folders: Folders, own: number = process.pid): number[] {
  const users = readdirSync(folders.clouds)
    .map((name) => /^user-(\d+)$/.exec(name)?.[1])
    .filter((pid) => pid !== undefined)
    .map(Number)
    .filter((pid) => pid !== own);
  for (const pid of users.filter((user) => !isAlive(user))) dropLease(folders, pid);
  return users.filter(isAlive);
}

/** Waits until nobody else uses the clouds; `onWait` hears once for whom. */
export async function waitForOthers(
  folders: Folders,
  onWait: (pids: readonly number[]) => void,
  hurry: () => boolean,
): Promise<void> {
  let told = false;
  for (let users = otherUsers(folders); users.length > 0 && !hurry(); users = otherUsers(folders)) {
    if (!told) onWait(users);
    told = true;
    await sleep(pollMs);
  }
}
