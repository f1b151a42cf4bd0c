/** The files of one package: one for each module, and one that finds aliases. */

import { type Collected, collect } from "./collect.ts";
import type { Sdk } from "./sdk.ts";
import { wantedTokens } from "./wanted.ts";
import { fileBytesMax, moduleText, originOf } from "./write.ts";

/** Name of the file that says which type another module's spelling stands for. */
const aliasFile = "aliases.json";

/** File names and texts; throws `RangeError` if a file grows too large. */
export function packageFiles(sdk: Sdk): Map<string, string> {
  const files = new Map<string, string>();
  const modules: Collected[] = [];
  for (const [module, tokens] of wantedTokens(sdk)) {
    const collected = collect(sdk, tokens);
    const text = moduleText(sdk, collected);
    if (text.length > fileBytesMax)
      throw new RangeError(`${sdk.name}/${module}.json would have ${text.length} bytes`);
    files.set(`${module}.json`, text);
    modules.push(collected);
  }
  const aliases = aliasText(sdk, modules);
  if (aliases !== undefined) files.set(aliasFile, aliases);
  return files;
}

/** Tokens that are no type's own, without API versions, and the type they stand for. */
function aliasText(sdk: Sdk, modules: readonly Collected[]): string | undefined {
  const claims = new Map<string, Set<string>>();
  const own = new Set(modules.flatMap((module) => [...module.resources.keys()]));
  for (const { resources } of modules) {
    for (const [token, { about }] of resources) {
      for (const alias of about.aliases) {
        const plain = alias.replace(/\/v\d{8}\w*:/, ":");
        if (!own.has(plain)) claims.set(plain, (claims.get(plain) ?? new Set()).add(token));
      }
    }
  }
  // A spelling that two types claim stands for neither.
  const clear = [...claims].filter(([, tokens]) => tokens.size === 1).sort();
  if (clear.length === 0) return undefined;
  const lines = clear.map(
    ([alias, [token]]) => `${JSON.stringify(alias)}:${JSON.stringify(token)}`,
  );
  return `{"origin":${JSON.stringify(originOf(sdk))},\n"aliases":{\n${lines.join(",\n")}\n}}\n`;
}
