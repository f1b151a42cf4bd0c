/** The words of an expression (Common Expression Language specification, "Syntax"). */

import { NotInSubset } from "./syntax.ts";

/** A word. */
export type Token =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly value: string }
  | { readonly kind: "sign"; readonly value: string };

const forms: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /^(?:\s+|\/\/[^\n]*)/],
  ["text", /^r?'(?:[^'\\\n]|\\.)*'/],
  ["text", /^r?"(?:[^"\\\n]|\\.)*"/],
  ["number", /^\d+(?:\.\d+)?/],
  ["name", /^[A-Za-z_][A-Za-z0-9_]*/],
  ["sign", /^(?:&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()[\]{}])/],
];

/** Splits an expression; throws {@link NotInSubset} at what it does not know. */
export function tokensOf(text: string): readonly Token[] {
  const out: Token[] = [];
  let rest = text;
  while (rest !== "") {
    const [kind, word] = wordOf(rest);
    if (kind === "text") out.push({ kind, value: unquoted(word) });
    else if (kind === "number") out.push({ kind, value: Number(word) });
    else if (kind !== "space") out.push({ kind, value: word });
    rest = rest.slice(word.length);
  }
  return out;
}

function wordOf(rest: string): readonly [Token["kind"] | "space", string] {
  for (const [kind, form] of forms) {
    const found = form.exec(rest);
    if (found !== null) return [kind, found[0]];
  }
  throw new NotInSubset(`at ${JSON.stringify(rest.slice(0, 20))}`);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function unquoted(word: string): string {
  if (word.startsWith("r")) return word.slice(2, -1);
  return word.slice(1, -1).replace(/\\(.)/g, (_, char: string) => {
    if (/[A-Za-z0-9]/.test(char) && !(char in escapes)) throw new NotInSubset(`escape \\${char}`);
    return escapes[char] ?? char;
  });
}
