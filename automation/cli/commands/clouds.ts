/** `clouds`: the local clouds alone. */
import { ask, isAnswering, worldState } from "../../clouds/control.ts";
import { type Descriptor, findRunning, readDescriptor } from "../../clouds/descriptor.ts";
import { otherUsers } from "../../clouds/lease.ts";
import { startClouds, stopClouds, worldFile } from "../../clouds/start.ts";
import { useClouds } from "../../clouds/use-clouds.ts";
import { makeFolder } from "../../engine/folders.ts";
import { packageTitles } from "../../engine/inventory.ts";
import { ToldError } from "../../engine/told-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { table } from "../output.ts";

/** Starts the clouds for good, or tells where they already are. */
export async function startCommand(
  context: Context,
  options: { readonly port?: readonly string[]; readonly json: boolean },
): Promise<ExitCode> {
  const { folders, variables, output } = context;
  makeFolder(folders.clouds);
  const running = await findRunning(folders, isAnswering);
  const descriptor =
    running ?? (await startClouds(folders, variables, { kept: true, ports: options.port ?? [] }));
  output.note(running === undefined ? "The local clouds run." : "The local clouds ran already.");
  output.result(options.json ? JSON.stringify(descriptor, null, 2) : variablesText(descriptor));
  return exitCodes.done;
}

/** What a shell needs to let any Pulumi program use the clouds. */
function variablesText(descriptor: Descriptor): string {
  return `export PULUMI_DEBUG_PROVIDERS=${descriptor.debugProviders}`;
}

/** Ends the clouds. That none run is no error. */
export async function stopCommand(context: Context): Promise<ExitCode> {
  const { folders, output } = context;
  const stale = readDescriptor(folders);
  const running = await findRunning(folders, isAnswering);
  if (running === undefined) {
    const word = stale === undefined ? "No local clouds run." : "They had ended; cleaned up.";
    output.note(word);
    return exitCodes.done;
  }
  const users = otherUsers(folders);
  if (users.length > 0) {
    throw new ToldError(
      `Process ${users.join(", ")} is working with the local clouds; stop it first, or wait.`,
      false,
    );
  }
  await stopClouds(folders, running);
  output.note(`The local clouds have ended. Their world is kept in ${running.world}.`);
  return exitCodes.done;
}

/** Lists what exists in the world. */
export async function stateCommand(
  context: Context,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const resources = await withClouds(context, worldState);
  if (options.json) {
    context.output.result(JSON.stringify({ resources }, null, 2));
    return exitCodes.done;
  }
  const rows = resources.map((one) => [
    packageTitles[one.package] ?? one.package,
    one.region,
    one.token.slice(one.token.lastIndexOf(":") + 1),
    one.id,
  ]);
  if (rows.length > 0) context.output.result(table(rows));
  context.output.note(`${rows.length} resources in ${worldFile(context.folders)}`);
  return exitCodes.done;
}

/** A change that nobody told the engine about. */
export interface DriftRequest {
  /** Id, URN, or the end of a URN. */
  readonly resource: string;
  readonly path: string | undefined;
  /** JSON, or plain text; absent to remove the property. */
  readonly value: string | undefined;
  /** Remove the resource itself. */
  readonly vanish: boolean;
}

/** Changes or removes a resource behind the engine's back. */
export async function driftCommand(context: Context, request: DriftRequest): Promise<ExitCode> {
  const { resource, path, value, vanish } = request;
  if (!vanish && path === undefined) {
    context.output.note("Name a property path, or --vanish to remove the resource.");
    return exitCodes.wrongUse;
  }
  const changed = await withClouds(context, (descriptor) =>
    vanish
      ? ask(descriptor, "POST", "/vanish", { id: resource })
      : ask(descriptor, "POST", "/drift", {
          id: resource,
          path,
          ...(value === undefined ? {} : { value: parseValue(value) }),
        }),
  );
  const what = vanish ? "vanished" : `${path} changed`;
  context.output.note(`${String(changed["token"])} ${String(changed["id"])}: ${what}.`);
  context.output.note("./bulkhead refresh local shows it.");
  return exitCodes.done;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Empties the world. */
export async function resetCommand(context: Context): Promise<ExitCode> {
  await withClouds(context, (descriptor) => ask(descriptor, "POST", "/reset"));
  context.output.note("The world is empty. ./bulkhead refresh local tells the stack so.");
  return exitCodes.done;
}

/** Asks the running clouds, or ones started for the question. */
async function withClouds<T>(
  context: Context,
  work: (descriptor: Descriptor) => Promise<T>,
): Promise<T> {
  const clouds = await useClouds({
    folders: context.folders,
    variables: context.variables,
    say: context.output.note,
    hurry: () => context.interrupts.requested,
  });
  try {
    return await work(clouds.descriptor);
  } finally {
    await clouds.release();
  }
}
