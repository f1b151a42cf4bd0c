/**
 * AWS's wildcards: `*` is any run of characters, `?` exactly one; `${*}`, `${?}` and `${$}` are the
 * characters themselves (IAM guide, "IAM policy elements: variables and tags").
 */

export type PatternPart = "any" | "one" | { readonly literal: string };

/** Splits a pattern; undefined if it contains a policy variable, whose value no token tells. */
export function parsePattern(pattern: string): readonly PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  for (const piece of pattern.split(/(\$\{[^}]*\}|\*|\?)/)) {
    if (piece === "") continue;
    if (piece === "*") parts.push("any");
    else if (piece === "?") parts.push("one");
    else if (/^\$\{[*?$]\}$/.test(piece)) parts.push({ literal: piece.slice(2, 3) });
    else if (piece.startsWith("${")) return undefined;
    else parts.push({ literal: piece });
  }
  return parts;
}

/** The only word a pattern stands for; undefined if it has a wildcard. */
export function literalOf(parts: readonly PatternPart[]): string | undefined {
  let word = "";
  for (const part of parts) {
    if (typeof part === "string") return undefined;
    word += part.literal;
  }
  return word;
}

/** Whether the whole text is matched. */
export function matchesPattern(parts: readonly PatternPart[], text: string): boolean {
  // Positions of the text reachable after each part; linear in parts × text, never exponential.
  let reachable = new Set([0]);
  for (const part of parts) reachable = step(part, text, reachable);
  return reachable.has(text.length);
}

function step(part: PatternPart, text: string, from: ReadonlySet<number>): Set<number> {
  if (part === "any") {
    const first = from.size === 0 ? text.length + 1 : Math.min(...from);
    return new Set(Array.from({ length: text.length - first + 1 }, (_, i) => first + i));
  }
  const next = new Set<number>();
  for (const at of from) {
    if (part === "one") {
      if (at < text.length) next.add(at + 1);
    } else if (text.startsWith(part.literal, at)) next.add(at + part.literal.length);
  }
  return next;
}
