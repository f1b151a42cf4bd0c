/** This version of Bulkhead. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** As package.json says. */
export function ownVersion(): string {
  const file = join(import.meta.dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
