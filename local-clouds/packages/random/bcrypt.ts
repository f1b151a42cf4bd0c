/** bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999), version `2a`. */

import { randomBytes } from "node:crypto";
import { piWords } from "./pi.ts";

/** Cost that the random provider uses (Go's `bcrypt.DefaultCost`). */
const usualCost = 10;
const saltBytes = 16;
/** bcrypt takes no more of a password. */
const passwordBytesMax = 72;
const subkeyWords = 18;
const boxWords = 256;
const alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The first state of the cipher, made once when it is first needed. */
let initial: Uint32Array<ArrayBuffer> | undefined;

/** The hash of a password under a fresh salt: `$2a$10$SALT…HASH`. */
export function bcrypt(password: string): string {
  return bcryptWith(password, randomBytes(saltBytes), usualCost);
}

/** The hash of a password under a given salt of 16 bytes and a cost (base-2 logarithm of the rounds). */
export function bcryptWith(password: string, salt: Uint8Array, cost: number): string {
  const key = Buffer.concat([Buffer.from(password), Buffer.from([0])]).subarray(
    0,
    passwordBytesMax,
  );
  const cipher = new Cipher();
  cipher.expand(key, salt);
  const none = new Uint8Array(saltBytes);
  for (let round = 0; round < 2 ** cost; round++) {
    cipher.expand(key, none);
    cipher.expand(salt, none);
  }
  const text = words(Buffer.from("OrpheanBeholderScryDoubt"));
  for (let i = 0; i < 64; i++) for (let at = 0; at < text.length; at += 2) cipher.encrypt(text, at);
  const hash = Buffer.alloc(text.length * 4);
  for (const [i, word] of text.entries()) hash.writeUInt32BE(word >>> 0, i * 4);
  // The last byte of the hash is left out, as in the first implementation.
  return `$2a$${String(cost).padStart(2, "0")}$${encoded(salt)}${encoded(hash.subarray(0, 23))}`;
}

/** Blowfish with bcrypt's key schedule. */
class Cipher {
  /** 18 subkeys, then four boxes of 256 words. */
  private readonly state: Uint32Array;

  constructor() {
    initial ??= piWords(subkeyWords + 4 * boxWords);
    this.state = initial.slice();
  }

  /** Mixes a key and a salt into the whole state. */
  expand(key: Uint8Array, salt: Uint8Array): void {
    const { state } = this;
    for (let i = 0; i < subkeyWords; i++) state[i] = (state[i] ?? 0) ^ cyclicWord(key, i);
    const saltWords = words(salt);
    const block = new Uint32Array(2);
    for (let at = 0, s = 0; at < state.length; at += 2, s += 2) {
      block[0] = (block[0] ?? 0) ^ (saltWords[s % saltWords.length] ?? 0);
      block[1] = (block[1] ?? 0) ^ (saltWords[(s + 1) % saltWords.length] ?? 0);
      this.encrypt(block, 0);
      state[at] = block[0] ?? 0;
      state[at + 1] = block[1] ?? 0;
    }
  }

  /** Encrypts two words in place. */
  encrypt(data: Uint32Array, at: number): void {
    const { state } = this;
    let left = data[at] ?? 0;
    let right = data[at + 1] ?? 0;
    for (let i = 0; i < 16; i += 2) {
      left ^= state[i] ?? 0;
      right ^= this.mix(left);
      right ^= state[i + 1] ?? 0;
      left ^= this.mix(right);
    }
    data[at] = right ^ (state[17] ?? 0);
    data[at + 1] = left ^ (state[16] ?? 0);
  }

  private mix(word: number): number {
    const { state } = this;
    const a = state[subkeyWords + (word >>> 24)] ?? 0;
    const b = state[subkeyWords + boxWords + ((word >>> 16) & 0xff)] ?? 0;
    const c = state[subkeyWords + 2 * boxWords + ((word >>> 8) & 0xff)] ?? 0;
    const d = state[subkeyWords + 3 * boxWords + (word & 0xff)] ?? 0;
    return (((a + b) ^ c) + d) | 0;
  }
}

/** The i-th 32-bit word of a key repeated without end. */
function cyclicWord(key: Uint8Array, index: number): number {
  let word = 0;
  for (let i = 0; i < 4; i++) word = (word << 8) | (key[(index * 4 + i) % key.length] ?? 0);
  return word;
}

function words(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getUint32(i * 4));
}

/** bcrypt's own base 64: another alphabet, no padding. */
function encoded(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const count = Math.min(3, bytes.length - i) + 1;
    for (let k = 0; k < count; k++) out += alphabet[(group >>> (18 - 6 * k)) & 63];
  }
  return out;
}
