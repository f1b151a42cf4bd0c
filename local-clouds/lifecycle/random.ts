/** Pseudo-random text that follows from a seed: the same resource always gets the same ids. */

import { createHash } from "node:crypto";

/** Upper-case letters and digits, as AWS's unique ids use. */
export const upperAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** `count` bytes that follow from seed and label (SHA-256 in counter mode). */
function bytesOf(seed: string, label: string, count: number): Buffer {
  const blocks: Buffer[] = [];
  for (let i = 0; i * 32 < count; i++) {
    blocks.push(createHash("sha256").update(`${seed}\n${label}\n${i}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, count);
}

/** `count` lower-case hex characters. */
export function hexOf(seed: string, label: string, count: number): string {
  return bytesOf(seed, label, Math.ceil(count / 2))
    .toString("hex")
    .slice(0, count);
}

/** `count` characters of an alphabet. */
export function charactersOf(seed: string, label: string, count: number, alphabet: string): string {
  // Two bytes a character keep the bias below 0.1 %: these are names, not keys.
  const bytes = bytesOf(seed, label, count * 2);
  let out = "";
  for (let i = 0; i < count; i++) out += alphabet[bytes.readUInt16BE(i * 2) % alphabet.length];
  return out;
}

/** `count` decimal digits, the first not 0. */
export function digitsOf(seed: string, label: string, count: number): string {
  return (
    charactersOf(seed, `${label}#1`, 1, "123456789") +
    charactersOf(seed, label, count - 1, "0123456789")
  );
}

/** A UUID, version 4 in form. */
export function uuidOf(seed: string, label: string): string {
  const bytes = bytesOf(seed, label, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
