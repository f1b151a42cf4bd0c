/** `clouds drift`: what somebody does by hand. */
import { readFileSync } from "node:fs";
import { type Problem, ProblemError } from "../../../../model/base/problem.ts";
import { ask } from "../../../clouds/control.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { withClouds } from "./with-clouds.ts";

/** What is asked for besides the words. */
export interface DriftOptions {
  readonly delete: boolean;
  readonly create: boolean;
  /** File of the inputs; `-` for standard input. */
  readonly inputs?: string;
  /** `KEY=VALUE` of a provider's configuration. */
  readonly config: readonly string[];
}

/** What the clouds are asked for, and what is then said to have been done. */
interface Deed {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly done: string;
}

/** Changes, removes or creates a resource behind the engine's back. */
export async function driftCommand(
  context: Context,
  words: readonly string[],
  options: DriftOptions,
): Promise<ExitCode> {
  const { path, body, done } = deedOf(words, options);
  const row = await withClouds(context, (descriptor) => ask(descriptor, "POST", path, body));
  context.output.note(`${String(row["token"])} ${String(row["id"])}: ${done}.`);
  context.output.note(
    options.create
      ? "./bulkhead clouds state --unmanaged lists it."
      : "./bulkhead refresh local shows it.",
  );
  return exitCodes.done;
}

function deedOf(words: readonly string[], options: DriftOptions): Deed {
  const [resource = "", ...rest] = words;
  if (options.create && options.delete) throw wrong("--create --delete", "one of them");
  if (options.create) return creation(words, options);
  if (options.inputs !== undefined || options.config.length > 0) {
    throw wrong("--inputs or --config without --create", "them with --create only");
  }
  if (options.delete) {
    if (rest.length > 0) throw wrong(rest.join(" "), "nothing besides the resource with --delete");
    return { path: "/drift/delete", body: { id: resource }, done: "deleted" };
  }
  if (rest.length === 0) throw wrong(resource, "PATH=VALUE, PATH-, or --delete after the resource");
  const changes = rest.map(changeOf);
  const done = `${changes.map(({ path }) => path).join(", ")} changed`;
  return { path: "/drift", body: { id: resource, changes }, done };
}

function creation(words: readonly string[], { inputs, config }: DriftOptions): Deed {
  const [token, name, ...more] = words;
  if (token === undefined || name === undefined || more.length > 0) {
    throw wrong(words.join(" "), "--create TOKEN NAME");
  }
  const settings = config.map((text) => {
    const change = changeOf(text);
    if (!("value" in change)) throw wrong(text, "KEY=VALUE");
    return [change.path, change.value] as const;
  });
  const body = {
    token,
    name,
    inputs: inputs === undefined ? {} : inputsIn(inputs),
    config: Object.fromEntries(settings),
  };
  return { path: "/drift/create", body, done: "created" };
}

/** A property path may hold `=` in quotes only: `tags["a=b"]=c`. */
const setting = /^((?:[^="]|"(?:[^"\\]|\\.)*")+)=(.*)$/s;

/** A change of one property: `PATH=VALUE`, or `PATH-` to remove it. */
export function changeOf(text: string): { path: string; value?: unknown } {
  const [, path, value] = setting.exec(text) ?? [];
  if (path !== undefined && value !== undefined) return { path, value: parsed(value) };
  if (text.endsWith("-") && text.length > 1) return { path: text.slice(0, -1) };
  throw wrong(text, "PATH=VALUE to set a property, PATH- to remove it");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function inputsIn(file: string): unknown {
  const place = file === "-" ? "standard input" : file;
  try {
    const value: unknown = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw new ProblemError([notInputs(place, error instanceof Error ? error.message : "no JSON")]);
  }
  throw new ProblemError([notInputs(place, "no object")]);
}

function notInputs(place: string, got: string): Problem {
  const next = 'Write them as {"property": value}.';
  return { code: "input-type", place, got, allowed: "a JSON object of the inputs", next };
}

function wrong(got: string, allowed: string): ProblemError {
  const next = "See ./bulkhead clouds drift --help.";
  return new ProblemError([{ code: "input-type", place: "clouds drift", got, allowed, next }]);
}
