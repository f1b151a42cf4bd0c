/** The manifests below a directory, with limits on what is read. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../model/base/problem.ts";
import { ProblemError } from "../../model/base/problem.ts";

/** A manifest file. */
export interface ManifestFile {
  /** Path from the directory, with slashes. */
  readonly name: string;
  readonly path: string;
}

/** Largest file that is read: V8's longest text is 512 MiB, and parsing takes 20 times the file. */
export const fileBytesMax = 32 * 1024 * 1024;
/** What is read of one directory, all files together: the smallest of pods take 14 times as much. */
export const allBytesMax = 128 * 1024 * 1024;
/** Files of one directory. */
export const filesMax = 100_000;
/** Nesting of directories. */
const depthMax = 64;

const endings = [".yaml", ".yml", ".json"];

/**
 * The `.yaml`, `.yml` and `.json` files below a directory, sorted by path, or the one file itself.
 * What begins with a dot is passed over, as `.git` is. Throws a {@link ProblemError} where there is
 * none, or more than the limits.
 */
export function manifestFiles(directory: string): ManifestFile[] {
  const files = reading(directory, () => statSync(directory)).isDirectory()
    ? [...filesBelow(directory, "", new Set(), 0)]
    : [{ name: directory, path: directory }];
  if (files.length === 0) {
    const got = "no such file";
    throw new ProblemError([
      missing(directory, got, "a directory with .yaml, .yml or .json files"),
    ]);
  }
  const bytes = files.reduce((sum, file) => sum + sizeOf(file), 0);
  if (bytes > allBytesMax) {
    throw new ProblemError([
      tooLarge(directory, `${bytes} bytes`, `at most ${allBytesMax} bytes of manifests`),
    ]);
  }
  return files;
}

/** The text of a file. */
export function textOf({ name, path }: ManifestFile): string {
  return reading(name, () => readFileSync(path, "utf8"));
}

/** A problem of an input that is larger than what is read. */
export function tooLarge(place: string, got: string, allowed: string): Problem {
  const next = "Give a directory with fewer or smaller manifests, e.g. one cluster at a time.";
  return { code: "input-too-large", place, got, allowed, next };
}

function* filesBelow(
  directory: string,
  prefix: string,
  seen: Set<string>,
  depth: number,
): Generator<ManifestFile> {
  if (depth > depthMax) {
    throw new ProblemError([tooLarge(directory, "deeper", `directories ${depthMax} deep`)]);
  }
  // A link may lead back to where it lies.
  const real = reading(directory, () => realpathSync(directory));
  if (seen.has(real)) return;
  seen.add(real);
  const names = reading(directory, () => readdirSync(directory)).filter(
    (name) => !name.startsWith("."),
  );
  for (const name of names.sort()) {
    const path = join(directory, name);
    const entry = reading(path, () => statSync(path));
    if (entry.isDirectory()) yield* filesBelow(path, `${prefix}${name}/`, seen, depth + 1);
    else if (endings.some((ending) => name.endsWith(ending))) {
      if (seen.size + 1 > filesMax) throw new ProblemError([tooMany(directory)]);
      seen.add(path);
      yield { name: `${prefix}${name}`, path };
    }
  }
}

function tooMany(directory: string): Problem {
  return tooLarge(directory, "more files", `at most ${filesMax} files`);
}

function sizeOf({ name, path }: ManifestFile): number {
  const { size } = reading(name, () => statSync(path));
  if (size > fileBytesMax) {
    throw new ProblemError([
      tooLarge(name, `${size} bytes`, `files of at most ${fileBytesMax} bytes`),
    ]);
  }
  return size;
}

/** A problem in place of a system's error. */
function reading<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new ProblemError([missing(place, String(error.code), "a file or directory to read")]);
  }
}

function missing(place: string, got: string, allowed: string): Problem {
  const next = "Check the path; the directory is searched with everything below it.";
  return { code: "input-missing", place, got, allowed, next };
}
