/** `reach`: all connections of a network. */
import { ProblemError } from "../../../../model/base/problem.ts";
import { computeReach, type Reach } from "../../../../model/reach/reach.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { reachDocument } from "../../../report/reach/document.ts";
import { connectionDot } from "../../../report/reach/dot.ts";
import { connectionLines, networkLines } from "../../../report/reach/lines.ts";
import { connectionMatrix, namesMax } from "../../../report/reach/matrix.ts";
import { mergedConnections } from "../../../report/reach/merged.ts";
import { connectionRows } from "../../../report/reach/table.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, table } from "../../output.ts";
import { noteAll, writeLines } from "./voice.ts";

/** Formats of all connections. */
export type Format = "lines" | "table" | "json" | "dot" | "svg";

/** Prints all connections of the network at a place. */
export async function listReach(
  context: Context,
  request: { readonly read: ReadSource; readonly place: string; readonly format: Format },
): Promise<ExitCode> {
  const { topology, notes } = await request.read(request.place);
  noteAll(context, topology, notes);
  const reach = computeReach(topology);
  if (request.format === "json") {
    const document = reachDocument(topology, mergedConnections(reach), notes);
    context.output.result(JSON.stringify(document, null, 2));
  } else {
    writeLines(context.output, textLines(reach, request.format));
  }
  context.output.note(`${counted(topology.endpoints.length, "endpoint")} in ${request.place}`);
  return exitCodes.done;
}

function textLines(reach: Reach, format: Exclude<Format, "json">): readonly string[] {
  if (format === "lines") return [...connectionLines(reach), ...networkLines(reach)];
  const connections = mergedConnections(reach);
  if (format === "dot") return [connectionDot(connections)];
  if (format === "table") return table(connectionRows(connections)).split("\n");
  const names = new Set(connections.flatMap(({ from, to }) => [from, to]));
  if (names.size > namesMax) {
    throw new ProblemError([
      {
        code: "input-too-large",
        place: "--output svg",
        got: `${names.size} names`,
        allowed: `at most ${namesMax}`,
        next: "Choose another format, or give a directory with fewer workloads.",
      },
    ]);
  }
  return [connectionMatrix(connections)];
}
