/** Comparing a recorded answer with ours: which keys there are, and what they hold. */

import { formatPath } from "../protocol/path.ts";
import { isList, isObject, type Json } from "../protocol/value.ts";
import { isSecret, secretValue } from "../protocol/wire.ts";
import { alike, normalise } from "./normalise.ts";

/** How one place of an answer compares. */
export type Verdict = "agrees" | "missing" | "extra" | "differs";

/** One place of an answer. */
export interface Place {
  /** Path of the property, e.g. `bgp.advertisedGroups`, `__defaults.name`. */
  readonly path: string;
  readonly verdict: Verdict;
  readonly recorded: Json | undefined;
  readonly ours: Json | undefined;
}

/** Lists in which order means nothing: each member is a place of its own. */
const sets: ReadonlySet<string> = new Set(["__defaults", "stables", "replaces", "diffs"]);

/**
 * Compares two answers place by place. `sent` are the texts of the request: a service does not make
 * up what it was told, so those must come back as they are.
 */
export function compare(
  recorded: Json | undefined,
  ours: Json | undefined,
  sent: ReadonlySet<string>,
): readonly Place[] {
  return compareAt([], recorded, ours, sent);
}

/** Every text in a value. */
export function textsIn(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: Json): void => {
    if (typeof node === "string") found.add(node);
    else if (isList(node)) for (const item of node) visit(item as Json);
    else if (isObject(node)) for (const item of Object.values(node)) visit(item as Json);
  };
  visit(value);
  return found;
}

type At = readonly (string | number)[];

function compareAt(
  at: At,
  recorded: Json | undefined,
  ours: Json | undefined,
  sent: ReadonlySet<string>,
): Place[] {
  if (recorded === undefined || ours === undefined) {
    const present = recorded ?? ours;
    return isSet(at) && isList(present) && present.length > 0
      ? compareSets(at, (recorded ?? []) as Json[], (ours ?? []) as Json[])
      : oneSided(at, recorded, ours);
  }
  if (isSecret(recorded) !== isSecret(ours)) return [place(at, "differs", recorded, ours)];
  if (isSecret(recorded)) return compareAt(at, secretValue(recorded), secretValue(ours), sent);
  const [left, right] = [unpacked(recorded), unpacked(ours)];
  if (isList(left) && isList(right)) return compareLists(at, left as Json[], right as Json[], sent);
  if (isObject(left) && isObject(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    if (keys.length === 0) return [place(at, "agrees", recorded, ours)];
    return keys.flatMap((key) =>
      compareAt([...at, key], left[key] as Json | undefined, right[key] as Json | undefined, sent),
    );
  }
  return [place(at, sameScalar(left, right, sent) ? "agrees" : "differs", recorded, ours)];
}

function oneSided(at: At, recorded: Json | undefined, ours: Json | undefined): Place[] {
  if (recorded === undefined && ours === undefined) return [];
  return [place(at, ours === undefined ? "missing" : "extra", recorded, ours)];
}

function compareLists(at: At, left: Json[], right: Json[], sent: ReadonlySet<string>): Place[] {
  if (isSet(at)) return compareSets(at, left, right);
  if (left.length !== right.length || left.length === 0)
    return [place(at, left.length === right.length ? "agrees" : "differs", left, right)];
  const [a, b] = inOneOrder(left, right);
  const paired = a.every(isObject) && b.every(isObject) ? nearest(a, b, sent) : b;
  return a.flatMap((item, i) => compareAt([...at, i], item, paired[i], sent));
}

function isSet(at: At): boolean {
  return sets.has(String(at.at(-1)));
}

function compareSets(at: At, left: Json[], right: Json[]): Place[] {
  const [mine, theirs] = [new Set(right), new Set(left)];
  if (mine.size === 0 && theirs.size === 0) return [place(at, "agrees", left, right)];
  return [...new Set([...left, ...right])].map((member) => {
    const verdict = !mine.has(member) ? "missing" : theirs.has(member) ? "agrees" : "extra";
    return place([...at, String(member)], verdict, member, member);
  });
}

/** Lists of texts come from sets of the service as often as from lists: they are compared sorted. */
function inOneOrder(left: Json[], right: Json[]): [Json[], Json[]] {
  const texts = (list: Json[]): list is string[] => list.every((item) => typeof item === "string");
  return texts(left) && texts(right) ? [sorted(left), sorted(right)] : [left, right];
}

/** Objects come from sets, too: each is compared with the one that differs least. */
function nearest(left: readonly Json[], right: readonly Json[], sent: ReadonlySet<string>): Json[] {
  const rest = [...right];
  return left.map((item, i) => {
    // The one at the same place goes first, so a list in order stays as it is.
    const here = rest.indexOf(right[i] ?? null);
    if (here > 0) rest.unshift(...rest.splice(here, 1));
    const counts = rest.map((other) => differences(item, other, sent));
    return rest.splice(counts.indexOf(Math.min(...counts)), 1)[0] ?? null;
  });
}

function differences(left: Json, right: Json, sent: ReadonlySet<string>): number {
  return compareAt([], left, right, sent).filter(({ verdict }) => verdict !== "agrees").length;
}

function sorted(list: readonly string[]): string[] {
  const key = (text: string) => `${normalise(text).form}\n${text}`;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function sameScalar(left: Json, right: Json, sent: ReadonlySet<string>): boolean {
  if (left === right) return true;
  if (typeof left !== "string" && typeof left !== "number") return false;
  if (typeof right !== "string" && typeof right !== "number") return false;
  return !sent.has(String(left)) && alike(left, right);
}

/** Documents inside of texts (policies, the bridge's `__meta`) are compared as what they say. */
function unpacked(value: Json): Json {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function place(
  at: At,
  verdict: Verdict,
  recorded: Json | undefined,
  ours: Json | undefined,
): Place {
  return { path: formatPath(at), verdict, recorded, ours };
}
