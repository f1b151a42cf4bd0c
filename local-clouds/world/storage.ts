/** What the machine can deny a world: room, rights, its file, a sound disk. */

import type { Problem } from "../../model/base/problem.ts";

/** A fault of the file; `got` is SQLite's own sentence unless it says more plainly. */
type Fault = Omit<Problem, "place" | "got"> & { readonly got?: string };

const rights: Fault = {
  code: "environment-broken",
  allowed: "a file that may be read and written",
  next: "Give yourself the right to, or name another world.",
};
const inUse: Fault = {
  code: "environment-broken",
  got: "a world that another process has open",
  allowed: "one process per world",
  next: "Stop the other local clouds, or name another world.",
};
const broken: Fault = {
  code: "environment-broken",
  allowed: "a disk that reads and writes",
  next: "See what the system says of the disk, then start again.",
};
const full: Fault = {
  code: "environment-broken",
  allowed: "room for what is stored",
  next: "Make room, then do it again.",
};
const damage: Fault = {
  code: "state-damaged",
  allowed: "a world file as the local clouds wrote it",
  next: "Stop the local clouds and start them again: they name the last good copy.",
};

/** By SQLite's primary result codes ("Result and Error Codes"). */
const faults: ReadonlyMap<number, Fault> = new Map([
  [3, rights],
  [5, inUse],
  [6, inUse],
  [8, rights],
  [10, broken],
  [11, damage],
  [13, full],
  [14, rights],
  [26, damage],
]);

/** What an error of the world's file says, as a problem of `place`; `undefined` for any other error. */
export function storageProblem(error: unknown, place: string): Problem | undefined {
  const fault = faultOf(error);
  if (fault === undefined) return undefined;
  const said = error instanceof Error ? error.message : String(error);
  return { ...fault, place, got: fault.got ?? said };
}

/** Whether there was no room to store something. */
export function isFull(error: unknown): boolean {
  return faultOf(error) === full;
}

/** Extended codes carry the primary one in their lowest byte. */
function faultOf(error: unknown): Fault | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? faults.get(code & 0xff) : undefined;
}
