/** The file that says where the running local clouds are. It holds the key to their control door. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Folders } from "../engine/folders.ts";
import { isAlive } from "../engine/processes.ts";

/** Local clouds as they announce themselves, and who keeps them. */
export interface Descriptor {
  readonly pid: number;
  /** Path of the world's file. */
  readonly world: string;
  readonly control: { readonly port: number; readonly token: string };
  /** Ports by package. */
  readonly providers: Readonly<Record<string, number>>;
  /** The same as the engine takes it in PULUMI_DEBUG_PROVIDERS. */
  readonly debugProviders: string;
  /** Started by `clouds start`: they stay until `clouds stop`. */
  readonly kept: boolean;
}

function fileOf(folders: Folders): string {
  return join(folders.clouds, "running.json");
}

/** What the file says; undefined where there is none or it makes no sense. */
export function readDescriptor(folders: Folders): Descriptor | undefined {
  try {
    return parseDescriptor(JSON.parse(readFileSync(fileOf(folders), "utf8")));
  } catch {
    return undefined;
  }
}

/** Checks the shape of what the local clouds announced, or of what was stored of it. */
export function parseDescriptor(value: unknown): Descriptor | undefined {
  if (!isRecord(value) || !isRecord(value["control"]) || !isRecord(value["providers"])) {
    return undefined;
  }
  const { pid, world, debugProviders, kept, control, providers } = value;
  const { port, token } = control;
  if (typeof pid !== "number" || typeof world !== "string" || typeof port !== "number") {
    return undefined;
  }
  if (typeof token !== "string" || typeof debugProviders !== "string") return undefined;
  const ports = Object.entries(providers).map(([name, number]) => [name, Number(number)]);
  return {
    pid,
    world,
    control: { port, token },
    providers: Object.fromEntries(ports) as Record<string, number>,
    debugProviders,
    kept: kept === true,
  };
}

/** Stores a descriptor; only its owner may read it. */
export function writeDescriptor(folders: Folders, descriptor: Descriptor): void {
  const file = fileOf(folders);
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, `${JSON.stringify(descriptor, null, 2)}\n`, { mode: 0o600 });
  renameSync(whole, file);
}

/** Removes the descriptor of the clouds with that process id, and of no others. */
export function removeDescriptor(folders: Folders, pid: number): void {
  if (readDescriptor(folders)?.pid === pid) rmSync(fileOf(folders), { force: true });
}

/**
 * The clouds that run, proved by their own answer: a process id alone may meanwhile be another
 * program's, and a port another's too.
 */
export async function findRunning(
  folders: Folders,
  answers: (descriptor: Descriptor) => Promise<boolean>,
): Promise<Descriptor | undefined> {
  const descriptor = readDescriptor(folders);
  if (descriptor === undefined || !isAlive(descriptor.pid)) return undefined;
  return (await answers(descriptor)) ? descriptor : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
