/** Starts and ends the local clouds' process. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Variables } from "../engine/environment.ts";
import { type Folders, makeFolder } from "../engine/folders.ts";
import { isAlive, signal } from "../engine/processes.ts";
import { ToldError } from "../engine/told-error.ts";
import { ask } from "./control.ts";
import {
  type Descriptor,
  parseDescriptor,
  removeDescriptor,
  writeDescriptor,
} from "./descriptor.ts";

/** How the clouds are started. */
export interface StartOptions {
  /** They outlive this process and end at `clouds stop`. */
  readonly kept: boolean;
  /** `PACKAGE=PORT` for packages that want a certain port. */
  readonly ports: readonly string[];
  /** Resource types that no table has are taken as they are. */
  readonly lenient?: boolean;
}

const startMsMax = 60_000;
/** From the request to stop until the process is ended by force. */
const stopMsMax = 15_000;
const pollMs = 25;

/** Where the clouds' own messages go. */
export function cloudsLog(folders: Folders): string {
  return join(folders.clouds, "clouds.log");
}

/** Starts the clouds and stores where they are; a {@link ToldError} in their words where they refuse. */
export async function startClouds(
  folders: Folders,
  variables: Variables,
  options: StartOptions,
): Promise<Descriptor> {
  makeFolder(folders.worlds);
  makeFolder(folders.clouds);
  const log = openSync(cloudsLog(folders), "w", 0o600);
  const child = spawn(process.execPath, argumentsOf(folders, options), {
    cwd: folders.root,
    env: environmentOf(variables),
    // A session of its own: Ctrl-C on the terminal is for the engine, which still needs the clouds.
    detached: true,
    stdio: [options.kept ? "ignore" : "pipe", "pipe", log],
  });
  closeSync(log);
  const line = await firstLine(child, folders);
  const announced = parseDescriptor(safeParse(line));
  if (announced === undefined) {
    signal(child.pid ?? 0, "SIGKILL");
    throw new ToldError(`local clouds: unexpected announcement ${line}`, true);
  }
  const descriptor = { ...announced, kept: options.kept };
  writeDescriptor(folders, descriptor);
  letGo(child);
  return descriptor;
}

function argumentsOf(folders: Folders, options: StartOptions): string[] {
  return [
    join(folders.root, "local-clouds", "main.ts"),
    "--world",
    folders.world,
    ...(options.lenient === true ? ["--lenient"] : []),
    ...options.ports.flatMap((port) => ["--port", port]),
    // Whoever starts them ends them, even by being killed: the pipe closes.
    ...(options.kept ? [] : ["--with-parent"]),
  ];
}

/** The clouds are simulated: they are given nothing that could log in anywhere. */
function environmentOf(variables: Variables): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "NODE_COMPILE_CACHE"];
  return Object.fromEntries(names.map((name) => [name, variables[name]]));
}

function firstLine(child: ChildProcess, folders: Folders): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const fail = (reason: string) => reject(new ToldError(reason, true));
    const timer = setTimeout(() => {
      signal(child.pid ?? 0, "SIGKILL");
      fail(`the local clouds did not start within ${startMsMax} ms, see ${cloudsLog(folders)}`);
    }, startMsMax);
    const ended = (code: number | null) => {
      clearTimeout(timer);
      const said = readFileSync(cloudsLog(folders), "utf8").trim();
      fail(said === "" ? `the local clouds ended with ${code}` : `local clouds: ${said}`);
    };
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (!text.includes("\n")) return;
      clearTimeout(timer);
      // From here on they end when they are told to, and perhaps after their log is gone.
      child.off("exit", ended);
      resolve(text.slice(0, text.indexOf("\n")));
    });
    child.once("error", (error) => fail(error.message));
    child.once("exit", ended);
  });
}

/** This process may end while the clouds go on. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.stdout?.destroy();
  const input = child.stdin as (NodeJS.WritableStream & { unref?: () => void }) | null;
  input?.unref?.();
  input?.on("error", () => undefined);
}

/** Ends the clouds: by their door, else by a signal, else by force. */
export async function stopClouds(folders: Folders, descriptor: Descriptor): Promise<void> {
  try {
    await ask(descriptor, "POST", "/stop");
  } catch {
    signal(descriptor.pid, "SIGTERM");
  }
  const deadline = Date.now() + stopMsMax;
  while (isAlive(descriptor.pid) && Date.now() < deadline) await sleep(pollMs);
  if (isAlive(descriptor.pid)) signal(descriptor.pid, "SIGKILL");
  removeDescriptor(folders, descriptor.pid);
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
