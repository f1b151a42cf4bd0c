/** `reach diff`: what changed between two states of a network. */

import { namedChanges } from "../../../reach/changes.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { flowChangeText } from "../../change-text.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted } from "../../output.ts";
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
  const changes = namedChanges(before.topology, after.topology);
  const unknowns = [...before.topology.unknowns, ...after.topology.unknowns];
  const { output } = context;
  if (request.json) output.result(JSON.stringify({ changes, unknowns }, null, 2));
  else
    writeLines(
      output,
      changes.map((change) => flowChangeText(change, output.colour)),
    );
  const counts = (["added", "removed", "changed"] as const).map(
    (kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`,
  );
  output.note(`${counted(changes.length, "flow")}: ${counts.join(", ")}`);
  const quiet = changes.length === 0 && unknowns.length === 0;
  return request.expectNoChanges && !quiet ? exitCodes.findings : exitCodes.done;
}
