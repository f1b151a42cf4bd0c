/** Which version of a provider SDK is installed: what the simulated provider calls itself. */

import { readFileSync } from "node:fs";

/** Version of `@pulumi/NAME`, without a `v`; throws if the package is not installed. */
export function installedVersion(name: string): string {
  const manifest = new URL(`../../node_modules/@pulumi/${name}/package.json`, import.meta.url);
  const parsed: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  if (typeof parsed === "object" && parsed !== null && "version" in parsed) {
    return String(parsed.version).replace(/^v/, "");
  }
  throw new Error(`@pulumi/${name} has no version`);
}
