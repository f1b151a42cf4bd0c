/** The engine's command lines. Values are arguments of their own; nothing is joined or quoted. */
import type { StackPlace } from "./stack-place.ts";

export const operations = ["up", "preview", "refresh", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** Whether packs judge an operation: where the program says what ought to be. */
export function isJudged(operation: Operation): boolean {
  return operation === "up" || operation === "preview";
}

/** What an operation's command line says beyond the stack. */
export interface ArgumentSettings {
  readonly eventLog: string;
  /** Folders of the packs. */
  readonly packs: readonly string[];
  /** The packs' configuration files, one for each pack, or none at all. */
  readonly packConfigs: readonly string[];
}

/** Arguments of one operation. */
export function operationArguments(
  operation: Operation,
  stack: StackPlace,
  settings: ArgumentSettings,
): string[] {
  const packs = isJudged(operation) ? settings : { packs: [], packConfigs: [] };
  return [
    operation,
    "--stack",
    stack.name,
    "--non-interactive",
    "--skip-plugin-pre-install",
    "--event-log",
    settings.eventLog,
    ...(operation === "preview" ? [] : ["--yes"]),
    // A create that an interrupted run left open is forgotten; refresh tells what is really there.
    ...(operation === "refresh" ? ["--clear-pending-creates"] : []),
    ...packs.packs.flatMap((folder) => ["--policy-pack", folder]),
    ...packs.packConfigs.flatMap((file) => ["--policy-pack-config", file]),
  ];
}
