/** Which Pulumi engine is used, and getting one where there is none. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { prepareBinFolder } from "./locate/bin-folder.ts";
import { buildEngine } from "./locate/build.ts";
import {
  type Candidate,
  candidates,
  type EngineSource,
  isNative,
  ownLanguageHost,
} from "./locate/candidates.ts";
import { downloadEngine } from "./locate/download.ts";
import { withLock } from "./locate/lock.ts";
import { type Considered, noEngine, unwritable } from "./locate/problem.ts";
import { type OnProgress, type Step, timed } from "./locate/progress.ts";
import { type EngineSettings, engineSettings } from "./locate/settings.ts";
import { engineRange, engineVersion, inRange } from "./locate/version.ts";

export type { Considered } from "./locate/problem.ts";
export { waysOut } from "./locate/problem.ts";
export type { EngineProgress } from "./locate/progress.ts";
export { type EngineSettings, engineSettings } from "./locate/settings.ts";

/** An engine ready to be started. */
export interface Engine {
  readonly pulumi: string;
  /** To be put first on PATH: the engine and its language host are found there. */
  readonly binDir: string;
  /** e.g. `3.259.0` */
  readonly version: string;
  readonly source: EngineSource;
  readonly languageHost: { readonly path: string; readonly source: "pulumi" | "bulkhead" };
  /** One sentence for the reader of `doctor`. */
  readonly why: string;
  readonly considered: readonly Considered[];
}

/** The outcome of a search: perhaps an engine, and every place that was considered. */
export interface EngineSearch {
  readonly engine?: Engine;
  readonly considered: readonly Considered[];
}

export interface ProvideOptions {
  readonly onProgress: OnProgress;
  /** Whether an engine may be downloaded or compiled. */
  readonly allowBuild: boolean;
  /** Ends a download or build; without it, SIGINT and SIGTERM do. */
  readonly signal?: AbortSignal;
  readonly settings?: EngineSettings;
}

/** Looks in all places, in order, without getting anything. Takes a few milliseconds when warm. */
export async function findEngine(settings = engineSettings()): Promise<EngineSearch> {
  const considered: Considered[] = [];
  for (const { place, pulumi, source } of candidates(settings)) {
    const verdict = pulumi ? await judge({ place, pulumi, source }, settings) : "nothing there";
    if (typeof verdict !== "string") {
      considered.push({ place, verdict: "used" });
      return { engine: { ...verdict, considered }, considered };
    }
    considered.push({ place, verdict });
  }
  return { considered };
}

/**
 * The engine of this machine; where there is none, it is downloaded or compiled. Throws a
 * ProblemError with the ways out when neither can be done, and the signal's reason when it fires.
 */
export async function provideEngine(options: ProvideOptions): Promise<Engine> {
  const settings = options.settings ?? engineSettings();
  const search = await findEngine(settings);
  if (search.engine) return search.engine;
  if (!options.allowBuild) throw noEngine(search.considered, settings);
  try {
    mkdirSync(settings.cache, { recursive: true });
  } catch (error) {
    throw unwritable(settings, error);
  }
  return interruptible(options.signal, (signal) => getEngine(options, settings, signal));
}

async function getEngine(
  options: ProvideOptions,
  settings: EngineSettings,
  signal: AbortSignal,
): Promise<Engine> {
  const report = timed(options.onProgress);
  const lock = join(settings.cache, "lock");
  const onWait = (owner: string): void =>
    report({ step: "wait", doing: `${owner} is getting the engine; waiting for it` });
  return withLock(lock, onWait, () => getLocked(settings, report, signal), signal);
}

async function getLocked(
  settings: EngineSettings,
  report: (step: Step) => void,
  signal: AbortSignal,
): Promise<Engine> {
  // Whoever held the lock before may have brought it.
  const { engine, considered } = await findEngine(settings);
  if (engine) return engine;
  const tried: Considered[] = [...considered];
  const ways = [
    { place: "official download", source: "download", get: downloadEngine },
    { place: "compiling", source: "built", get: buildEngine },
  ] as const;
  for (const { place, source, get } of ways) {
    try {
      const pulumi = join(await get(settings, report, signal), "bin", "pulumi");
      const verdict = await judge({ place, pulumi, source }, settings);
      if (typeof verdict !== "string") {
        return { ...verdict, considered: [...tried, { place, verdict: "used" }] };
      }
      tried.push({ place, verdict });
    } catch (error) {
      signal.throwIfAborted();
      tried.push({ place, verdict: error instanceof Error ? error.message : String(error) });
    }
  }
  throw noEngine(tried, settings);
}

/** An engine if the candidate is one, else why it is not. */
async function judge(
  candidate: Candidate,
  settings: EngineSettings,
): Promise<Omit<Engine, "considered"> | string> {
  const { place, pulumi, source } = candidate;
  const version = await engineVersion(pulumi, settings);
  if (!version) return `${pulumi} does not run`;
  if (!inRange(version)) return `${pulumi} is ${version}, ${engineRange} is needed`;
  const host = ownLanguageHost(candidate, settings);
  const reason = `the first that fits: ${place}, ${version} is in ${engineRange}`;
  if (host) {
    const languageHost = { path: host, source: "pulumi" } as const;
    return { pulumi, binDir: dirname(pulumi), version, source, languageHost, why: reason };
  }
  if (!isNative(pulumi)) return `${pulumi} is a script and has no language host for Node beside it`;
  const binDir = prepareBinFolder(pulumi, settings);
  return {
    pulumi: join(binDir, "pulumi"),
    binDir,
    version,
    source,
    languageHost: { path: join(binDir, "pulumi-language-nodejs"), source: "bulkhead" },
    why: `${reason}; Pulumi's language host for Node is absent, Bulkhead's own is used`,
  };
}

/** Runs `work` with a signal that fires on the caller's, or else on SIGINT and SIGTERM. */
async function interruptible<T>(
  given: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (given) return work(given);
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => controller.abort(new Error(`ended by ${signal}`));
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
