/** `reach diff`: what changed between two states of a network. */

import { internetName } from "../../../../model/reach/compare.ts";
import type { NamedChange } from "../../../reach/changes.ts";
import { namedChanges } from "../../../reach/changes.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { outsideName, sideText } from "../../../report/reach/party-pairs.ts";
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
  const changes = namedChanges(before.topology, after.topology);
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

function shown(change: NamedChange, colour: boolean): string {
  const { kind, added, removed, addresses, reading } = change;
  const [from, to] = [change.from, change.to].map((side) =>
    side === internetName ? outsideText(addresses) : side,
  );
  const ports = [added === "nothing" ? "" : `+${added}`, removed === "nothing" ? "" : `-${removed}`]
    .filter((text) => text !== "")
    .join(" ");
  const plain = kind === "changed" ? ports : ports.slice(1);
  const surely = reading === "surely" ? "surely " : "";
  return `${paint(colour, colours[kind], marks[kind])} ${from} => ${to} : ${surely}${plain}`;
}

/** Everything outside, or its ranges as far as a line takes them. */
function outsideText(addresses: readonly string[]): string {
  const whole = addresses.includes("0.0.0.0/0") || addresses.length === 0;
  return whole ? internetName : sideText(outsideName, addresses);
}
