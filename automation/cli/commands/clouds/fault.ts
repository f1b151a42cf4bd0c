/** `clouds fault`: requests that fail. */
import { ProblemError } from "../../../../model/base/problem.ts";
import { ask, isAnswering } from "../../../clouds/control.ts";
import { type Descriptor, findRunning } from "../../../clouds/descriptor.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, table } from "../../output.ts";

/** The options as they were given. */
export interface FaultOptions {
  readonly on: string;
  readonly op?: string;
  readonly kind?: string;
  readonly rate: number;
  readonly seed: string;
  readonly count?: number;
  /** Milliseconds. */
  readonly delay?: number;
  readonly list: boolean;
  /** `true` for all, else an id. */
  readonly clear?: true | string;
  readonly json: boolean;
}

/** A fault as the clouds show it. */
interface ShownFault {
  readonly id: string;
  readonly on: string;
  readonly op: string;
  readonly kind: string;
  readonly rate: number;
  readonly seed: string;
  readonly count?: number;
  readonly asked: number;
  readonly struck: number;
}

/** Arms a fault, lists or disarms the armed ones. */
export async function faultCommand(context: Context, options: FaultOptions): Promise<ExitCode> {
  const { list, clear, op, kind } = options;
  const arms = op !== undefined || kind !== undefined;
  if ([list, clear !== undefined, arms].filter(Boolean).length !== 1) {
    throw wrong("these options", "--op with --kind, or --list, or --clear");
  }
  if (arms && (op === undefined || kind === undefined)) {
    throw wrong(op === undefined ? "no --op" : "no --kind", "--op with --kind");
  }
  const clouds = await runningClouds(context);
  if (clear !== undefined) return disarm(context, clouds, clear);
  const answer = list
    ? await ask(clouds, "GET", "/faults")
    : await ask(clouds, "POST", "/faults", wanted(options));
  const faults = answer["faults"] as ShownFault[];
  if (options.json) context.output.result(JSON.stringify({ faults }, null, 2));
  else show(context, faults);
  return exitCodes.done;
}

function wanted({ on, op, kind, rate, seed, count, delay }: FaultOptions): object {
  const limit = count === undefined ? {} : { count };
  const delayMs = delay === undefined ? {} : { delayMs: delay };
  return { on, op, kind, rate, seed, ...limit, ...delayMs };
}

async function disarm(
  context: Context,
  clouds: Descriptor,
  which: true | string,
): Promise<ExitCode> {
  const body = which === true ? {} : { id: which };
  const { cleared } = await ask(clouds, "POST", "/faults/clear", body);
  if (which !== true && cleared === 0) {
    throw new ToldError(`No fault ${which} is armed; see ./bulkhead clouds fault --list.`, false);
  }
  context.output.note(`${counted(Number(cleared), "fault")} disarmed.`);
  return exitCodes.done;
}

function show(context: Context, faults: readonly ShownFault[]): void {
  const rows = faults.map((one) => [
    one.id,
    one.on,
    one.op,
    one.kind,
    `${one.rate}`,
    one.seed,
    one.count === undefined ? "any" : `${one.count}`,
    `${one.asked}`,
    `${one.struck}`,
  ]);
  const head = ["id", "on", "op", "kind", "rate", "seed", "count", "asked", "struck"];
  if (rows.length > 0) context.output.result(table([head, ...rows]));
  context.output.note(`${counted(faults.length, "fault")} armed.`);
}

/** Faults live in the clouds' process: in one that ends with this command they would be lost. */
async function runningClouds(context: Context): Promise<Descriptor> {
  const running = await findRunning(context.folders, isAnswering);
  if (running !== undefined) return running;
  throw new ToldError(
    "No local clouds run, and faults end with them: ./bulkhead clouds start first.",
    false,
  );
}

function wrong(got: string, allowed: string): ProblemError {
  const next = "See ./bulkhead clouds fault --help.";
  return new ProblemError([{ code: "input-type", place: "clouds fault", got, allowed, next }]);
}
