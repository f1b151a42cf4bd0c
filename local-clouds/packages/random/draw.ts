/** Drawing values from the operating system's randomness, without bias. */

import { randomInt } from "node:crypto";

/** One element. */
export function pick<T>(items: readonly T[]): T {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/** The items in random order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

/** A class of characters, and how many of it there must be. */
export interface CharacterClass {
  readonly characters: string;
  readonly countMin: number;
}

/** A text of the given length with at least the demanded count of each class. */
export function drawText(length: number, classes: readonly CharacterClass[]): string {
  const demanded = classes.flatMap(({ characters, countMin }) =>
    Array.from({ length: countMin }, () => pick([...characters])),
  );
  const all = classes.map(({ characters }) => characters).join("");
  if (demanded.length > length || all === "") throw new RangeError("no such text");
  const rest = Array.from({ length: length - demanded.length }, () => pick([...all]));
  return shuffled([...demanded, ...rest]).join("");
}
