/** `reach diff`: what changed between two states of a network. */
import type { FlowChange } from "../../../reach/changes.ts";
import { flowChanges } from "../../../reach/changes.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { sideText } from "../../../report/reach/party-pairs.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, paint } from "../../output.ts";
import { noteAll, writeLines } from "./voice.ts";

/** Compares the networks at two places; changes end with 1 only where none are expected. */
export async function diffReach(
  context: Context,
  request: {
    readonly read: ReadSource;
    readonly before: string;
    readonly after: string;
    readonly json: boolean;
    readonly expectNoChanges: boolean;
  },
): Promise<ExitCode> {
  const before = await request.read(request.before);
  const after = await request.read(request.after);
  noteAll(context, before.topology, before.notes);
  noteAll(context, after.topology, after.notes);
  const changes = flowChanges(before.topology, after.topology);
  const unknowns = [...before.topology.unknowns, ...after.topology.unknowns];
  const { output } = context;
  if (request.json) output.result(JSON.stringify({ changes, unknowns }, null, 2));
  else
    writeLines(
      output,
      changes.map((change) => shown(change, output.colour)),
    );
  const counts = (["added", "removed", "changed"] as const).map(
    (kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`,
  );
  output.note(`${counted(changes.length, "flow")}: ${counts.join(", ")}`);
  const quiet = changes.length === 0 && unknowns.length === 0;
  return request.expectNoChanges && !quiet ? exitCodes.findings : exitCodes.done;
}

const marks = { added: "+", removed: "-", changed: "~" } as const;
const colours = { added: "green", removed: "red", changed: "yellow" } as const;

function shown(change: FlowChange, colour: boolean): string {
  const { kind, before, after, addresses } = change;
  const [from, to] = [change.from, change.to].map((side) => sideText(side, addresses));
  const ports = kind === "changed" ? `${before} -> ${after}` : kind === "added" ? after : before;
  return `${paint(colour, colours[kind], marks[kind])} ${from} => ${to} : ${ports}`;
}
