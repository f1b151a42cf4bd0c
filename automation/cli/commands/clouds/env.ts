/** `clouds env`: what lets any Pulumi program use the local clouds, for a shell's `eval`. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Descriptor } from "../../../clouds/descriptor.ts";
import { engineSettings, findEngine } from "../../../engine/locate.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { keptClouds } from "./kept-clouds.ts";

/** Starts the clouds where they do not run, and prints the variables as exports or JSON. */
export async function envCommand(
  context: Context,
  options: { readonly lenient: boolean; readonly json: boolean },
): Promise<ExitCode> {
  const { descriptor, started } = await keptClouds(context, options);
  if (started) context.output.note("The local clouds run until ./bulkhead clouds stop.");
  const variables = programVariables(descriptor);
  const pathFirst = await engineFolder(context);
  context.output.result(
    options.json
      ? JSON.stringify({ variables, ...(pathFirst === undefined ? {} : { pathFirst }) }, null, 2)
      : exportLines(variables, pathFirst),
  );
  return exitCodes.done;
}

/** What attaches the engine to the clouds; nothing in it changes where the program's state lives. */
export function programVariables(descriptor: Descriptor): Record<string, string> {
  return {
    PULUMI_DEBUG_PROVIDERS: descriptor.debugProviders,
    // The providers are attached: there is nothing to download, and nobody to ask for it.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** The folder of Bulkhead's own engine, where the machine has no `pulumi` on PATH. */
async function engineFolder(context: Context): Promise<string | undefined> {
  const { variables, output } = context;
  if (isOnPath("pulumi", variables["PATH"] ?? "")) return undefined;
  const { engine } = await findEngine(engineSettings(variables));
  if (engine === undefined) output.note("There is no pulumi yet: see ./bulkhead doctor.");
  return engine?.binDir;
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, program)));
}

/** Lines for `eval`; `pathFirst` is put before what the shell's PATH holds. */
export function exportLines(
  variables: Readonly<Record<string, string>>,
  pathFirst?: string,
): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`);
  if (pathFirst !== undefined) lines.push(`export PATH=${quoted(pathFirst)}:"$PATH"`);
  return lines.join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
