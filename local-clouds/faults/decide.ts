/** Whether a fault meets a request: a pure function, so that the same seed gives the same run. */

import { createHash } from "node:crypto";
import type { Fault } from "./fault.ts";

/** Bytes of the hash that are taken as a number below 1. */
const drawBytes = 6;

/**
 * Whether the fault meets this asking of a subject (its URN; its id where it has none). `asked`
 * counts from 0 how often the fault was asked about this subject before. Nothing else has a say:
 * the order in which an engine's parallel requests arrive cannot change which of them fail.
 */
export function strikes(fault: Fault, subject: string, asked: number): boolean {
  if (draw(fault, subject, asked) >= fault.rate) return false;
  if (fault.count === undefined) return true;
  let before = 0;
  for (let earlier = 0; earlier < asked; earlier++) {
    if (draw(fault, subject, earlier) < fault.rate) before++;
  }
  return before < fault.count;
}

/** An evenly spread number of [0, 1); it does not depend on the rate, so a higher rate only adds. */
function draw(fault: Fault, subject: string, asked: number): number {
  const text = JSON.stringify([fault.seed, fault.id, subject, fault.operation, asked]);
  const hash = createHash("sha256").update(text).digest();
  return hash.readUIntBE(0, drawBytes) / 2 ** (8 * drawBytes);
}
