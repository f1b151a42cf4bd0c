/** Quantities: `500m`, `1.5Gi`, `1e3` (kubernetes/apimachinery, `pkg/api/resource`). */

/** How the server refuses what is none. */
export const quantityForm =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

const form = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(|[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)$/;

const decimal = "numkMGTPE";
const powers: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** Whether a text is a quantity. */
export function isQuantity(text: string): boolean {
  return form.test(text);
}

/** The quantity as a number, good to 15 digits; `undefined` if it is none. */
export function quantityOf(text: string | number): number | undefined {
  const [, sign, digits, suffix = ""] = form.exec(String(text)) ?? [];
  if (digits === undefined) return undefined;
  const amount = Number(digits) * (sign === "-" ? -1 : 1);
  if (suffix === "") return amount;
  const bits = binary[suffix];
  if (bits !== undefined) return amount * 2 ** bits;
  if (suffix.length === 1 && decimal.includes(suffix)) return amount * 10 ** (powers[suffix] ?? 0);
  return Number(`${digits}${suffix}`) * (sign === "-" ? -1 : 1);
}
