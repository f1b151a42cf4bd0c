import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { EngineSettings } from "./settings.ts";

const host = "pulumi-language-nodejs";
const executable = 0o755;

/** The checkout's own folder with an engine and Bulkhead's language host side by side. */
export function ownBinFolder(settings: EngineSettings): string {
  return join(settings.root, ".bulkhead", "engine", "bin");
}

/**
 * Puts an engine that has no language host of its own beside Bulkhead's. The engine warns of a
 * host that does not lie beside its own file, symbolic links resolved; hence a hard link (or, from
 * another disk, a copy). Does nothing where all is in place. Throws what the file system throws.
 */
export function prepareBinFolder(pulumi: string, settings: EngineSettings): string {
  const folder = ownBinFolder(settings);
  mkdirSync(folder, { recursive: true });
  const engine = join(folder, "pulumi");
  if (!isSameFile(pulumi, engine)) replace(engine, (file) => linkOrCopy(pulumi, file));

  const stub = readFileSync(join(settings.root, "tools", "language-host", host), "utf8");
  const ours = join(folder, host);
  if (textOf(ours) !== stub) {
    replace(ours, (file) => writeFileSync(file, stub, { mode: executable }));
  }
  const node = join(folder, "node");
  if (targetOf(node) !== process.execPath) {
    replace(node, (file) => symlinkSync(process.execPath, file));
  }
  return folder;
}

/** Makes a file under another name and renames it, so that nobody ever sees half of it. */
function replace(file: string, make: (file: string) => void): void {
  const whole = `${file}.${process.pid}`;
  rmSync(whole, { force: true });
  make(whole);
  renameSync(whole, file);
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
    const { atime, mtime } = statSync(from);
    utimesSync(to, atime, mtime);
  }
}

function isSameFile(one: string, other: string): boolean {
  const a = statSync(one);
  const b = statSync(other, { throwIfNoEntry: false });
  if (!b) return false;
  const sameInode = a.dev === b.dev && a.ino === b.ino;
  return sameInode || (a.size === b.size && Math.abs(a.mtimeMs - b.mtimeMs) < 1);
}

function textOf(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false }) && readFileSync(file, "utf8");
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
