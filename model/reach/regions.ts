/** Sets of packets of a stage: rows of atoms, one for each piece of the ends on its other side. */
import type { EncodedTier } from "./encode.ts";
import type { Rows } from "./sweep.ts";
import { applyRule } from "./sweep.ts";

/** The packets that a rule matches, perhaps or surely. */
export function regionOf(rows: Rows, tier: EncodedTier, rule: number, surely: boolean): Int32Array {
  const matched = new Int32Array(rows.size);
  const open = new Int32Array(rows.size).fill(-1);
  const effects = { result: matched, open, words: rows.universe.atoms.words };
  applyRule(rows, tier, rule, effects, "yes");
  return surely ? open.map((word) => ~word) : matched;
}

/** Removes from the region what is in the other, and says whether that was anything. */
export function takeAway(region: Int32Array, other: Int32Array): boolean {
  let any = 0;
  for (let word = 0; word < region.length; word++) {
    any |= (region[word] as number) & (other[word] as number);
    region[word] = (region[word] as number) & ~(other[word] as number);
  }
  return any !== 0;
}

export function narrowTo(region: Int32Array, valid: Int32Array): void {
  for (let word = 0; word < region.length; word++) {
    region[word] = (region[word] as number) & (valid[word] as number);
  }
}

export function isEmpty(region: Int32Array, valid: Int32Array): boolean {
  for (let word = 0; word < region.length; word++) {
    if (((region[word] as number) & (valid[word] as number)) !== 0) return false;
  }
  return true;
}

export function isSame(a: Int32Array, b: Int32Array, valid: Int32Array): boolean {
  for (let word = 0; word < a.length; word++) {
    const differs = (a[word] as number) ^ (b[word] as number);
    if ((differs & (valid[word] as number)) !== 0) return false;
  }
  return true;
}
