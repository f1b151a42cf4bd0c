/** Where a stack lives: its project folder, its configuration file and its backend. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { nearest, type Problem, ProblemError } from "../../model/base/problem.ts";

/** One stack of one of the two projects. */
export interface StackPlace {
  readonly name: string;
  readonly project: "bulkhead" | "bulkhead-organisation";
  /** Folder that holds the project's Pulumi.yaml; the engine is started there. */
  readonly folder: string;
  /** `Pulumi.<stack>.yaml`. It is tracked, so nothing here ever writes to it. */
  readonly configFile: string;
  /** Whether the stack lives in the local clouds, with a backend under `.bulkhead`. */
  readonly local: boolean;
}

/** The stack whose clouds are simulated on this machine. */
export const localStack = "local";

const configFileName = /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/;

/** Names of the environments that have a configuration file, in alphabetical order. */
export function listStacks(root: string): string[] {
  const folder = join(root, "stacks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((file) => configFileName.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}

/** The environment of that name; a {@link ProblemError} that lists all and suggests the nearest. */
export function findStack(root: string, name: string): StackPlace {
  const known = listStacks(root);
  if (known.includes(name)) return environmentStack(root, name);
  throw new ProblemError([unknownName("stack", name, known)]);
}

/** What to say about a name that nobody declared. */
export function unknownName(kind: string, name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  return {
    code: "command-unknown",
    place: kind,
    got: JSON.stringify(name),
    allowed: known.length === 0 ? "none exists" : known.join(", "),
    next: near === undefined ? "See ./bulkhead --help." : `Did you mean "${near}"?`,
  };
}

/** The stack of project `bulkhead` with that name. */
export function environmentStack(root: string, name: string): StackPlace {
  return {
    name,
    project: "bulkhead",
    folder: root,
    configFile: join(root, "stacks", `Pulumi.${name}.yaml`),
    local: name === localStack,
  };
}

/**
 * The organisation's stack that an environment names in its `bulkhead:organisation`, where it names
 * one. An environment in the local clouds has its organisation there too.
 */
export function organisationStack(root: string, environment: StackPlace): StackPlace | undefined {
  const named = readConfig(environment.configFile)["bulkhead:organisation"];
  const folder = join(root, "stacks", "organisation");
  if (typeof named !== "string" || !existsSync(join(folder, "Pulumi.yaml"))) return undefined;
  const name = named.slice(named.lastIndexOf("/") + 1);
  return {
    name,
    project: "bulkhead-organisation",
    folder,
    configFile: join(folder, `Pulumi.${name}.yaml`),
    local: environment.local,
  };
}

/** The `config` mapping of a stack's file; empty where there is none. */
function readConfig(configFile: string): Readonly<Record<string, unknown>> {
  if (!existsSync(configFile)) return {};
  const file: unknown = load(readFileSync(configFile, "utf8"));
  const config = isRecord(file) ? file["config"] : undefined;
  return isRecord(config) ? config : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
