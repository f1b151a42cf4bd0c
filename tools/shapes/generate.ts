/**
 * The shapes of resource types, read from the installed provider packages.
 *
 * `node tools/shapes/generate.ts` writes `local-clouds/shapes/PACKAGE/MODULE.json` and NOTICE;
 * with `--check` it writes nothing, names the files that differ, and ends with 1 if any does.
 */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { contentOf, root, settle } from "../generated.ts";
import { noticeText } from "./notice.ts";
import { packageFiles } from "./package-files.ts";
import { Sdk } from "./sdk.ts";

const packageNames = ["aws", "azure-native", "azuread", "gcp", "kubernetes", "random", "tls"];

const shapes = join("local-clouds", "shapes");

process.exitCode = settle(process.argv.slice(2), {
  files: wantedFiles(),
  existing: existingFiles(),
  source: "the installed packages and the tables",
  command: "node tools/shapes/generate.ts",
});

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
