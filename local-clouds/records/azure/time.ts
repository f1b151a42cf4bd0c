/** Times as Azure's logs write them: UTC, with seven digits of a second (the samples of each schema). */

/** With `Z` at its end. */
export function ticksText(at: Date): string {
  return at.toISOString().replace(/Z$/, "0000Z");
}

/** With the offset written out, as the properties of the directory's logs have it. */
export function offsetText(at: Date): string {
  return at.toISOString().replace(/Z$/, "0000+00:00");
}
