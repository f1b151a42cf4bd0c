/** A module as its file says it: one line for each type, in a stable order. */

import type { Collected, Properties } from "./collect.ts";
import { merge, type Names } from "./merge.ts";
import type { Sdk } from "./sdk.ts";

/** Largest file that is written, in bytes: larger ones are hard to review and slow to read. */
export const fileBytesMax = 1_000_000;

/** Whose words a file repeats. */
export function originOf(sdk: Sdk): string {
  return `npm @pulumi/${sdk.name} ${sdk.version}, ${sdk.licence}; read by tools/shapes/generate.ts`;
}

/** The text of a module's file. */
export function moduleText(sdk: Sdk, collected: Collected): string {
  const names = merge(collected);
  const resources = [...collected.resources].map(([token, { inputs, outputs, about }]) => {
    const given = renamed(inputs, names.rename);
    const line = {
      in: given,
      out: onlyOutputs(renamed(outputs, names.asOutput), given),
      ...some("secret", about.secretOutputs),
      ...aliasesOf(about.aliases),
    };
    return [token, line] as const;
  });
  const shapes = [...names.shapes]
    .map(([key, name]) => {
      const rename = key.startsWith("in:") ? names.rename : names.asOutput;
      return [name, renamed(collected.shapes.get(key) ?? {}, rename)] as const;
    })
    .sort(byName);
  const enums = [...collected.enums]
    .map(([key, values]) => [names.rename(`=${key}`).slice(1), values] as const)
    .sort(byName);
  return [
    `{"origin":${JSON.stringify(originOf(sdk))},`,
    `"resources":${lines(resources)},`,
    `"shapes":${lines(shapes)},`,
    `"enums":${lines(enums)}}`,
    "",
  ].join("\n");
}

function lines(entries: readonly (readonly [string, unknown])[]): string {
  if (entries.length === 0) return "{}";
  const each = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{\n${each.join(",\n")}\n}`;
}

function renamed(properties: Properties, rename: Names["rename"]): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, spelling]) => [name, rename(spelling)]),
  );
}

/** An input that comes back in the same form is not written twice. */
function onlyOutputs(outputs: Properties, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([name, spelling]) => inputs[name]?.replace(/!$/, "") !== spelling,
    ),
  );
}

function some(key: string, list: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return list.length === 0 ? {} : { [key]: list };
}

/** Aliases by module and name, with the API versions of each: `{"network:Subnet":"v20150615 …"}`. */
function aliasesOf(tokens: readonly string[]): { alias?: Readonly<Record<string, string>> } {
  const versions = new Map<string, string[]>();
  for (const token of [...tokens].sort()) {
    const { spelling, version } = splitVersion(token.slice(token.indexOf(":") + 1));
    versions.set(spelling, [...(versions.get(spelling) ?? []), version]);
  }
  if (versions.size === 0) return {};
  const entries = [...versions].map(([key, list]) => [key, list.join(" ").trim()]);
  return { alias: Object.fromEntries(entries) as Record<string, string> };
}

/** `network/v20240101:Subnet` → `network:Subnet` and `v20240101`. */
function splitVersion(qualified: string): { spelling: string; version: string } {
  const match = /^(.+)\/(v\d{8}\w*):(.+)$/.exec(qualified);
  if (match === null) return { spelling: qualified, version: "" };
  return { spelling: `${match[1]}:${match[3]}`, version: match[2] ?? "" };
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
