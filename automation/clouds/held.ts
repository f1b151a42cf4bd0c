/** What the stacks' states hold. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { listedResources } from "../engine/exported-state.ts";
import type { HeldResource } from "./unmanaged.ts";

/** Everything that the stacks of a file backend hold. */
export function heldInBackend(backend: string): HeldResource[] {
  const folder = join(backend, ".pulumi", "stacks");
  if (!existsSync(folder)) return [];
  return globSync("**/*.{json,json.gz}", { cwd: folder }).flatMap((file) =>
    heldInFile(join(folder, file)),
  );
}

/** What a state export or a checkpoint holds; a `ProblemError` where the file is neither. */
export function heldInFile(file: string): HeldResource[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return listedResources(text, file).flatMap(heldIn);
}

/** A program that only reads a resource (`get`) does not manage it; components and providers exist nowhere. */
function heldIn(entry: unknown): HeldResource[] {
  if (typeof entry !== "object" || entry === null) return [];
  const { urn, type, id, custom, external } = entry as Readonly<Record<string, unknown>>;
  if (custom !== true || external === true) return [];
  if (typeof urn !== "string" || typeof type !== "string" || typeof id !== "string") return [];
  return type.startsWith("pulumi:") ? [] : [{ urn, type, id }];
}
