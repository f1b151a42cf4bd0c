/** Numbers for interval sets: equal sets get the same number, however often they are written. */
import type { IntervalSet } from "../base/interval-set.ts";

/**
 * Distinct sets, numbered in the order in which they were first seen. Sets are met by millions, and
 * V8 hashes a bigint by its lowest 64 bits, which all IPv6 prefixes have in common: hence a hash
 * table of its own.
 */
export class SetTable {
  readonly sets: IntervalSet[] = [];
  /** Numbers plus one, at their hash or after it; 0 where nothing is. */
  #slots = new Int32Array(64);

  /** The number of a set; a new one where no equal set was seen before. */
  idOf(set: IntervalSet): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(set) & mask;
    for (
      let entry = this.#slots[slot] as number;
      entry !== 0;
      entry = this.#slots[slot] as number
    ) {
      if (isEqual(this.sets[entry - 1] as IntervalSet, set)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.sets.push(set);
    if (this.sets.length * 2 > this.#slots.length) this.#grow();
    return this.sets.length - 1;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 4);
    const mask = this.#slots.length - 1;
    for (const [id, set] of this.sets.entries()) {
      let slot = hashOf(set) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id + 1;
    }
  }
}

function isEqual(a: IntervalSet, b: IntervalSet): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i]?.from !== b[i]?.from || a[i]?.to !== b[i]?.to) return false;
  }
  return true;
}

function hashOf(set: IntervalSet): number {
  let hash = set.length;
  for (let i = 0; i < set.length; i++) {
    const { from, to } = set[i] as IntervalSet[number];
    hash = Math.imul(hash ^ foldOf(from), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ foldOf(to), 0xc2b2ae35);
  }
  return hash ^ (hash >>> 16);
}

const exactMax = 2n ** 53n;
const highUnit = 2 ** 32;

/** 32 bits that hang on all bits of the number. */
function foldOf(value: bigint): number {
  if (value >= exactMax) {
    return foldOf(value >> 64n) ^ Math.imul(foldOf(BigInt.asUintN(53, value)), 31);
  }
  const number = Number(value);
  return number ^ Math.imul(number / highUnit, 0x9e3779b1);
}
