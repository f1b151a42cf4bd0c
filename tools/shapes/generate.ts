/**
 * The shapes of resource types, read from the installed provider packages.
 *
 * `node tools/shapes/generate.ts` writes `local-clouds/shapes/PACKAGE/MODULE.json` and NOTICE;
 * with `--check` it writes nothing, names the files that differ, and ends with 1 if any does.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { noticeText } from "./notice.ts";
import { packageFiles } from "./package-files.ts";
import { Sdk } from "./sdk.ts";

const packageNames = ["aws", "azure-native", "azuread", "gcp", "kubernetes", "random", "tls"];

const root = fileURLToPath(new URL("../..", import.meta.url));
const shapes = join("local-clouds", "shapes");

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: "boolean", default: false } },
  });
  const files = wantedFiles();
  const differing = [...files]
    .filter(([path, text]) => contentOf(path) !== text)
    .map(([path]) => path);
  const stale = existingFiles().filter((path) => !files.has(path));
  if (values.check) return report([...differing, ...stale]);
  for (const path of differing) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? "");
  }
  for (const path of stale) rmSync(join(root, path));
  process.stdout.write(`${files.size} files, ${differing.length + stale.length} changed\n`);
  return 0;
}

/** Every file of the shapes by its path, and NOTICE. */
function wantedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const sdks = packageNames.map((name) => new Sdk(join(root, "node_modules"), name));
  for (const sdk of sdks) {
    for (const [file, text] of packageFiles(sdk)) files.set(join(shapes, sdk.name, file), text);
  }
  files.set("NOTICE", noticeText(contentOf("NOTICE"), sdks));
  return files;
}

function existingFiles(): string[] {
  return packageNames
    .map((name) => join(shapes, name))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)));
}

function contentOf(path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
}

function report(differing: readonly string[]): number {
  if (differing.length === 0) return 0;
  process.stderr.write(
    `These files do not say what the installed packages and the tables say:\n` +
      `${differing.map((path) => `  ${path}\n`).join("")}` +
      `Run node tools/shapes/generate.ts and review what changes.\n`,
  );
  return 1;
}
