/** `clouds logs`: what the deployed logging delivered. */
import { setTimeout as pause } from "node:timers/promises";
import { ask } from "../../../clouds/control.ts";
import type { Descriptor } from "../../../clouds/descriptor.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { withClouds } from "./with-clouds.ts";

/** What may be said on the command line. */
export interface LogsOptions {
  readonly since?: string;
  readonly follow: boolean;
  readonly json: boolean;
}

interface LogRecord {
  readonly row: number;
  readonly name: string;
  readonly place: string;
  readonly kind: string;
  readonly at: string;
  readonly body: string;
}

interface Destination {
  readonly name: string;
  readonly token: string;
  readonly count: number;
  readonly kinds: readonly string[];
  readonly newest: string;
}

/** How often `--follow` looks, in milliseconds. */
const lookMs = 500;

/** Milliseconds of each unit that `--since` takes. */
const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Lists destinations, or shows the records of one. */
export async function logsCommand(
  context: Context,
  destination: string | undefined,
  options: LogsOptions,
): Promise<ExitCode> {
  const since = sinceOf(options.since ?? "");
  if (since === undefined) {
    context.output.note(`--since ${String(options.since)}: write a time, or 10m, 2h, 1d`);
    return exitCodes.wrongUse;
  }
  const whole = destination === undefined && !options.follow;
  await withClouds(context, (clouds) =>
    whole
      ? listed(context, clouds, options)
      : followed(context, clouds, { destination: destination ?? "", since }, options),
  );
  return exitCodes.done;
}

function sinceOf(text: string): string | undefined {
  if (text === "") return "";
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ago = count === undefined ? undefined : Number(count) * (units[unit] ?? 0);
  const time = ago === undefined ? Date.parse(text) : Date.now() - ago;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

async function listed({ output }: Context, clouds: Descriptor, options: LogsOptions) {
  const answer = await ask(clouds, "GET", "/logs/destinations");
  const destinations = answer["destinations"] as readonly Destination[];
  if (options.json) {
    output.result(JSON.stringify(answer, null, 2));
    return;
  }
  for (const { name, token, count, kinds, newest } of destinations) {
    const kind = token.slice(token.lastIndexOf(":") + 1);
    output.result(`${String(count).padStart(6)}  ${newest}  ${kind} ${name}  ${kinds.join(", ")}`);
  }
  if (destinations.length === 0)
    output.note("Nothing was delivered: no trail, setting or sink sent anything.");
}

async function followed(
  { output, interrupts }: Context,
  clouds: Descriptor,
  wanted: { readonly destination: string; readonly since: string },
  options: LogsOptions,
): Promise<void> {
  let after = 0;
  for (;;) {
    const answer = await ask(clouds, "POST", "/logs", { ...wanted, after });
    const records = answer["records"] as readonly LogRecord[];
    for (const record of records) {
      after = Math.max(after, record.row);
      output.result(options.json ? JSON.stringify(record) : record.body);
    }
    if (!options.follow || interrupts.requested) return;
    await pause(lookMs);
  }
}
