/** Check: inputs named, completed and judged before anything is planned. */

import { draftOf, fill, meet, parsePath, withValueAt } from "../protocol/path.ts";
import { type JsonObject, revealObject, Unknown, type ValueObject } from "../protocol/value.ts";
import type { Resource } from "../types/resource.ts";
import type { InputFault, TypeEntry } from "../types/type.ts";
import { type AutonamingWish, chooseName, isGiven } from "./autoname.ts";
import { compute, unlessUnknown } from "./computed.ts";
import { judgedByShape } from "./judged.ts";
import { lenientWarning } from "./lenient.ts";
import { viewInWorld } from "./neighbours.ts";
import { demandEntry, logicalName, type Session } from "./session.ts";
import { MismatchedInput } from "./view.ts";

/** A Check request. */
export interface CheckRequest {
  readonly urn: string;
  readonly token: string;
  readonly olds: ValueObject;
  readonly news: ValueObject;
  readonly randomSeed: Uint8Array;
  readonly autonaming: AutonamingWish | undefined;
}

/** Its answer: completed inputs, and what is wrong with them. */
export interface CheckResult {
  readonly inputs: ValueObject;
  readonly faults: readonly InputFault[];
  /** What the person should know although nothing is wrong. */
  readonly warnings: readonly string[];
}

/** Completes and judges the inputs of a resource. */
export function check(session: Session, request: CheckRequest): CheckResult {
  const entry = demandEntry(session, request.token);
  const { profile } = session.cloud;
  const given = profile.bookkeeping.strip(request.news);
  const warnings = entry.lenient === true ? [lenientWarning(entry.token)] : [];
  const filled = profile.precheck?.(given, entry, session.scope) ?? given;
  const judged = judgedByShape(session, entry, request.urn, untouched(given, filled));
  if (!judged.sound) return { inputs: request.news, faults: judged.faults, warnings };
  const defaulted: (string | number)[][] = [];
  const faults: InputFault[] = [...judged.faults];

  const named = nameIt(session, entry, request, filled);
  const inputs = draftOf(named.inputs);
  if (named.fault !== undefined) faults.push(named.fault);
  if (named.chosen) defaulted.push(concrete(entry.autoname?.property ?? ""));

  const view = viewOf(session, entry, request, inputs);
  const mismatch = mismatchIn(() => {
    for (const [path, computed] of Object.entries(entry.defaults ?? {})) {
      defaulted.push(...fill(inputs, parsePath(path), () => compute(computed, view)));
    }
    faults.push(...demands(entry, view));
  });
  const said = new Set(faults.map(({ property }) => property));
  const others = missing(entry, inputs).filter(({ property }) => !said.has(property));
  faults.push(...others, ...mismatch);
  const checked = { entry, defaulted, autonamed: named.random };
  return { inputs: profile.bookkeeping.annotate(inputs, checked), faults, warnings };
}

/** The program's own inputs: what the provider puts over them is not judged. */
function untouched(given: ValueObject, filled: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => filled[key] === value));
}

/** The input whose type stopped the work, as a fault. */
function mismatchIn(work: () => void): InputFault[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof MismatchedInput)) throw error;
    return [{ property: error.path, reason: `${error.path} ${error.reason}` }];
  }
}

interface Named {
  readonly inputs: ValueObject;
  /** The provider chose the name. */
  readonly chosen: boolean;
  /** The name has a random suffix. */
  readonly random: boolean;
  readonly fault?: InputFault;
}

function nameIt(
  session: Session,
  entry: TypeEntry,
  request: CheckRequest,
  given: ValueObject,
): Named {
  const rule = entry.autoname;
  const nothing = { inputs: given, chosen: false, random: false };
  if (rule === undefined || isGiven(given, rule.property)) return nothing;
  if (rule.instead !== undefined && isGiven(given, rule.instead)) return nothing;
  const naming = chooseName(session.cloud.profile, rule, {
    logicalName: logicalName(request.urn),
    randomSeed: request.randomSeed,
    wish: request.autonaming,
    oldInputs: request.olds,
    inputs: given,
    framework: entry.framework === true,
  });
  if (naming === undefined) {
    const reason = `automatic naming is disabled: ${rule.property} must be given`;
    return { ...nothing, fault: { property: rule.property, reason } };
  }
  const inputs = withValueAt(given, concrete(rule.property), naming.name);
  return { inputs, chosen: true, random: naming.random };
}

function concrete(path: string): string[] {
  return parsePath(path).map(String);
}

function viewOf(
  session: Session,
  entry: TypeEntry,
  request: CheckRequest,
  inputs: ValueObject,
): Resource {
  const { account, region } = session.cloud.profile.locate(session.scope, inputs);
  const name = logicalName(request.urn);
  return viewInWorld(session, entry, {
    urn: request.urn,
    name,
    token: entry.token,
    scope: session.scope,
    account,
    region,
    inputs,
    before: beforeOf(session, request),
    seed: request.urn,
  });
}

/** The old inputs of a resource that exists. */
function beforeOf(session: Session, request: CheckRequest): JsonObject | undefined {
  if (Object.keys(request.olds).length === 0) return undefined;
  const olds = session.cloud.profile.bookkeeping.strip(request.olds);
  return unlessUnknown(() => revealObject(olds, request.urn));
}

function missing(entry: TypeEntry, inputs: ValueObject): InputFault[] {
  const faults: InputFault[] = [];
  for (const path of entry.required ?? []) {
    const steps = parsePath(path);
    const last = steps.at(-1);
    for (const parent of meet(inputs, steps.slice(0, -1))) {
      if (parent.value instanceof Unknown) continue;
      if (
        meet(parent.value, last === undefined ? [] : [last]).every(({ value }) => value === null)
      ) {
        faults.push({ property: path, reason: `missing required property '${path}'` });
      }
    }
  }
  return faults;
}

function demands(entry: TypeEntry, view: Resource): readonly InputFault[] {
  return unlessUnknown(() => entry.check?.(view)) ?? [];
}
