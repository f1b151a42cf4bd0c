/** How the commands of `reach` speak. */
import type { Topology } from "../../../../model/network/topology.ts";
import type { Context } from "../../context.ts";
import { counted, type Output, paint } from "../../output.ts";

/** Lines written at once: one text of all would be too long for a large network. */
const linesAtOnce = 10_000;

/** Writes lines as a result, however many they are; nothing where there are none. */
export function writeLines(output: Output, lines: readonly string[]): void {
  for (let start = 0; start < lines.length; start += linesAtOnce) {
    output.result(lines.slice(start, start + linesAtOnce).join("\n"));
  }
}

/** Tells what a person must know besides the result. */
export function noteAll(
  { output }: Context,
  { unknowns }: Topology,
  notes: readonly string[],
): void {
  for (const note of notes) output.note(`${paint(output.colour, "yellow", "!")} ${note}`);
  if (unknowns.length === 0) return;
  const what = counted(unknowns.length, "input");
  output.note(`? ${what} could not be read; what follows may lack or have too much because of it`);
}
