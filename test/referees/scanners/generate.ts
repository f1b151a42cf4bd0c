/**
 * Writes `policy-packs/mappings/ids` from the scanners' own packages:
 * `node test/referees/scanners/generate.ts`. Ids and what they apply to, no prose. Each package is
 * accepted by its digest only, and nothing in it is run.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cdkNagChecks } from "./cdk-nag.ts";
import { type Check, listText } from "./check.ts";
import { checkovChecks } from "./checkov.ts";
import { trivyChecks } from "./trivy.ts";

const target = fileURLToPath(new URL("../../../policy-packs/mappings/ids/", import.meta.url));

/** Each gets a folder of its own into which it may put its package. */
const scanners: Readonly<Record<string, (folder: string) => readonly Check[]>> = {
  checkov: checkovChecks,
  trivy: trivyChecks,
  "cdk-nag": cdkNagChecks,
};

for (const [name, read] of Object.entries(scanners)) {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-scanner-"));
  try {
    const checks = read(folder);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, `${name}.tsv`), listText(checks));
    process.stdout.write(`${name} ${checks.length}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
