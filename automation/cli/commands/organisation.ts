/** What exists once per organisation, brought before the first environment that needs it. */
import type { StackPlace } from "../../engine/stack-place.ts";
import { stackState } from "../../engine/stack-state.ts";
import { ToldError } from "../../engine/told-error.ts";
import type { OperationOutcome } from "../outcome.ts";
import { performOperation } from "./perform.ts";
import type { Prepared } from "./prepared.ts";

/**
 * Brings the organisation's stack where it is missing or was never finished. Returns its outcome
 * where the environment cannot go on after it.
 */
export async function bringOrganisation(
  prepared: Prepared,
  organisation: StackPlace,
  mayBring: boolean,
): Promise<OperationOutcome | undefined> {
  if ((await stackState(prepared.call, organisation)) === "complete") return undefined;
  if (!mayBring) {
    throw new ToldError(
      `Organisation ${organisation.name} is not there yet, and ${prepared.stack.name} is built on ` +
        `it. ./bulkhead up ${prepared.stack.name} brings both.`,
      false,
    );
  }
  const outcome = await performOperation(prepared, organisation, "up");
  return outcome.status === "done" ? undefined : outcome;
}

/**
 * Destroys the organisation of the local clouds together with their only environment. In real
 * accounts other environments live on it, so it stays. Returns an outcome only where it failed.
 */
export async function destroyOrganisation(
  prepared: Prepared,
  organisation: StackPlace,
): Promise<OperationOutcome | undefined> {
  if (!organisation.local) {
    prepared.context.output.note(
      `Organisation ${organisation.name} stays: other environments are built on it.`,
    );
    return undefined;
  }
  if ((await stackState(prepared.call, organisation)) === "missing") return undefined;
  const outcome = await performOperation(prepared, organisation, "destroy");
  return outcome.status === "done" ? undefined : outcome;
}
