/** One folder for each operation: what was run, what it said, what the packs found. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../model/base/problem.ts";
import { cannotWrite, makeFolder } from "./folders.ts";

/** Files of one operation. */
export interface RunFolder {
  readonly path: string;
  readonly record: string;
  readonly events: string;
  readonly verdicts: string;
  /** What the packs were told. */
  readonly packConfig: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: string;
}

/** What is known of an operation's engine process; later runs judge left-over locks by it. */
export interface RunRecord {
  readonly stack: string;
  readonly project: string;
  readonly operation: string;
  readonly startedAt: string;
  readonly host: string;
  readonly enginePid: number;
}

/** Folders of older operations that are kept; the oldest goes when one more is made. */
export const runFoldersMax = 50;

/** Makes the folder for an operation that starts now. */
export function makeRunFolder(runs: string, name: string, now: Date): RunFolder {
  makeFolder(runs);
  dropOldest(runs);
  const stamp = now.toISOString().replace(/[:.]/g, "-");
  const path = makeFolder(join(runs, `${stamp}-${name}`));
  const folder = runFolderAt(path);
  try {
    writeFileSync(folder.stdout, "", { mode: 0o600 });
  } catch (error) {
    throw new ProblemError([cannotWrite(path, error)]);
  }
  return folder;
}

/** The files of a run folder. */
export function runFolderAt(path: string): RunFolder {
  return {
    path,
    record: join(path, "run.json"),
    events: join(path, "events.jsonl"),
    verdicts: join(path, "verdicts.jsonl"),
    packConfig: join(path, "pack-config.json"),
    stdout: join(path, "engine.stdout.log"),
    stderr: join(path, "engine.stderr.log"),
    report: join(path, "report.html"),
  };
}

function dropOldest(runs: string): void {
  const names = readdirSync(runs).sort();
  for (const name of names.slice(0, Math.max(0, names.length - runFoldersMax + 1))) {
    rmSync(join(runs, name), { recursive: true, force: true });
  }
}

/** Writes the record as soon as the engine's process id is known. */
export function writeRunRecord(folder: RunFolder, record: RunRecord): void {
  writeFileSync(folder.record, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

/** Records of all operations still kept; a damaged one is left out, it can prove nothing. */
export function readRunRecords(runs: string): RunRecord[] {
  return safeList(runs).flatMap((name) => {
    try {
      const record: unknown = JSON.parse(readFileSync(join(runs, name, "run.json"), "utf8"));
      return isRunRecord(record) ? [record] : [];
    } catch {
      return [];
    }
  });
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Partial<Record<keyof RunRecord, unknown>>;
  return typeof record.enginePid === "number" && typeof record.host === "string";
}
