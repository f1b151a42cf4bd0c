/**
 * A published example of "microsegmentation across clouds", written as plain resources and
 * manifests: web, app and data tiers in three clouds, with everything that is wrong with them; and
 * variants of it, in files of their own.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** A resource as a state file lists it. */
export interface Listed {
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export const flawed = {
  state: join(import.meta.dirname, "state.json"),
  intent: join(import.meta.dirname, "intent.json"),
  kubernetes: join(import.meta.dirname, "kubernetes"),
} as const;

export const flawedResources = JSON.parse(readFileSync(flawed.state, "utf8")) as readonly Listed[];

/** Runs the command as a person does. */
export function reach(...args: readonly string[]) {
  const main = join(root, "automation", "cli", "main.ts");
  const env = { ...process.env, CI: "true" };
  const options = { encoding: "utf8", cwd: root, env, maxBuffer: 2 ** 28 } as const;
  return spawnSync(process.execPath, [main, "reach", ...args], options);
}

/** A folder for one suite's files. */
export function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), "flawed-"));
  return {
    write: (name: string, content: unknown): string => {
      const file = join(path, name);
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** The example with more inputs on resources of those names, and with more resources. */
export function changed(
  inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  more: readonly Listed[] = [],
): Listed[] {
  const names = new Set(flawedResources.map(({ name }) => name));
  const strange = Object.keys(inputs).filter((name) => !names.has(name));
  if (strange.length > 0) throw new Error(`no such resources: ${strange.join(", ")}`);
  return [
    ...flawedResources.map((one) => ({ ...one, inputs: { ...one.inputs, ...inputs[one.name] } })),
    ...more,
  ];
}
