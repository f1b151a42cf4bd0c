/** A picture of the flows that change, as a Mermaid flowchart. */
import { changePorts, changeSides } from "../../report/reach/change-words.ts";
import type { ExplainedChange } from "../compare.ts";
import { label } from "./safe.ts";

/** More than this nobody reads; the list has all. */
const arrowsMax = 40;

/** The diagram's text without its fence; empty where nothing changes. */
export function mermaidOf(flows: readonly ExplainedChange[]): string {
  const shown = flows.slice(0, arrowsMax);
  if (shown.length === 0) return "";
  const names = [...new Set(shown.flatMap(changeSides))];
  const id = (name: string) => `n${names.indexOf(name)}`;
  const arrows = shown.map((change) => {
    const [from, to] = changeSides(change);
    const line = change.kind === "removed" ? "-.->" : change.violation ? "==>" : "-->";
    return `  ${id(from)} ${line}|"${label(`${change.kind} ${changePorts(change)}`)}"| ${id(to)}`;
  });
  return [
    "flowchart LR",
    ...names.map((name) => `  ${id(name)}["${label(name)}"]`),
    ...arrows,
  ].join("\n");
}
