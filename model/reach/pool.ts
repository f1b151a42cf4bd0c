/**
 * Small arrays cut from large ones. Each array of its own would be memory outside V8's heap, whose
 * every few megabytes make it look through the whole heap, all rules included.
 */

const firstChunkBytes = 1 << 16;
const chunkBytesMax = 1 << 22;

export class Pool {
  #chunk = new ArrayBuffer(0);
  #next = 0;
  #chunkBytes = firstChunkBytes;

  /** Arrays of zeros. */
  int32(length: number): Int32Array {
    const offset = this.#take(length * 4);
    return new Int32Array(this.#chunk, offset, length);
  }

  uint16(length: number): Uint16Array {
    const offset = this.#take(length * 2);
    return new Uint16Array(this.#chunk, offset, length);
  }

  uint8(length: number): Uint8Array {
    const offset = this.#take(length);
    return new Uint8Array(this.#chunk, offset, length);
  }

  /** Where the next bytes are in the chunk, which may be a new one. */
  #take(bytes: number): number {
    if (this.#next + bytes > this.#chunk.byteLength) {
      this.#chunk = new ArrayBuffer(Math.max(bytes, this.#chunkBytes));
      this.#chunkBytes = Math.min(this.#chunkBytes * 2, chunkBytesMax);
      this.#next = 0;
    }
    const offset = this.#next;
    this.#next = (offset + bytes + 3) & ~3;
    return offset;
  }
}
