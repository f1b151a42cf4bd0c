/** Lists of planned resources, read without losing what is unknown. */
import type { View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

/** Entries of a list, or the list itself where it is unknown: reading that then says so. */
export function entriesOf(list: View): readonly View[] {
  return list.state === "unknown" ? [list] : list.items();
}

/** Whether the list is absent or empty. Throws `Undecided` where it is not known. */
export function isEmpty(list: View): boolean {
  if (list.state === "unknown") throw new Undecided(list.urn, list.path, "unknown");
  return list.items().length === 0;
}
