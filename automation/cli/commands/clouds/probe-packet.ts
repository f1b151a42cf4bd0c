/** `clouds probe packet`: one packet through the deployed world. */
import { ask } from "../../../clouds/control.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { paint } from "../../output.ts";
import { withClouds } from "./with-clouds.ts";

/** How the packet is. */
export interface PacketOptions {
  readonly protocol: string;
  readonly port?: number;
  readonly sourcePort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly family?: number;
  readonly json: boolean;
}

interface Step {
  readonly stage: string;
  readonly at: string;
  readonly outcome: "passes" | "drops" | "cannot tell";
  readonly rule: string;
  readonly document: string;
}

interface Answer {
  readonly packet: string;
  readonly verdict: "arrives" | "dropped" | "cannot tell";
  readonly stage: string;
  readonly rule: string;
  readonly steps: readonly Step[];
}

/** Done if it arrives, findings if it does not or nobody can tell, wrong use if the question means nothing. */
export async function probePacketCommand(
  context: Context,
  request: PacketOptions & { readonly from: string; readonly to: string },
): Promise<ExitCode> {
  const { json, ...question } = request;
  try {
    const answer = (await withClouds(context, (descriptor) =>
      ask(descriptor, "POST", "/probe/packet", question),
    )) as unknown as Answer;
    if (json) context.output.result(JSON.stringify(answer, null, 2));
    else context.output.result(shown(answer, context.output.colour));
    return answer.verdict === "arrives" ? exitCodes.done : exitCodes.findings;
  } catch (error) {
    if (!(error instanceof ToldError) || error.environment) throw error;
    context.output.note(`✗ ${error.message}`);
    return exitCodes.wrongUse;
  }
}

const marks = { passes: "✓", drops: "✗", "cannot tell": "?" } as const;
const colours = { passes: "green", drops: "red", "cannot tell": "yellow" } as const;

function shown(answer: Answer, colour: boolean): string {
  const steps = answer.steps.flatMap(({ outcome, stage, at, rule, document }) => [
    `${paint(colour, colours[outcome], marks[outcome])} ${stage}: ${rule}`,
    paint(colour, "dim", `    ${at} (${document})`),
  ]);
  return [answer.packet, ...steps, verdictOf(answer)].join("\n");
}

function verdictOf({ verdict, stage, rule }: Answer): string {
  if (verdict === "arrives") return "arrives";
  return verdict === "dropped" ? `dropped at ${stage} by ${rule}` : `cannot tell: ${rule}`;
}
