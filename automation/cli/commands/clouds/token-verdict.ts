/** A verdict on a token as a person reads it. */
import { paint } from "../../output.ts";

/** What the control door says of one target. */
export interface TokenVerdict {
  readonly cloud: string;
  readonly kind: string;
  readonly id: string;
  readonly outcome: "becomes" | "refused" | "unclear";
  readonly as?: string;
  readonly reason: {
    readonly stage: string;
    readonly rule: string;
    readonly got: string;
    readonly wanted: string;
    readonly source: string;
  };
  readonly holds: readonly string[];
  readonly next?: readonly TokenVerdict[];
}

const words = { becomes: "becomes", refused: "refused", unclear: "cannot tell" } as const;
const colours = { becomes: "green", refused: "red", unclear: "yellow" } as const;

/** Several lines: the outcome, what decided, what is held, and what comes next, further in. */
export function verdictText(verdict: TokenVerdict, colour: boolean, indent = ""): string {
  const { outcome, as, cloud, kind, id, reason, holds, next = [] } = verdict;
  const word = paint(colour, colours[outcome], words[outcome].padEnd(11));
  const place = `${indent}            `;
  return [
    `${indent}${word} ${cloud} ${kind} ${plain(id)}`,
    ...(as === undefined || as === id ? [] : [`${place}as ${plain(as)}`]),
    `${place}${reason.stage}: ${plain(reason.rule)}`,
    ...(reason.got === "" ? [] : [`${place}got ${plain(reason.got)}`]),
    ...(outcome === "becomes" || reason.wanted === ""
      ? []
      : [`${place}wanted ${plain(reason.wanted)}`]),
    `${place}${paint(colour, "dim", reason.source)}`,
    ...holds.map((line) => `${place}holds ${plain(line)}`),
    ...next.map((further) => verdictText(further, colour, `${indent}    `)),
  ].join("\n");
}

/** A text of a token or the world without what a terminal would obey. */
function plain(text: string): string {
  return [...text].map((char) => (char < " " || char === "\u007f" ? "\ufffd" : char)).join("");
}
