/** Create: the service takes the resource or refuses it. */

import { hasUnknown, type JsonObject, type ValueObject } from "../protocol/value.ts";
import type { Profile } from "../types/profile.ts";
import type { Resource } from "../types/resource.ts";
import type { TypeEntry } from "../types/type.ts";
import type { ResourceData, ResourceRow } from "../world/record.ts";
import { companionsOf } from "./companions.ts";
import { spread } from "./effects.ts";
import { demandChecked } from "./judged.ts";
import { rememberLenient } from "./lenient.ts";
import { refuseLingering } from "./lingering.ts";
import { logged } from "./logged.ts";
import {
  findByKey,
  findExisting,
  namesOf,
  refuseBarred,
  resolveReferences,
  viewInWorld,
} from "./neighbours.ts";
import { liveOutputs, plannedOutputs } from "./outputs.ts";
import { rehearse } from "./rehearsal.ts";
import {
  areaOf,
  BadRequest,
  demandEntry,
  logicalName,
  refused,
  type Session,
  storedRegion,
} from "./session.ts";
import { ResourceView, type ViewData } from "./view.ts";

/** A Create request, checked inputs with the provider's notes. */
export interface CreateRequest {
  /** `""` for what somebody makes by hand. */
  readonly urn: string;
  /** The name where the URN has none. */
  readonly name?: string;
  readonly token: string;
  readonly inputs: ValueObject;
}

/** What the provider answers about a resource. */
export interface Answer {
  /** `""` where the id is not known yet, or the resource is gone. */
  readonly id: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
}

/** What Create would answer, as far as it can be told before. Changes nothing. */
export function previewCreate(session: Session, request: CreateRequest): Answer {
  const entry = demandEntry(session, request.token);
  const inputs = session.cloud.profile.bookkeeping.strip(request.inputs);
  const view = new ResourceView(viewData(session, entry, request, inputs));
  demandChecked(session, entry, view, inputs);
  rehearse(session, "creating", entry, request, inputs, {});
  const outputs = plannedOutputs(entry, view, inputs);
  return {
    id: "",
    inputs: request.inputs,
    outputs: answered(session.cloud.profile, entry, undefined, request.inputs, outputs),
  };
}

/** Creates a resource; on return it is durable. Throws `Refused` and leaves the world unchanged. */
export async function create(session: Session, request: CreateRequest): Promise<Answer> {
  const entry = demandEntry(session, request.token);
  if (entry.make === undefined) return createMade(session, request, {});
  const inputs = knownInputs(session, request);
  const createdAt = session.clouds.clock().toISOString();
  const data = { ...viewData(session, entry, request, inputs), createdAt };
  const view = viewInWorld(session, entry, data);
  demandChecked(session, entry, view, inputs);
  return createMade(session, request, await entry.make(view));
}

/**
 * The part of {@link create} that does not wait: what it looks up in the world still holds when it
 * writes the row.
 */
export function createMade(session: Session, request: CreateRequest, made: JsonObject): Answer {
  const entry = demandEntry(session, request.token);
  const inputs = knownInputs(session, request);
  const base = viewData(session, entry, request, inputs);
  const seed = `${base.account}|${request.urn}|${session.clouds.world.births(base.account, request.urn)}`;
  const createdAt = session.clouds.clock().toISOString();
  const beforeId = { ...base, made, seed, createdAt };
  const early = viewInWorld(session, entry, beforeId);
  demandChecked(session, entry, early, inputs);
  const links = resolveReferences(session, "creating", entry, early, inputs);
  const id = entry.id(early);
  const view = viewInWorld(session, entry, { ...beforeId, id });
  refuseTaken(session, entry, view, id);
  refuseLingering(session, entry, view);
  refuseBarred(session, "creating", entry, { id, account: view.account });
  admit(session, "creating", entry, view);
  const outputs = liveOutputs(entry, view, inputs);
  refuseSecond(session, entry, view, outputs);
  const data = dataOf(session, entry, view, { inputs: request.inputs, outputs, made, seed, id });
  const names = namesOf(session, entry, id, outputs);
  const row = session.clouds.world.insert(
    data,
    { names, links },
    companionsOf(session, entry, view, data),
    logged(session, "create", data),
  );
  if (entry.lenient === true) rememberLenient(session.clouds.world, entry.token);
  spread(session, entry, view, false);
  return answerOf(session, entry, row);
}

/** The inputs without notes; throws {@link BadRequest} if one is unknown. */
function knownInputs(session: Session, request: CreateRequest): ValueObject {
  const inputs = session.cloud.profile.bookkeeping.strip(request.inputs);
  if (!hasUnknown(inputs)) return inputs;
  throw new BadRequest(`${request.urn}: an input is unknown outside of a preview`);
}

/** The answer about a stored resource. */
export function answerOf(session: Session, entry: TypeEntry, row: ResourceRow): Answer {
  const outputs = answered(session.cloud.profile, entry, row.id, row.inputs, row.outputs);
  return { id: row.id, inputs: row.inputs, outputs };
}

/** Outputs with the package's notes. */
export function answered(
  profile: Profile,
  entry: TypeEntry,
  id: string | undefined,
  inputs: ValueObject,
  outputs: ValueObject,
): ValueObject {
  return profile.bookkeeping.outputs(outputs, { entry, id, inputs });
}

/** What a view shows before the resource exists. */
export function viewData(
  session: Session,
  entry: TypeEntry,
  request: { readonly urn: string; readonly name?: string },
  inputs: ValueObject,
): ViewData {
  const located = session.cloud.profile.locate(session.scope, inputs);
  return {
    urn: request.urn,
    name: request.name ?? logicalName(request.urn),
    token: entry.token,
    scope: session.scope,
    account: located.account,
    region: located.region,
    inputs,
  };
}

/** Asks the entry's last word. */
export function admit(
  session: Session,
  operation: "creating" | "updating",
  entry: TypeEntry,
  view: Resource,
): void {
  const refusal = entry.admit?.(view);
  if (refusal !== undefined) {
    throw refused(session, operation, entry.token, refusal, { name: view.name });
  }
}

function refuseTaken(session: Session, entry: TypeEntry, view: Resource, id: string): void {
  if (entry.sharedId === true) return;
  const area =
    entry.uniqueInWorld === true
      ? {}
      : areaOf(session, entry, homeOf(session, view, id), view.region);
  const holder = findExisting(session, entry.token, id, ["id"], area);
  if (holder === undefined) return;
  const own = holder.account === view.account ? entry.takenByOwn : undefined;
  const error = own ?? entry.taken ?? session.cloud.profile.usual.taken;
  throw refused(session, "creating", entry.token, error, {
    id,
    value: id,
    name: view.name,
  });
}

/** An id may lie in another account than the provider's: a grant on what belongs there. */
function homeOf(session: Session, view: Resource, id: string): string {
  return session.cloud.profile.accountIn?.(id) ?? view.account;
}

function refuseSecond(
  session: Session,
  entry: TypeEntry,
  view: Resource,
  outputs: ValueObject,
): void {
  if (entry.unique === undefined) return;
  const { key, taken } = entry.unique;
  const value = outputs[key];
  if (typeof value !== "string") return;
  if (findByKey(session.clouds, entry.token, value, [key], {}) === undefined) return;
  throw refused(session, "creating", entry.token, taken, { value, name: view.name });
}

function dataOf(
  session: Session,
  entry: TypeEntry,
  view: Resource,
  rest: Pick<ResourceData, "inputs" | "outputs" | "made" | "seed" | "id">,
): ResourceData {
  return {
    package: session.cloud.profile.name,
    account: homeOf(session, view, rest.id),
    region: storedRegion(session, entry, view.region),
    token: entry.token,
    urn: view.urn,
    createdAt: view.createdAt,
    ...rest,
  };
}
