/** Foreign text made harmless: names come from whoever wrote the change. */
import { cleanText } from "../../../model/policy/finding.ts";

/**
 * Text as a Markdown code span: nothing in it is a link, a mention, HTML or markup. The fence is
 * longer than any run of backticks inside (CommonMark 0.31, section 6.1).
 */
export function code(text: string): string {
  const clean = cleanText(text);
  if (clean.trim() === "") return "`(empty)`";
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = /^`|`$|^ .* $/.test(clean) ? " " : "";
  return `${fence}${room}${clean}${room}${fence}`;
}

/** Text inside of an XML element or attribute, without characters that XML 1.0 forbids. */
export function xml(text: string): string {
  return [...text]
    .filter((character) => !forbiddenInXml.test(character))
    .join("")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

/** XML 1.0, section 2.2: control characters other than tab and line ends, halves of pairs, two more. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be taken out
const forbiddenInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u;

/** Text as a label of a Mermaid diagram: all but plain characters as numbers. */
export function label(text: string): string {
  return [...cleanText(text)]
    .map((character) =>
      /[\p{L}\p{N} ./:_@-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
    )
    .join("");
}

/** The message of a GitHub workflow command (docs.github.com, "Workflow commands"). */
export function commandText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of such a command. */
export function commandProperty(text: string): string {
  return commandText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
