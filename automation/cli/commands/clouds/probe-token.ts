/** `clouds probe token`: what a token becomes in the deployed world, and why not the rest. */
import { readFileSync } from "node:fs";
import { ask } from "../../../clouds/control.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { type TokenVerdict, verdictText } from "./token-verdict.ts";
import { withClouds } from "./with-clouds.ts";

/** What may be said on the command line. */
export interface TokenOptions {
  readonly issuer?: string;
  readonly claim: readonly string[];
  readonly audience: readonly string[];
  readonly algorithm?: string;
  readonly expired: boolean;
  readonly notYetValid: boolean;
  readonly token?: string;
  readonly context: readonly string[];
  readonly to: readonly string[];
  readonly follow: boolean;
  readonly mint: boolean;
  readonly keys: boolean;
  readonly json: boolean;
}

/** File descriptor of standard input. */
const standardInput = 0;

/** Presents a token. Ends well when it becomes at least one thing. */
export async function probeTokenCommand(
  context: Context,
  options: TokenOptions,
): Promise<ExitCode> {
  const body = bodyOf(options);
  if (typeof body === "string") {
    context.output.note(body);
    return exitCodes.wrongUse;
  }
  const path = options.mint
    ? "/probe/token/mint"
    : options.keys
      ? "/probe/token/keys"
      : "/probe/token";
  try {
    const answer = await withClouds(context, (clouds) => ask(clouds, "POST", path, body));
    return shown(context, options, answer);
  } catch (error) {
    // What the door does not take is what was typed.
    if (!(error instanceof ToldError) || error.environment) throw error;
    context.output.note(error.message);
    return exitCodes.wrongUse;
  }
}

/** The request for the door, or what is wrong with the options. */
function bodyOf(options: TokenOptions): Readonly<Record<string, unknown>> | string {
  const { issuer, audience, algorithm, expired, notYetValid, to, follow } = options;
  const problem = clashOf(options);
  if (problem !== undefined) return problem;
  const claims = pairsOf(options.claim, "--claim");
  const facts = pairsOf(options.context, "--context");
  if (typeof claims === "string") return claims;
  if (typeof facts === "string") return facts;
  return {
    ...(issuer === undefined ? { token: tokenOf(options.token ?? "") } : { issuer, claims }),
    ...(audience.length === 0 ? {} : { audience }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(to.length === 0 ? {} : { to }),
    context: facts,
    expired,
    notYetValid,
    follow,
  };
}

/** Options that do not go together. */
function clashOf(options: TokenOptions): string | undefined {
  const { issuer, token, claim, audience, algorithm, expired, notYetValid } = options;
  if ((issuer === undefined) === (token === undefined)) {
    return "Give --issuer to mint a token, or --token to present one.";
  }
  if (issuer === undefined && (options.mint || options.keys)) {
    return "--mint and --keys need --issuer.";
  }
  const shaped = claim.length + audience.length > 0 || algorithm !== undefined;
  if (token !== undefined && (shaped || expired || notYetValid)) {
    return "--token is presented as it is: what shapes a token belongs to --issuer.";
  }
  return expired && notYetValid ? "--expired and --not-yet-valid exclude each other." : undefined;
}

function tokenOf(given: string): string {
  return given === "-" ? readFileSync(standardInput, "utf8").trim() : given;
}

/** `name=text` and `name:=JSON`. */
function pairsOf(given: readonly string[], option: string): Record<string, unknown> | string {
  const pairs: Record<string, unknown> = {};
  for (const pair of given) {
    const [, name, json, text = ""] = /^([^=]+?)(:)?=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) return `${option} ${pair}: write name=value, or name:=JSON`;
    try {
      pairs[name] = json === undefined ? text : JSON.parse(text);
    } catch {
      return `${option} ${pair}: ${text} is no JSON`;
    }
  }
  return pairs;
}

function shown(
  { output }: Context,
  options: TokenOptions,
  answer: Readonly<Record<string, unknown>>,
): ExitCode {
  if (options.mint) {
    output.result(String(answer["token"]));
    return exitCodes.done;
  }
  if (options.keys || options.json) output.result(JSON.stringify(answer, null, 2));
  if (options.keys) return exitCodes.done;
  const verdicts = answer["verdicts"] as readonly TokenVerdict[];
  if (!options.json) {
    for (const verdict of sorted(verdicts)) output.result(verdictText(verdict, output.colour));
  }
  const became = verdicts.filter(({ outcome }) => outcome === "becomes").length;
  output.note(`It becomes ${became} of ${verdicts.length} that it was presented to.`);
  return became > 0 ? exitCodes.done : exitCodes.findings;
}

const order = { becomes: 0, unclear: 1, refused: 2 } as const;

function sorted(verdicts: readonly TokenVerdict[]): readonly TokenVerdict[] {
  return [...verdicts].sort((a, b) => order[a.outcome] - order[b.outcome]);
}
