/** What is kept of a scanner's check. */
export interface Check {
  readonly id: string;
  /** For what the scanner has it: languages, clouds, or the rule that several packs share. */
  readonly of: readonly string[];
  /** Resource types, kinds or services that it reads, as far as its own text names them. */
  readonly on: readonly string[];
}

/** One line a check, in the order of ids; checks of one id become one. */
export function listText(checks: readonly Check[]): string {
  const lines = [...Map.groupBy(checks, ({ id }) => id)]
    .sort(([a], [b]) => byId.compare(a, b))
    .map(([id, same]) => {
      const of = joined(same.flatMap((check) => check.of));
      const on = joined(same.flatMap((check) => check.on));
      return `${[id, of, on].join("\t").trimEnd()}\n`;
    });
  return lines.join("");
}

/** CKV_AWS_9 stands before CKV_AWS_10. */
const byId = new Intl.Collator("en", { numeric: true });

function joined(words: readonly string[]): string {
  return [...new Set(words)].sort().join(" ");
}
