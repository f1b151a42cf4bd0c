/** cdk-nag's rules: a pack lists functions, each under an id of the pack's. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Check } from "./check.ts";
import { client, filesIn } from "./files.ts";

const version = "cdk-nag@3.0.2";
const archive = "cdk-nag-3.0.2.tgz";
/** As the registry gives it. */
const integrity =
  "sha512-mmrspXnYRK5RmBTfEu5EQZmTwGxaVCESJ5GXbQq62eOkVFd4vc4MuIfSbav74K4J7irXQVJaY3d5js0kVQMWdA==";

const packName = /this\.packName = '([^']+)'/;
const application =
  /this\.applyRule\(\{\s*(?:ruleSuffixOverride: '([^']+)',)?[\s\S]*?rule: (\w+)_1\.(\w+),/g;

export function cdkNagChecks(folder: string): readonly Check[] {
  client("npm", ["pack", version, "--silent"], folder);
  const digest = createHash("sha512")
    .update(readFileSync(join(folder, archive)))
    .digest("base64");
  if (`sha512-${digest}` !== integrity) throw new Error(`${version} is sha512-${digest}`);
  client("tar", ["-xzf", archive], folder);
  const library = join(folder, "package", "lib");
  const packed = packedRules(join(library, "packs"));
  const known = new Set(packed.flatMap(({ of }) => of));
  return [...packed, ...allRules(join(library, "rules")).filter(({ id }) => !known.has(id))];
}

function packedRules(folder: string): readonly Check[] {
  return filesIn(folder, [".js"]).flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const [, pack] = packName.exec(text) ?? [];
    if (pack === undefined) throw new Error(`${file} names no pack`);
    return [...text.matchAll(application)].map(([, suffix, service = "", rule = ""]) => ({
      id: `${pack}-${suffix ?? rule}`,
      of: [rule],
      on: [service],
    }));
  });
}

/** A rule that no pack lists has its name alone: packs of one's own give it an id. */
function allRules(folder: string): readonly Check[] {
  return filesIn(folder, [".js"])
    .map((path) => ({ rule: basename(path, ".js"), service: dirname(path) }))
    .filter(({ rule }) => rule !== "index")
    .map(({ rule, service }) => ({ id: rule, of: [rule], on: [service] }));
}
