/** A place in a resource's inputs that can be read, and written to by a remedy. */
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

/** A view together with the keys by which an edit finds the same place. */
export class Spot {
  readonly view: View;
  readonly keys: readonly (string | number)[];

  constructor(view: View, keys: readonly (string | number)[] = []) {
    this.view = view;
    this.keys = keys;
  }

  /** The value below. */
  at(...keys: readonly (string | number)[]): Spot {
    return new Spot(this.view.at(...keys), [...this.keys, ...keys]);
  }

  /** Elements of a list, or the list itself where it is unknown. */
  items(): readonly Spot[] {
    return entriesOf(this.view).map((view, index) => new Spot(view, [...this.keys, index]));
  }

  /** Whether anything is there. Throws `Undecided` where that is not known. */
  isThere(): boolean {
    const { state, urn, path } = this.view;
    if (state === "unknown") throw new Undecided(urn, path, "unknown");
    return state === "known";
  }
}
