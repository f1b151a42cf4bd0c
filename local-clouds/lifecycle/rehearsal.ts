/** Rehearsals: some providers ask their service at preview whether it would take a resource. */

import { hasUnknown, type ValueObject } from "../protocol/value.ts";
import type { TypeEntry } from "../types/type.ts";
import { resolveReferences, viewInWorld } from "./neighbours.ts";
import { logicalName, Refused, refused, type Session } from "./session.ts";
import type { ViewData } from "./view.ts";

/**
 * Throws the service's refusal if it can be told now: while an input is unknown, or something that it
 * points to is not there yet, nothing is said.
 */
export function rehearse(
  session: Session,
  operation: "creating" | "updating",
  entry: TypeEntry,
  request: { readonly urn: string },
  inputs: ValueObject,
  known: Partial<ViewData>,
): void {
  if (entry.rehearse === undefined || hasUnknown(inputs)) return;
  const { scope } = session;
  const { account, region } = session.cloud.profile.locate(scope, inputs);
  const view = viewInWorld(session, entry, {
    urn: request.urn,
    name: logicalName(request.urn),
    token: entry.token,
    scope,
    account,
    region,
    seed: request.urn,
    ...known,
    inputs,
  });
  if (!standsOn(() => resolveReferences(session, operation, entry, view, inputs))) return;
  const refusal = entry.rehearse(view);
  if (refusal !== undefined) throw refused(session, operation, entry.token, refusal, {});
}

/** Whether everything that a resource needs is there. */
function standsOn(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
