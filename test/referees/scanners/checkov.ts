/** Checkov's checks: one file each, in Python, or in JSON and YAML where they follow references. */
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Check } from "./check.ts";
import { client, filesIn, sitePackages } from "./files.ts";

const requirements = join(import.meta.dirname, "requirements.txt");

/** A made-up check that shows how to write one. */
const examples = "example_runner";

const idText = /["' ](CKV2?_[A-Z0-9]+_\d+)\b/g;
const supported = /supported_\w+[^=\n]*=\s*(\[[^\]]*\]|\([^)]*\)|["'][^"']*["'])/g;
const graphTypes = /["']?resource_types["']?\s*:\s*(\[[^\]]*\]|["'][^"']*["']|[\w:.]+)/g;

export function checkovChecks(folder: string): readonly Check[] {
  client("python3", ["-m", "venv", "."], folder);
  const locked = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", requirements];
  client(join(folder, "bin", "pip"), ["install", "--quiet", ...locked], folder);
  const root = join(sitePackages(folder), "checkov");
  return filesIn(root, [".py", ".json", ".yaml"]).flatMap((path) => {
    const [language = ""] = path.split(sep);
    if (language === examples) return [];
    const text = withoutComments(readFileSync(join(root, path), "utf8"));
    const ids = new Set([...text.matchAll(idText)].map(([, id = ""]) => id));
    // A file with several ids is a table, or a check that is one of several by its arguments.
    const on = ids.size === 1 ? typesIn(text) : [];
    return [...ids].map((id) => ({ id, of: [language], on }));
  });
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*#.*$|\s#\s.*$/gm, "");
}

function typesIn(text: string): readonly string[] {
  const lists = [...text.matchAll(supported), ...text.matchAll(graphTypes)];
  return lists.flatMap(([, list = ""]) => list.match(/[\w:./*-]+/g) ?? []);
}
