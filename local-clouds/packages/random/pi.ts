/** The digits of π from which Blowfish takes its first subkeys and boxes. */

/** Bits kept beyond those asked for, against rounding. */
const guardBits = 64n;

/** The first `count` 32-bit words of the fraction of π. */
export function piWords(count: number): Uint32Array<ArrayBuffer> {
  const bits = BigInt(count) * 32n;
  const one = 1n << (bits + guardBits);
  // Machin: π = 16 arctan(1/5) − 4 arctan(1/239)
  const pi = 16n * arctanOfInverse(5n, one) - 4n * arctanOfInverse(239n, one);
  const hex = ((pi - 3n * one) >> guardBits).toString(16).padStart(count * 8, "0");
  return Uint32Array.from({ length: count }, (_, i) =>
    Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16),
  );
}

function arctanOfInverse(x: bigint, one: bigint): bigint {
  let power = one / x;
  let sum = power;
  for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / n;
  }
  return sum;
}
