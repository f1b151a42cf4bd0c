import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ownBinFolder } from "./bin-folder.ts";
import { builtFolder, downloadedFolder, type EngineSettings } from "./settings.ts";
import { inRange } from "./version.ts";

/** Where an engine came from. */
export type EngineSource = "path" | "pulumi-home" | "cache" | "download" | "built";

/** A file that may be an engine. */
export interface Candidate {
  readonly place: string;
  readonly pulumi: string;
  readonly source: EngineSource;
}

/** The places an engine may lie, in the order of preference; a place without one has no `pulumi`. */
export function candidates(
  settings: EngineSettings,
): (Omit<Candidate, "pulumi"> & { pulumi?: string })[] {
  const inPlace = (place: string, source: EngineSource, folder: string | undefined) => {
    const pulumi = folder && executableIn(folder, "pulumi");
    return { place, source, ...(pulumi && { pulumi }) };
  };
  const { pulumiHome } = settings;
  return [
    inPlace(
      "PATH",
      "path",
      pathFolders(settings).find((folder) => executableIn(folder, "pulumi")),
    ),
    inPlace(`${pulumiHome}/versions`, "pulumi-home", newestVersionFolder(pulumiHome)),
    inPlace(`${pulumiHome}/bin`, "pulumi-home", join(pulumiHome, "bin")),
    inPlace(
      `${downloadedFolder(settings)} (downloaded before)`,
      "cache",
      join(downloadedFolder(settings), "bin"),
    ),
    inPlace(`${builtFolder(settings)} (built before)`, "cache", join(builtFolder(settings), "bin")),
  ];
}

/**
 * Pulumi's own language host of an engine: beside it, beside its real file, or, for an engine from
 * PATH, anywhere on PATH, as the engine itself searches. (A host on PATH that belongs to another
 * engine, perhaps one out of range, is not taken for a cached engine's own.)
 */
export function ownLanguageHost(
  { pulumi, source }: Candidate,
  settings: EngineSettings,
): string | undefined {
  const beside = [dirname(pulumi), dirname(realpathSync(pulumi))];
  const folders = source === "path" ? [...beside, ...pathFolders(settings)] : beside;
  return folders.map((folder) => executableIn(folder, "pulumi-language-nodejs")).find(Boolean);
}

/** Whether a file is a program of its own, not a script that starts another (a version manager's). */
export function isNative(file: string): boolean {
  const descriptor = openSync(file, "r");
  try {
    const start = Buffer.alloc(2);
    readSync(descriptor, start, 0, 2, 0);
    return start.toString("latin1") !== "#!";
  } finally {
    closeSync(descriptor);
  }
}

/** The executable `name` in a folder, if there is one. */
export function executableIn(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** PATH without the folder that Bulkhead itself puts there. */
export function pathFolders(settings: EngineSettings): string[] {
  const own = ownBinFolder(settings);
  return (settings.environment["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && folder !== own);
}

function newestVersionFolder(pulumiHome: string): string | undefined {
  const versions = join(pulumiHome, "versions");
  if (!statSync(versions, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const newest = readdirSync(versions)
    .filter((name) => inRange(name) && executableIn(join(versions, name, "bin"), "pulumi"))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  return newest && join(versions, newest, "bin");
}
