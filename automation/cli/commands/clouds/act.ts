/** `clouds act`: an API action in the deployed world, as somebody. */
import { readFileSync } from "node:fs";
import { ask } from "../../../clouds/control.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { paint } from "../../output.ts";
import { withClouds } from "./with-clouds.ts";

/** What may be said on the command line. */
export interface ActOptions {
  readonly as: string;
  readonly to?: string;
  readonly with?: string;
  readonly context: readonly string[];
  readonly json: boolean;
}

/** What the control door answers. */
interface Answer {
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: "allowed" | "denied" | "failed" | "cannot tell";
  readonly reason: Readonly<Record<"stage" | "rule" | "got" | "wanted" | "source", string>>;
  readonly result: Readonly<Record<string, unknown>>;
  readonly records: readonly string[];
}

/** File descriptor of standard input. */
const standardInput = 0;

/** Takes an action. Ends well when it was allowed and done. */
export async function actCommand(
  context: Context,
  words: readonly string[],
  options: ActOptions,
): Promise<ExitCode> {
  const body = bodyOf(words, options);
  if (typeof body === "string") {
    context.output.note(body);
    return exitCodes.wrongUse;
  }
  try {
    const answer = await withClouds(context, (clouds) => ask(clouds, "POST", "/act", body));
    return shown(context, options, answer as unknown as Answer);
  } catch (error) {
    // What the door does not take is what was typed.
    if (!(error instanceof ToldError) || error.environment) throw error;
    context.output.note(error.message);
    return exitCodes.wrongUse;
  }
}

/** The request for the door, or what is wrong with the words. Kubernetes' actions are two words. */
function bodyOf(
  words: readonly string[],
  options: ActOptions,
): Readonly<Record<string, unknown>> | string {
  const [resource = "", ...action] = [...words].reverse();
  if (action.length === 0) return "Give an action and a resource; * where there is none.";
  const given = objectOf(options.with ?? "{}");
  if (given === undefined) return `--with ${String(options.with)}: write a JSON object`;
  const facts: Record<string, string> = {};
  for (const pair of options.context) {
    const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) return `--context ${pair}: write name=value`;
    facts[name] = value;
  }
  const as = options.as === "-" ? readFileSync(standardInput, "utf8").trim() : options.as;
  const to = options.to ?? "";
  return { as, to, action: action.reverse().join(" "), resource, with: given, context: facts };
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const colours = {
  allowed: "green",
  denied: "red",
  failed: "red",
  "cannot tell": "yellow",
} as const;

function shown({ output }: Context, options: ActOptions, answer: Answer): ExitCode {
  if (options.json) output.result(JSON.stringify(answer, null, 2));
  else output.result(linesOf(answer, output.colour).join("\n            "));
  return answer.outcome === "allowed" ? exitCodes.done : exitCodes.findings;
}

function linesOf(answer: Answer, colour: boolean): readonly string[] {
  const { outcome, as, action, resource, reason, result, records } = answer;
  const isDone = outcome === "allowed";
  return [
    `${paint(colour, colours[outcome], outcome.padEnd(11))} ${plain(`${action} on ${resource}`)}`,
    plain(`as ${as}`),
    plain(`${reason.stage}: ${reason.rule}`),
    ...(reason.got === "" ? [] : [plain(`got ${reason.got}`)]),
    ...(isDone || reason.wanted === "" ? [] : [plain(`wanted ${reason.wanted}`)]),
    paint(colour, "dim", plain(reason.source)),
    ...(Object.keys(result).length === 0 ? [] : [plain(`result ${JSON.stringify(result)}`)]),
    ...records.map((place) => plain(`recorded in ${place}`)),
  ];
}

/** A text of the world without what a terminal would obey. */
function plain(text: string): string {
  return [...text].map((char) => (char < " " || char === "\u007f" ? "\ufffd" : char)).join("");
}
