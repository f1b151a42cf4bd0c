/** What the machine and the checkout have. */
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAnswering } from "../../clouds/control.ts";
import { findRunning } from "../../clouds/descriptor.ts";
import { type EngineSearch, engineSettings, findEngine, waysOut } from "../../engine/locate.ts";
import { type Context, packFolders } from "../context.ts";
import { type Item, missing, note, ok } from "./item.ts";

/** Runtime, packages, engine, folders, packs and local clouds. */
export async function machineItems(context: Context): Promise<Item[]> {
  return [
    runtimeItem(context),
    packagesItem(context.root),
    ...engineItems(await findEngine(engineSettings(context.variables)), context),
    folderItem(context.root),
    ...packFolders().map(packItem),
    await cloudsItem(context),
  ];
}

function runtimeItem(context: Context): Item {
  const told = context.variables["BULKHEAD_RUNTIME"];
  return ok("runtime", told ?? `Node ${process.version} (${process.execPath})`);
}

function packagesItem(root: string): Item {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const wrong = Object.entries(manifest.dependencies).filter(
    ([name, version]) => installedVersion(root, name) !== version,
  );
  if (wrong.length === 0) {
    return ok(
      "packages",
      `all ${Object.keys(manifest.dependencies).length} at their locked versions`,
    );
  }
  const names = wrong.map(([name, version]) => `${name} ${version}`).join(", ");
  return missing("packages", `not installed: ${names}`, "run ./bulkhead, or npm ci");
}

function installedVersion(root: string, name: string): string | undefined {
  try {
    const file = join(root, "node_modules", name, "package.json");
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version?: string };
    return version?.replace(/^v/, ""); // @pulumi/policy writes one.
  } catch {
    return undefined;
  }
}

function engineItems(search: EngineSearch, context: Context): Item[] {
  const considered = search.considered
    .map(({ place, verdict }) => `${place}: ${verdict}`)
    .join("; ");
  if (search.engine === undefined) {
    const ways = waysOut(engineSettings(context.variables));
    return [missing("engine", `none that can be used (${considered})`, ...ways)];
  }
  const { version, pulumi, why, languageHost } = search.engine;
  return [
    ok("engine", `Pulumi ${version}, ${pulumi}: ${why}. Considered: ${considered}`),
    ok("language host", `${languageHost.path} (${languageHost.source}'s)`),
  ];
}

function folderItem(root: string): Item {
  const folder = join(root, ".bulkhead");
  try {
    accessSync(existsSync(folder) ? folder : root, constants.W_OK);
    return ok("folder", `${folder} can be written`);
  } catch {
    return missing("folder", `${folder} cannot be written`, "make the checkout writable");
  }
}

function packItem(folder: string): Item {
  return existsSync(join(folder, "PulumiPolicy.yaml"))
    ? ok("policy pack", folder)
    : missing("policy pack", `${folder} is not there`, "restore it from version control");
}

async function cloudsItem(context: Context): Promise<Item> {
  const running = await findRunning(context.folders, isAnswering);
  if (running === undefined) return note("local clouds", "not running; up local starts them");
  return ok("local clouds", `process ${running.pid}, world ${running.world}`);
}
