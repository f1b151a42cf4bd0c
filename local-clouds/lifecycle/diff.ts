/** Diff: what changes, and whether the resource must be replaced for it. */

import { covers, formatPath, meet, parsePath, withValueAt } from "../protocol/path.ts";
import {
  equal,
  isList,
  isObject,
  revealObject,
  Secret,
  Unknown,
  type Value,
  type ValueObject,
} from "../protocol/value.ts";
import type { TypeEntry } from "../types/type.ts";
import { unlessUnknown } from "./computed.ts";
import { demandEntry, type Session } from "./session.ts";

/** A Diff request; `oldInputs` are the inputs in the state, `newInputs` the checked ones. */
export interface DiffRequest {
  readonly token: string;
  readonly oldInputs: ValueObject;
  readonly oldOutputs: ValueObject;
  readonly newInputs: ValueObject;
  readonly ignoreChanges: readonly string[];
}

/** How one property changes. */
export interface PropertyChange {
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** What changes. */
export interface DiffResult {
  readonly detailed: ReadonlyMap<string, PropertyChange>;
  /** Top-level properties that change. */
  readonly changed: readonly string[];
  /** Paths whose change replaces the resource. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Outputs that stay as they are, whatever else changes. */
  readonly stables: readonly string[];
  /** The provider calls its answer detailed. */
  readonly isDetailed: boolean;
}

/** Compares old and new inputs by the entry's rules. */
export function diff(session: Session, request: DiffRequest): DiffResult {
  const entry = demandEntry(session, request.token);
  const { bookkeeping, comparedAs } = session.cloud.profile;
  const olds = bookkeeping.strip(request.oldInputs);
  const news = withIgnored(olds, bookkeeping.strip(request.newInputs), request.ignoreChanges);
  const detailed = new Map<string, PropertyChange>();
  const changed = new Set<string>();
  for (const { at, kind } of changes(olds, news, [])) {
    if (alike(comparedAs?.[String(at[0])], olds[String(at[0])], news[String(at[0])])) continue;
    const replaces = (entry.forceNew ?? []).some(
      (path) => covers(parsePath(path), at) || above(path, at),
    );
    detailed.set(formatPath(at), { kind, replaces });
    changed.add(String(at[0]));
  }
  const expired = expiry(session, entry, request);
  if (expired !== undefined) {
    detailed.set(expired, { kind: "update", replaces: true });
    changed.add(expired);
  }
  const replaces = [...detailed].filter(([, change]) => change.replaces).map(([path]) => path);
  const manner = bookkeeping.tells(entry);
  return {
    detailed,
    changed: [...changed].sort(),
    replaces,
    deleteBeforeReplace:
      replaces.length > 0 && bookkeeping.deletesFirst(entry, request.oldInputs, request.newInputs),
    stables: manner.stables ? stables(entry, replaces) : [],
    isDetailed: manner.detailsOfNothing || detailed.size > 0,
  };
}

interface Change {
  readonly at: readonly (string | number)[];
  readonly kind: PropertyChange["kind"];
}

/** Whether two texts are one for the provider. */
function alike(
  form: ((text: string) => string) | undefined,
  old: Value | undefined,
  next: Value | undefined,
): boolean {
  const [before, after] = [bare(old), bare(next)];
  if (form === undefined || typeof before !== "string" || typeof after !== "string") return false;
  return form(before) === form(after);
}

/** The leaves in which two values differ; null and absence are one. */
function changes(
  old: Value | undefined,
  next: Value | undefined,
  at: readonly (string | number)[],
): Change[] {
  const [before, after] = [bare(old), bare(next)];
  if (equal(before, after) && !(after instanceof Unknown)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changes(before[key], after[key], [...at, key]));
  }
  if (isList(before) && isList(after)) {
    const count = Math.max(before.length, after.length);
    return Array.from({ length: count }, (_, i) => changes(before[i], after[i], [...at, i])).flat();
  }
  if (before === undefined) return [{ at, kind: "add" }];
  return [{ at, kind: after === undefined ? "delete" : "update" }];
}

function bare(value: Value | undefined): Value | undefined {
  if (value instanceof Secret) return bare(value.value);
  return value === null ? undefined : value;
}

/** A change of a whole container also changes what a longer rule names inside it. */
function above(path: string, at: readonly (string | number)[]): boolean {
  const steps = parsePath(path);
  return at.length < steps.length && covers(steps.slice(0, at.length), at);
}

function withIgnored(olds: ValueObject, news: ValueObject, paths: readonly string[]): ValueObject {
  let out = news;
  for (const path of paths) {
    const steps = parsePath(path);
    const concrete = [...meet(news, steps), ...meet(olds, steps)].map(({ at }) => at);
    for (const at of concrete) out = withValueAt(out, at, meet(olds, at)[0]?.value);
  }
  return out;
}

function expiry(session: Session, entry: TypeEntry, request: DiffRequest): string | undefined {
  const { expired } = entry;
  if (expired === undefined) return undefined;
  const nowMs = session.clouds.clock().getTime();
  return unlessUnknown(() => expired(revealObject(request.oldOutputs, entry.token), nowMs));
}

/** As the bridge answers: what would replace the resource as a whole and does not change, is stable. */
function stables(entry: TypeEntry, replaces: readonly string[]): string[] {
  const replaced = new Set(replaces.map((path) => String(parsePath(path)[0])));
  const tops = (entry.forceNew ?? []).filter((path) => parsePath(path).length === 1);
  return tops.filter((top) => !replaced.has(top));
}
