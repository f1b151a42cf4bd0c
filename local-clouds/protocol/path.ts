/**
 * Property paths: `vpcId`, `ingress[0].cidrBlocks[*]`, `containers.*.image`, `tags["a.b"]`.
 * `[*]` is every item of a list, `*` every value of a map.
 */

import { isList, isObject, Secret, type Value, type ValueObject } from "./value.ts";

/** One step of a path: a key, an index, every item or every value. */
export type Step = string | number | typeof everyItem | typeof everyValue;
/** `[*]` */
export const everyItem = Symbol("[*]");
/** `*` */
export const everyValue = Symbol("*");

/** Containers while they are being built. */
export type Draft = { [key: string]: Value } | Value[];

const token = /^(?:\.?([^.[\]"]+)|\[(\d+)\]|(\[\*\])|\["((?:[^"\\]|\\.)*)"\])/;
const parsed = new Map<string, readonly Step[]>();

/** Parses a path; throws `RangeError` if it is not one. Results are kept: tables use few paths often. */
export function parsePath(path: string): readonly Step[] {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const steps: Step[] = [];
  let rest = path;
  while (rest !== "") {
    const match = token.exec(rest);
    if (match === null) throw new RangeError(`not a property path: ${path}`);
    steps.push(stepOf(match));
    rest = rest.slice(match[0].length);
  }
  if (steps.length === 0) throw new RangeError("an empty property path");
  if (parsed.size < parsedPathsMax) parsed.set(path, steps);
  return steps;
}

/** Paths kept parsed; others (a caller's own) are parsed each time. */
const parsedPathsMax = 10_000;

function stepOf(match: RegExpExecArray): Step {
  if (match[1] !== undefined) return match[1] === "*" ? everyValue : match[1];
  if (match[2] !== undefined) return Number(match[2]);
  if (match[3] !== undefined) return everyItem;
  return (match[4] ?? "").replaceAll(/\\(.)/g, "$1");
}

/** A path as text again, in the form the engine prints. */
export function formatPath(steps: readonly (string | number)[]): string {
  let out = "";
  for (const step of steps) {
    if (typeof step === "number") out += `[${step}]`;
    else if (/[.[\]"]/.test(step)) out += `[${JSON.stringify(step)}]`;
    else out += out === "" ? step : `.${step}`;
  }
  return out;
}

/** All values a path meets, with the concrete path to each; looks through secrets. */
export function meet(
  root: Value,
  steps: readonly Step[],
): { at: (string | number)[]; value: Value }[] {
  let found: { at: (string | number)[]; value: Value }[] = [{ at: [], value: root }];
  for (const step of steps) {
    found = found.flatMap(({ at, value }) =>
      childrenAt(value, step).map(([key, child]) => ({ at: [...at, key], value: child })),
    );
  }
  return found;
}

function childrenAt(parent: Value, step: Step): (readonly [string | number, Value])[] {
  const node = parent instanceof Secret ? parent.value : parent;
  if (step === everyItem) return isList(node) ? node.map((item, i) => [i, item] as const) : [];
  if (step === everyValue) return isObject(node) ? Object.entries(node) : [];
  if (typeof step === "number") {
    const item = isList(node) ? node[step] : undefined;
    return item === undefined ? [] : [[step, item]];
  }
  const item =
    isObject(node) && Object.hasOwn(node, step as string) ? node[step as string] : undefined;
  return item === undefined ? [] : [[step as string, item]];
}

/** Whether a concrete path lies at or below a pattern. */
export function covers(pattern: readonly Step[], concrete: readonly (string | number)[]): boolean {
  return (
    pattern.length <= concrete.length &&
    pattern.every((step, i) => {
      const at = concrete[i];
      if (step === everyItem) return typeof at === "number";
      return step === everyValue ? typeof at === "string" : step === at;
    })
  );
}

/**
 * Sets a property in every parent that a pattern's front part meets and that lacks it (or has null).
 * `compute` is called once per place; `undefined` leaves it out. Returns the concrete paths set.
 */
export function fill(
  draft: Draft,
  steps: readonly Step[],
  compute: () => Value | undefined,
): (string | number)[][] {
  const last = steps.at(-1);
  if (typeof last !== "string") throw new RangeError("a filled path must end in a key");
  const done: (string | number)[][] = [];
  for (const parent of meet(draft as Value, steps.slice(0, -1))) {
    const node = parent.value instanceof Secret ? parent.value.value : parent.value;
    if (!isObject(node) || (node[last] !== undefined && node[last] !== null)) continue;
    const value = compute();
    if (value === undefined) continue;
    (node as { [key: string]: Value })[last] = value;
    done.push([...parent.at, last]);
  }
  return done;
}

/** Removes a property from every parent that a pattern's front part meets. */
export function removeAt(draft: Draft, steps: readonly Step[]): void {
  const last = steps.at(-1);
  if (typeof last !== "string") throw new RangeError("a removed path must end in a key");
  for (const parent of meet(draft as Value, steps.slice(0, -1))) {
    const node = parent.value instanceof Secret ? parent.value.value : parent.value;
    if (isObject(node)) delete (node as { [key: string]: Value })[last];
  }
}

/** A copy in which nothing is shared with the original, ready to be changed. */
export function draftOf(value: ValueObject): { [key: string]: Value } {
  return copy(value) as { [key: string]: Value };
}

function copy(value: Value): Value {
  if (isList(value)) return value.map(copy);
  if (value instanceof Secret) return new Secret(copy(value.value));
  if (!isObject(value)) return value;
  const out: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) out[key] = copy(item);
  return out;
}

/** A copy with one concrete place changed (`undefined` removes it); missing objects on the way are made. */
export function withValueAt(
  root: ValueObject,
  steps: readonly Step[],
  value: Value | undefined,
): ValueObject {
  const changed = changeAt(root, steps, value);
  return isObject(changed) ? changed : root;
}

function changeAt(
  node: Value | undefined,
  steps: readonly Step[],
  value: Value | undefined,
): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (node instanceof Secret) return new Secret(changeAt(node.value, steps, value) ?? null);
  if (typeof step === "number") {
    const items = isList(node) ? [...node] : [];
    if (step > items.length)
      throw new RangeError(`index ${step} is beyond a list of ${items.length}`);
    const next = changeAt(items[step], rest, value);
    if (next === undefined) items.splice(step, 1);
    else items[step] = next;
    return items;
  }
  if (typeof step !== "string") throw new RangeError("a place to change must not contain *");
  const object: Record<string, Value> = isObject(node) ? { ...node } : {};
  const next = changeAt(object[step], rest, value);
  if (next === undefined) delete object[step];
  else object[step] = next;
  return object;
}
