/** `reach lint`: what is wrong with a network and no single packet shows. */

import { originText } from "../../../../model/policy/gap.ts";
import type { BlackHole } from "../../../../model/reach/path-mtu.ts";
import { blackHoles } from "../../../../model/reach/path-mtu.ts";
import type { IdleEntry } from "../../../reach/idle.ts";
import { idleEntries } from "../../../reach/idle.ts";
import type { ReadSource } from "../../../reach/source.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted } from "../../output.ts";
import { noteAll, writeLines } from "./voice.ts";

/** Findings end with 1. */
export async function lintReach(
  context: Context,
  request: { readonly read: ReadSource; readonly place: string; readonly json: boolean },
): Promise<ExitCode> {
  const { topology, notes, plan } = await request.read(request.place);
  noteAll(context, topology, request.json ? [] : notes);
  const idle = idleEntries(topology, plan);
  const holes = blackHoles(topology).map(holeText);
  const { output } = context;
  if (request.json) output.result(JSON.stringify({ idle, holes, notes }, null, 2));
  else writeLines(output, [...idle.map(idleText), ...holes]);
  const count = idle.length + holes.length + notes.length;
  output.note(`${counted(count, "finding")} in ${request.place}`);
  return count > 0 ? exitCodes.findings : exitCodes.done;
}

const sayings: Readonly<Record<IdleEntry["why"], string>> = {
  nobody: "matches no packet",
  shadowed: "never decides, as these decide before it",
  unreached: "never decides, as earlier tiers decide before it",
  redundant: "has no effect on reachability, as these do the same",
};

function idleText({ rule, plane, why, by }: IdleEntry): string {
  const others = by.length === 0 ? "" : `: ${by.join(", ")}`;
  return `idle rule   ${originText(rule)} (${plane}) ${sayings[why]}${others}`;
}

function holeText({ stage, family, endpoints }: BlackHole): string {
  const names = endpoints.map(({ name }) => name).join(", ");
  const message = family === 4 ? "ICMP type 3 code 4" : "ICMPv6 type 2 code 0";
  const rules = stage.tiers.flatMap((tier) => tier.rules);
  const urns = new Set(rules.map(({ origin }) => originText({ urn: origin.urn, path: "" })));
  return `black hole  ${[...urns].join(", ")} (${stage.plane}) drops ${message} to ${names}: connections stall where a packet is too big on its way`;
}
