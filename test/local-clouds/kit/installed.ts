/** What the installed provider packages say of their resource classes. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const sources = new Map<string, string>();

/** The Azure API version of a token's class, where the class tells one. */
export function installedApiVersion(token: string): string | undefined {
  const [name = "", qualified = ""] = token.split(":");
  const module = qualified.split("/")[0] ?? "";
  load(`${name}/${module === "index" ? "" : `${module}/`}`);
  const source = sources.get(token);
  assert.ok(source !== undefined, `no class of ${token}`);
  return /Uses Azure REST API version (\S+)\./.exec(source)?.[1];
}

function load(folder: string): void {
  if (sources.has(folder)) return;
  sources.set(folder, "");
  const path = new URL(`../../../node_modules/@pulumi/${folder}`, import.meta.url);
  for (const file of readdirSync(path).filter((one) => /^(?!get|list).*\.js$/.test(one))) {
    const text = readFileSync(new URL(file, path), "utf8");
    const token = /__pulumiType = '([^']+)'/.exec(text)?.[1];
    if (token !== undefined) sources.set(token, text);
  }
}
