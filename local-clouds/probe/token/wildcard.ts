/** Wildcards as AWS and Entra document them: `*` for any characters, none included, `?` for exactly one (IAM user guide, "String condition operators"; Entra, "Flexible federated identity credentials"). */

/** A pattern taken apart: characters that stand for themselves, and wildcards. */
export type Pattern = readonly { readonly char: string; readonly wild: boolean }[];

/** A pattern as it is written: every `*` and `?` is a wildcard. */
export function patternOf(text: string): Pattern {
  return [...text].map((char) => ({ char, wild: char === "*" || char === "?" }));
}

/** The text of a pattern in which nothing is a wildcard. */
export function literalOf(pattern: Pattern): string {
  return pattern.map(({ char }) => char).join("");
}

/** Whether a pattern covers the whole of a text. Takes time in proportion to both lengths. */
export function wildcardMatches(pattern: Pattern, text: string): boolean {
  const chars = [...text];
  let [at, here] = [0, 0];
  // Where the last star stood, and how far the text was then.
  let star: { readonly at: number; here: number } | undefined;
  while (here < chars.length) {
    const part = pattern[at];
    if (part?.wild === true && part.char === "*") {
      star = { at, here };
      at++;
    } else if (part !== undefined && (part.wild || part.char === chars[here])) {
      at++;
      here++;
    } else if (star !== undefined) {
      star.here++;
      here = star.here;
      at = star.at + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((part) => part.wild && part.char === "*");
}
