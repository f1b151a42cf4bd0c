/** The committed table of findings: what the rules say about the programs, and who is right. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Found, foundIn, keyOf } from "./found.ts";
import { programs } from "./registered.ts";

export const verdicts = ["true", "wrong"] as const;

/** A line of `findings.tsv`. */
export interface Judged extends Omit<Found, "witness"> {
  /** `true`: a fault of what the page advises. `wrong`: a false alarm, or not worth a minute. */
  readonly verdict: string;
  /** One sentence. */
  readonly reason: string;
}

const columns = ["program", "rule", "resource", "path", "verdict", "reason"];

/** The lines of the table, in its order. */
export function judgedFindings(): readonly Judged[] {
  const text = readFileSync(join(import.meta.dirname, "findings.tsv"), "utf8");
  const [head, ...lines] = text.trimEnd().split("\n");
  if (head !== columns.join("\t")) throw new Error(`findings.tsv begins with ${head}`);
  return lines.map((line) => {
    const [program = "", rule = "", resource = "", path = "", verdict = "", reason = ""] =
      line.split("\t");
    return { program, rule, resource, path, verdict, reason };
  });
}

/** What the rules find now in all programs, in the table's order. */
export async function allFound(moment: "preview" | "update" = "update"): Promise<Found[]> {
  const found: Found[] = [];
  // One after the other: a run of a program has the SDK's runtime to itself.
  for (const program of programs) found.push(...(await foundIn(program, moment)));
  return found;
}

/** The table for what is found now; `?` where a line has no verdict yet. */
export function tableOf(found: readonly Found[], judged: readonly Judged[]): string {
  const left = [...judged];
  const lines = found.map((one) => {
    const index = left.findIndex((line) => keyOf(line) === keyOf(one));
    const [line] = index < 0 ? [] : left.splice(index, 1);
    return [keyOf(one), line?.verdict ?? "?", line?.reason ?? `(${one.witness})`].join("\t");
  });
  return `${[columns.join("\t"), ...lines].join("\n")}\n`;
}
