import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EngineSettings } from "./settings.ts";

/** The versions that work: the SDK's own minor version or newer, of the same major. */
export const engineRange = ">=3.259.0 <4";
const answerMsMax = 20_000;

interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly version: string;
}

/**
 * The version an executable reports, e.g. `3.259.0`; undefined if it does not run. It is asked
 * once: while size and time of the file stay the same, the answer is remembered.
 */
export async function engineVersion(
  pulumi: string,
  settings: EngineSettings,
): Promise<string | undefined> {
  const { size, mtimeMs } = statSync(pulumi);
  const known = readStamps(settings);
  const stamp = known[pulumi];
  if (stamp?.size === size && stamp.mtimeMs === mtimeMs) return stamp.version;
  const version = await askVersion(pulumi, settings);
  if (version) writeStamps(settings, { ...known, [pulumi]: { size, mtimeMs, version } });
  return version;
}

/** Whether a version is in {@link engineRange}; a pre-release of the lowest version is not. */
export function inRange(version: string): boolean {
  const parts = version.match(/^v?(\d+)\.(\d+)\.(\d+)(-.+)?/);
  if (!parts) return false;
  const [major = 0, minor = 0, patch = 0] = parts.slice(1, 4).map(Number);
  if (major !== 3 || minor < 259) return false;
  return minor > 259 || patch > 0 || parts[4] === undefined;
}

/** The version an executable reports, asked anew; undefined if it does not run. */
export async function askVersion(
  pulumi: string,
  settings: EngineSettings,
): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(pulumi, ["version"], {
      timeout: answerMsMax,
      // Even this question writes a log into Pulumi's home, which may not be there otherwise.
      env: {
        ...settings.environment,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_HOME: join(settings.cache, "home"),
      },
    });
    return stdout.trim().match(/v?(\d+\.\d+\.\d+\S*)$/)?.[1];
  } catch {
    return undefined; // does not run here: another platform, damaged, or not Pulumi at all
  }
}

function readStamps(settings: EngineSettings): Record<string, Stamp> {
  try {
    return JSON.parse(readFileSync(stampFile(settings), "utf8")) as Record<string, Stamp>;
  } catch {
    return {}; // not there yet, or cut off: then every engine is asked again
  }
}

/** A cache that cannot be written costs a question a start, nothing else. */
function writeStamps(settings: EngineSettings, stamps: Record<string, Stamp>): void {
  const file = stampFile(settings);
  const whole = `${file}.${process.pid}`;
  try {
    mkdirSync(settings.cache, { recursive: true });
    writeFileSync(whole, JSON.stringify(stamps));
    renameSync(whole, file);
  } catch {}
}

function stampFile(settings: EngineSettings): string {
  return join(settings.cache, "versions.json");
}
