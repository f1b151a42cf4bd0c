/** All connections as a graph in Graphviz' language. */
import type { MergedConnection } from "./merged.ts";
import { sideText } from "./party-pairs.ts";

/** The text of a digraph; dashed arrows hang on something unknown. */
export function connectionDot(connections: readonly MergedConnection[]): string {
  const edges = connections
    .filter(({ from, to }) => from !== to)
    .map((connection) => {
      const { from, to, addresses, ports, surely } = connection;
      const [source, destination] = [from, to].map((side) => quoted(sideText(side, addresses)));
      const style = surely === undefined ? "" : " style=dashed";
      return `  ${source} -> ${destination} [label=${quoted(ports)}${style}];`;
    });
  return ["digraph reach {", "  rankdir=LR;", "  node [shape=box];", ...edges, "}"].join("\n");
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
