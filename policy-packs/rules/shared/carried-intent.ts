/** The intent that a component carries, which anybody may have written. */
import { ProblemError } from "../../../model/base/problem.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";

/** What `read` makes of it; {@link Undecided} where there is none, or one that `read` refuses. */
export function carriedIntent<T>(component: PlannedResource, read: (value: unknown) => T): T {
  const view = component.inputs.at("intent");
  try {
    return read(view.plain());
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new Undecided(view.urn, view.path, "unreadable");
  }
}
