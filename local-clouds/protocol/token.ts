/** The type token of a request. */

import { BadRequest } from "../lifecycle/bad-request.ts";

const urnForm = /^urn:pulumi:[^:]+::[^:]+::(.+?)::(.*)$/s;

/**
 * The token that a request names; those of older engines name none, but their URN does. Throws
 * {@link BadRequest} where the URN is none, or of another type.
 */
export function tokenOf(request: { getUrn(): string; getType(): string }): string {
  const qualified = urnForm.exec(request.getUrn())?.[1];
  if (qualified === undefined) {
    throw new BadRequest(`${JSON.stringify(request.getUrn())} is no URN of a resource`);
  }
  const inUrn = qualified.slice(qualified.lastIndexOf("$") + 1);
  const named = request.getType() || inUrn;
  if (named === inUrn) return named;
  throw new BadRequest(`the request is about ${named}, its URN about ${inUrn}`);
}
