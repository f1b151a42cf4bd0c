/** How a plan can be mended before it is carried out. */
import type { Json, PlannedResource } from "./view.ts";

/** One change of a resource's inputs. */
export interface Edit {
  /** Keys and positions from the inputs down to the value; objects on the way are made. */
  readonly path: readonly (string | number)[];
  /** The new value; undefined takes the property away. */
  readonly value: Json | undefined;
}

/** What mends a resource that breaks a rule. */
export interface Remedy {
  /** `safe` cannot break what works as documented; `opt-in` may, or costs money: a person decides. */
  readonly kind: "safe" | "opt-in";
  /**
   * Mends whatever `edits` says, although the check finds nothing in a resource alone: whoever turned
   * the remedy on wants it for all, and what uses the resource is planned later.
   */
  readonly unasked?: true;
  /** The changes; none where nothing is to do. The same again changes nothing. */
  edits(subject: PlannedResource): readonly Edit[];
}
