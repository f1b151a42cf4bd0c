/**
 * The local clouds as a process.
 *
 * `node local-clouds/main.ts --world FILE [--port PACKAGE=PORT]… [--control-port PORT] [--with-parent] [--lenient]`
 *
 * Prints one JSON line when everything is served:
 * `{ pid, world, control: { port, token }, providers: { aws: PORT, … }, debugProviders: "aws:PORT,…" }`
 * and stays until SIGTERM, SIGINT, POST /stop or, with `--with-parent`, the end of its standard
 * input. `--lenient` takes resource types that no table has. Exit codes: 0 told to end, 1 the world
 * cannot be opened or a port is taken, 2 wrong use.
 */

import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { openControl } from "./control/server.ts";
import { ArmedFaults } from "./faults/armed.ts";
import { Leniency, lenientTypes } from "./lifecycle/lenient.ts";
import type { Clouds } from "./lifecycle/session.ts";
import { packages } from "./packages/index.ts";
import { type Served, serve } from "./protocol/serve.ts";
import { Recorder } from "./records/recorder.ts";
import { closeWorld, openWorld } from "./world/open.ts";

/** Bytes of randomness in the control door's token. */
const tokenBytes = 24;

interface Options {
  readonly world: string;
  readonly ports: ReadonlyMap<string, number>;
  readonly controlPort: number;
  readonly withParent: boolean;
  readonly lenient: boolean;
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(args);
  } catch (error) {
    return complain(error, 2);
  }
  try {
    await run(options);
    return 0;
  } catch (error) {
    return complain(error, 1);
  }
}

function complain(error: unknown, exitCode: number): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  return exitCode;
}

function warn(sentence: string): void {
  process.stderr.write(`warning: ${sentence}\n`);
}

async function run(options: Options): Promise<void> {
  const world = openWorld(options.world);
  const faults = new ArmedFaults();
  const leniency = options.lenient ? new Leniency(warn) : undefined;
  const clouds: Clouds = {
    world,
    packages,
    clock: () => new Date(),
    faults,
    leniency,
    records: new Recorder(world),
  };
  const served: Served[] = [];
  try {
    for (const cloud of packages.values()) {
      served.push(await serve(clouds, cloud, options.ports.get(cloud.profile.name) ?? 0));
    }
    await stayUntilTold(clouds, served, options);
  } finally {
    await Promise.all(served.map((server) => server.stop()));
    closeWorld(world, options.world);
  }
}

async function stayUntilTold(
  clouds: Clouds,
  served: readonly Served[],
  options: Options,
): Promise<void> {
  const told = Promise.withResolvers<void>();
  const token = randomBytes(tokenBytes).toString("base64url");
  const control = await openControl({
    clouds,
    token,
    port: options.controlPort,
    about: () => ({
      pid: process.pid,
      world: options.world,
      resources: clouds.world.size(),
      lenient: options.lenient,
      lenientTypes: lenientTypes(clouds.world),
    }),
    onStop: told.resolve,
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, told.resolve);
  if (options.withParent) process.stdin.on("end", told.resolve).on("error", told.resolve).resume();
  announce(served, { port: control.port, token }, options.world);
  await told.promise;
  await control.close();
  process.stdin.destroy();
}

function announce(
  served: readonly Served[],
  control: { readonly port: number; readonly token: string },
  world: string,
): void {
  const providers = Object.fromEntries(served.map(({ name, port }) => [name, port]));
  const debugProviders = served.map(({ name, port }) => `${name}:${port}`).join(",");
  const line = { pid: process.pid, world, control, providers, debugProviders };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      world: { type: "string" },
      port: { type: "string", multiple: true, default: [] },
      "control-port": { type: "string", default: "0" },
      "with-parent": { type: "boolean", default: false },
      lenient: { type: "boolean", default: false },
    },
  });
  if (values.world === undefined) throw new TypeError("--world FILE is needed");
  return {
    world: values.world,
    ports: new Map(values.port.map(packagePort)),
    controlPort: portOf(values["control-port"]),
    withParent: values["with-parent"],
    lenient: values.lenient,
  };
}

function packagePort(text: string): [string, number] {
  const [name = "", port = ""] = text.split("=");
  if (!packages.has(name)) throw new RangeError(`--port ${text}: no package ${name}`);
  return [name, portOf(port)];
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(`not a port: ${text}`);
  return port;
}
