/** Parts of pages in GitHub's Markdown. */

/** Words as they are, whatever stands in them (GFM 0.29, section 6.1; `$` begins GitHub's formulas). */
export function text(words: string): string {
  return words
    .replace(/[\\`*<>|[\]~&$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A page of blocks, with a word to whoever would change it by hand. */
export function page(title: string, blocks: readonly string[]): string {
  const note =
    "<!-- Written by node tools/rule-pages/generate.ts: change the rules, not this page. -->";
  return `${[note, `# ${title}`, ...blocks].join("\n\n")}\n`;
}

/** A rule's section, as a link from another page of the folder. */
export function ruleLink(id: string, domain: string | undefined): string {
  return domain === undefined ? id : `[${id}](${domain}.md#${id.toLowerCase()})`;
}
