/** Numbers drawn by a seed: the same seed draws the same. */
import { createHash } from "node:crypto";

/** Draws without end (xorshift128 by a hash of the seed; Marsaglia 2003). */
export class Draw {
  private readonly state: Uint32Array;

  constructor(seed: string) {
    const bytes = createHash("sha256").update(seed).digest();
    this.state = Uint32Array.from([0, 4, 8, 12], (at) => bytes.readUInt32LE(at) | 1);
  }

  /** A whole number from 0 below `count`. */
  below(count: number): number {
    const [x = 1, y = 1, z = 1, w = 1] = this.state;
    const mixed = x ^ (x << 11);
    this.state.set([y, z, w, w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8)]);
    return Math.floor(((this.state[3] ?? 0) / 2 ** 32) * count);
  }

  /** One of the given; throws where there is none. */
  of<T>(all: readonly T[]): T {
    const found = all[this.below(all.length)];
    if (found === undefined) throw new RangeError("nothing to draw from");
    return found;
  }

  /** Whether something of that probability, in percent, happens. */
  percent(chance: number): boolean {
    return this.below(100) < chance;
  }
}
