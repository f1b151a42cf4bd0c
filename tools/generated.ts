/** Files of the tree that a generator writes, and the check that they are what it writes now. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** What a generator has to say. */
export interface Generated {
  /** Every file by its path from the root. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of the files that are there and are the generator's to remove. */
  readonly existing: readonly string[];
  /** What the files say. */
  readonly source: string;
  /** The command that writes them. */
  readonly command: string;
}

/**
 * Writes what differs; with `--check` it writes nothing and names it. Returns the exit code, 1 where
 * a check found anything.
 */
export function settle(args: readonly string[], generated: Generated): number {
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: "boolean", default: false } },
  });
  const { files, existing } = generated;
  const differing = [...files]
    .filter(([path, text]) => contentOf(path) !== text)
    .map(([path]) => path);
  const stale = existing.filter((path) => !files.has(path));
  if (values.check) return report([...differing, ...stale], generated);
  for (const path of differing) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? "");
  }
  for (const path of stale) rmSync(join(root, path));
  process.stdout.write(`${files.size} files, ${differing.length + stale.length} changed\n`);
  return 0;
}

/** The text of a file of the tree; undefined where there is none. */
export function contentOf(path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
}

function report(differing: readonly string[], { source, command }: Generated): number {
  if (differing.length === 0) return 0;
  process.stderr.write(
    `These files do not say what ${source} say:\n` +
      `${differing.map((path) => `  ${path}\n`).join("")}` +
      `Run ${command} and review what changes.\n`,
  );
  return 1;
}
