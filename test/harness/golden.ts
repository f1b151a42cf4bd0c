/** Golden files: what lowering makes of an intent, kept as text that a reviewer reads. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "golden");

/**
 * Compares `value` with `test/golden/<path>.json`. With `UPDATE_GOLDEN=1` in the environment the
 * file is written instead; a file that does not exist is a failure, never a pass.
 */
export function matchesGolden(path: string, value: unknown): void {
  const file = join(root, `${path}.json`);
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.deepEqual(JSON.parse(text), JSON.parse(read(file)), `differs from ${file}`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Error(`no golden file ${file}: make it with UPDATE_GOLDEN=1 and review it`);
  }
}
