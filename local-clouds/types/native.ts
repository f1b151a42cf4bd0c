/** What every account has from its first day, though nobody made it: a default network and its parts. */

import type { JsonObject } from "../protocol/value.ts";
import type { Neighbour } from "./resource.ts";

/**
 * A resource that an account is born with, said as a program would have to write it. It is derived
 * anew each time, never stored: nobody deployed it, nothing deletes it, and the world's state leaves
 * it out.
 */
export interface Native {
  readonly token: string;
  /** Tells it apart from the account's others; its ids follow from it. */
  readonly name: string;
  /** Its inputs; `of` finds a native before it in the list by its name. */
  readonly inputs: (of: (name: string) => Neighbour) => JsonObject;
  /** Outputs that only such a resource has. */
  readonly facts?: JsonObject;
}
