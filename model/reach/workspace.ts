/** Arrays that are used again and again: to make new ones would cost more than what is done in them. */
export class Workspace {
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
}
