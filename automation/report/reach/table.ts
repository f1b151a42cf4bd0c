/** All connections as a table for people. */
import type { MergedConnection } from "./merged.ts";
import { sideText } from "./party-pairs.ts";

/** Rows with a heading; `?` marks what hangs on something unknown. */
export function connectionRows(connections: readonly MergedConnection[]): string[][] {
  const rows = connections
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, addresses, ports, surely }) => [
      sideText(from, addresses),
      sideText(to, addresses),
      surely === undefined ? ports : `${ports} ? surely ${surely}`,
    ]);
  return [["from", "to", "ports"], ...rows];
}
