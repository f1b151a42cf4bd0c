/** Who can reach whom, as a part of an operation's outcome. */
import type { NetworkRecord } from "../../policy-packs/lift/network-record.ts";
import type { OperationOutcome } from "./outcome.ts";

/**
 * Adds what the operation does to who can reach whom; `before` is the text of the stack's state
 * before it. The operation has happened: a fault in telling so is one more error of its outcome, and
 * takes nothing from it.
 */
export async function withReach(
  outcome: OperationOutcome,
  network: NetworkRecord | undefined,
  before: string,
): Promise<OperationOutcome> {
  if (network === undefined) return outcome;
  const [{ operationReach }, { networkOf }] = await Promise.all([
    import("../reach/operation.ts"),
    import("../reach/state.ts"),
  ]);
  try {
    const { topology } = networkOf(before, `stack ${outcome.stack} before`);
    return { ...outcome, reach: operationReach(network, topology) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { ...outcome, errors: [...outcome.errors, `who can reach whom: ${said}`] };
  }
}
