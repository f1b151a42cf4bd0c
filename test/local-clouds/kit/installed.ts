/** What the installed provider packages say of their resource classes. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

/** One class, as far as its source says. */
export interface InstalledShape {
  readonly properties: ReadonlySet<string>;
  /** Inputs a program may give, and those the class itself adds. */
  readonly inputs: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
  /** Azure API version, where the class tells one. */
  readonly apiVersion: string | undefined;
}

const sources = new Map<string, string>();

/** The class of a token. */
export function installedShape(token: string): InstalledShape {
  const [name = "", qualified = ""] = token.split(":");
  const module = qualified.split("/")[0] ?? "";
  load(`${name}/${module === "index" ? "" : `${module}/`}`);
  const source = sources.get(token) ?? "";
  const set = [...source.matchAll(/resourceInputs\["(\w+)"\] = (.*);/g)];
  assert.ok(set.length > 0, `no class of ${token}`);
  const given = set.filter((match) => !/undefined \/\*out\*\//.test(match[2] ?? ""));
  const required = [...source.matchAll(/Missing required property '(\w+)'/g)];
  return {
    properties: namesOf(set),
    inputs: namesOf(given),
    required: namesOf(required),
    apiVersion: /Uses Azure REST API version (\S+)\./.exec(source)?.[1],
  };
}

function namesOf(matches: readonly RegExpMatchArray[]): Set<string> {
  return new Set(matches.map((match) => match[1] ?? ""));
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
