import { Pool } from "./pool.ts";

/** Arrays that are used again and again: to make new ones would cost more than what is done in them. */
export class Workspace {
  /** For what is kept. */
  readonly pool = new Pool();
  #borders = new Uint8Array(0);
  readonly #arrays = new Map<string, Int32Array>();

  /** An array of the size with anything in it, good until the name is taken again. */
  take(name: "pieces" | "open" | "even" | "odd", size: number): Int32Array {
    let array = this.#arrays.get(name);
    if (array === undefined || array.length < size) {
      array = new Int32Array(size * 2);
      this.#arrays.set(name, array);
    }
    return array.subarray(0, size);
  }

  /** Zeros, one for each border of `count` ends, good until the next call. */
  bordersOf(count: number): Uint8Array {
    if (this.#borders.length < count + 1) this.#borders = new Uint8Array(count + 1);
    return this.#borders.fill(0);
  }
}
