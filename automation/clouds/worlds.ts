/** Named worlds: each has a file of its own, and clouds of its own that run in it. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../model/base/problem.ts";
import type { Folders } from "../engine/folders.ts";
import { unknownName } from "../engine/stack-place.ts";

/** The world that the stack `local` lives in. */
export const usualWorld = "local";

const nameForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
const extension = ".world";

/** A world that has a file. */
export interface KnownWorld {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}

/** All worlds of a checkout, by name. */
export function listWorlds(folders: Folders): KnownWorld[] {
  if (!existsSync(folders.worlds)) return [];
  return readdirSync(folders.worlds)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => {
      const path = join(folders.worlds, file);
      const name = file.slice(0, -extension.length);
      return { name, file: path, bytes: statSync(path).size };
    });
}

/**
 * The folders for the clouds of a world. Only a command that may make a world takes a name that
 * none has; a {@link ProblemError} names the nearest one.
 */
export function inWorld(folders: Folders, name: string, mayMake: boolean): Folders {
  if (name === usualWorld) return folders;
  const known = [...new Set([usualWorld, ...listWorlds(folders).map((world) => world.name)])];
  if (!nameForm.test(name)) {
    const problem = unknownName("world", name, known);
    const allowed = "up to 63 letters, digits, _ and -, a letter or digit first";
    throw new ProblemError([{ ...problem, code: "input-type", allowed }]);
  }
  if (!mayMake && !known.includes(name)) {
    const problem = unknownName("world", name, known);
    const next = `${problem.next} ./bulkhead clouds start --world ${name} makes one of that name.`;
    throw new ProblemError([{ ...problem, next }]);
  }
  return {
    ...folders,
    world: join(folders.worlds, `${name}${extension}`),
    clouds: join(folders.clouds, "worlds", name),
  };
}
