/**
 * Nested shapes with the same properties become one: SDKs unroll recursive types (the rules of a
 * web application firewall) and repeat every input as an output.
 */

import type { Collected, Properties } from "./collect.ts";

/** The name under which each nested shape and enumeration of a module is written. */
export interface Names {
  /** Written shapes by their key, and under which name. */
  readonly shapes: ReadonlyMap<string, string>;
  /** A spelled type with written names in it. */
  rename(spelling: string): string;
  /** A spelled type as what it says about an output: without marks, equal shapes alike. */
  asOutput(spelling: string): string;
}

const reference = /([#=~])([\w.:-]+)/g;

/** Finds equal shapes and names what is left. */
export function merge(collected: Collected): Names {
  const chosen = mergeEqual(collected.shapes);
  const resolve = (key: string) => chosen.get(key) ?? key;
  const written = [...collected.shapes.keys()].filter((key) => resolve(key) === key).sort();
  const names = unique(written, shortShape);
  const enums = unique([...collected.enums.keys()].sort(), lastOf);
  const rename = (spelling: string) =>
    spelling.replaceAll(reference, (_whole, mark: string, key: string) =>
      mark === "#" ? `#${names.get(resolve(key))}` : `${mark}${enums.get(key)}`,
    );
  return {
    shapes: names,
    rename,
    asOutput: (spelling) => rename(spelling).replace(/!$/, ""),
  };
}

/** Which shape stands for each: the first of those that say the same, inputs before outputs. */
function mergeEqual(shapes: ReadonlyMap<string, Properties>): Map<string, string> {
  const chosen = new Map<string, string>();
  const keys = [...shapes.keys()].sort(byLength);
  const resolve = (key: string) => chosen.get(key) ?? key;
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    const known = new Map<string, string>();
    for (const key of keys) {
      if (chosen.has(key)) continue;
      const marked = signature(shapes.get(key) ?? {}, resolve);
      const first = known.get(marked);
      if (first === undefined) known.set(marked, key);
      else chosen.set(key, first);
      if (key.startsWith("in:")) {
        const bare = `out ${signature(shapes.get(key) ?? {}, resolve, true)}`;
        if (!known.has(bare)) known.set(bare, key);
      }
    }
    for (const key of keys) {
      if (chosen.has(key) || key.startsWith("in:")) continue;
      const twin = known.get(`out ${signature(shapes.get(key) ?? {}, resolve)}`);
      if (twin !== undefined) chosen.set(key, twin);
    }
  }
  for (const key of keys) chosen.set(key, last(chosen, key));
  return new Map([...chosen].filter(([key, to]) => key !== to));
}

function last(chosen: ReadonlyMap<string, string>, key: string): string {
  const next = chosen.get(key);
  return next === undefined || next === key ? key : last(chosen, next);
}

function signature(properties: Properties, resolve: (key: string) => string, bare = false): string {
  return Object.entries(properties)
    .map(([name, spelling]) => {
      const text = bare ? spelling.replace(/!$/, "") : spelling;
      return `${name}:${text.replaceAll(reference, (_all, mark: string, key: string) => mark + (mark === "#" ? resolve(key) : key))}`;
    })
    .join(";");
}

/** The shortest name reads best; inputs come before outputs. */
function byLength(a: string, b: string): number {
  const side = Number(b.startsWith("in:")) - Number(a.startsWith("in:"));
  return side || a.length - b.length || (a < b ? -1 : 1);
}

/** Short names where they are free, longer ones where two shapes would share one. */
function unique(keys: readonly string[], short: (key: string) => string): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const key of keys) {
    const full = key.replace(/^(in|out):/, "");
    const wishes = [short(key), ...(key.startsWith("out:") ? [`${short(key)}.out`] : []), full];
    const name = wishes.find((wish) => !taken.has(wish)) ?? `${full}.out`;
    taken.add(name);
    names.set(key, name);
  }
  return names;
}

/** azure-native ends the names of its input shapes in `Args`. */
function shortShape(key: string): string {
  return lastOf(key).replace(/Args$/, "");
}

function lastOf(key: string): string {
  return key.slice(Math.max(key.lastIndexOf("."), key.lastIndexOf(":")) + 1);
}
