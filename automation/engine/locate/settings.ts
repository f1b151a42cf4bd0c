import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the engine is looked for and put; everything that a test wants to be elsewhere. */
export interface EngineSettings {
  readonly environment: Environment;
  /** The checkout: its `tools/engine` is read, its `.bulkhead/engine` written. */
  readonly root: string;
  /** The folder for engines in the user's cache. */
  readonly cache: string;
  /** Pulumi's own home. */
  readonly pulumiHome: string;
  /** Operating system and processor as the downloads are named, e.g. `linux-x64`. */
  readonly platform: string;
  /** Another place than the official one for downloads; the pinned digests hold all the same. */
  readonly downloadBase: string | undefined;
}

/** The settings of this machine and user. */
export function engineSettings(environment: Environment = process.env): EngineSettings {
  const home = environment["HOME"] || homedir();
  const given = environment["XDG_CACHE_HOME"];
  // The XDG specification: a relative XDG_CACHE_HOME is invalid and must be ignored.
  const cacheHome = given && isAbsolute(given) ? given : join(home, ".cache");
  return {
    environment,
    root: dirname(dirname(dirname(import.meta.dirname))),
    cache: join(cacheHome, "bulkhead", "engine"),
    pulumiHome: environment["PULUMI_HOME"] || join(home, ".pulumi"),
    platform: `${process.platform}-${process.arch}`,
    downloadBase: environment["BULKHEAD_ENGINE_DOWNLOADS"],
  };
}

/** How the engine is compiled; part of the name of what comes out. */
export interface Recipe {
  readonly version: string;
  readonly package: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
}

/** The official archives and the digests that each must have. */
export interface Downloads {
  readonly version: string;
  readonly base: string;
  readonly digestsFrom: string;
  readonly files: Readonly<Record<string, { readonly name: string; readonly sha256: string }>>;
}

/** The recipe of this checkout. */
export function readRecipe(settings: EngineSettings): Recipe {
  return JSON.parse(readTool(settings, "recipe.json").toString()) as Recipe;
}

/** The pinned downloads of this checkout. */
export function readDownloads(settings: EngineSettings): Downloads {
  return JSON.parse(readTool(settings, "downloads.json").toString()) as Downloads;
}

/** Where a built engine lies: named by version, platform and a digest of all that went into it. */
export function builtFolder(settings: EngineSettings): string {
  const digest = createHash("sha256");
  for (const name of ["go.mod", "go.sum", "recipe.json"]) digest.update(readTool(settings, name));
  const { version } = readRecipe(settings);
  return join(
    settings.cache,
    `${version}-${settings.platform}-${digest.digest("hex").slice(0, 12)}`,
  );
}

/** Where a downloaded engine lies. */
export function downloadedFolder(settings: EngineSettings): string {
  return join(settings.cache, `${readDownloads(settings).version}-${settings.platform}-official`);
}

/** The folder of the engine's module, manifests and pins. */
export function toolsFolder(settings: EngineSettings): string {
  return join(settings.root, "tools", "engine");
}

function readTool(settings: EngineSettings, name: string): Buffer {
  return readFileSync(join(toolsFolder(settings), name));
}
