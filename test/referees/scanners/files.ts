/** Files of an unpacked package. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Paths from `folder` of all files whose names end so. */
export function filesIn(folder: string, endings: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

/** Runs a registry's ordinary client; throws with its own words if it fails. */
export function client(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")}: ${stderr}`);
  return stdout;
}

/** Where Python's virtual environment in `folder` keeps packages. */
export function sitePackages(folder: string): string {
  const [version] = readdirSync(join(folder, "lib"));
  if (version === undefined) throw new Error(`${folder} is no virtual environment`);
  return join(folder, "lib", version, "site-packages");
}
