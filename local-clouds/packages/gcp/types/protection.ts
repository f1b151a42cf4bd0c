/**
 * Deletion protection. The provider keeps it in its state and refuses by itself, before it asks any
 * service: its sentences carry no code of Google's.
 */

import type { ServiceError, TypeEntry } from "../../../types/type.ts";

type Kept = Pick<TypeEntry, "keep">;

/** A type whose input `deletionProtection` the provider heeds; `{name}` is the resource's logical name. */
export function protectedAs(says: string): Kept {
  return { keep: (r) => (r.flag("deletionProtection") ? ofProvider(says) : undefined) };
}

/** Most types' sentence, with the provider's word for the type. */
export function protectedKind(kind: string): Kept {
  return protectedAs(
    `cannot destroy ${kind} without setting deletion_protection=false and running \`terraform apply\``,
  );
}

/** A refusal of the provider itself. */
export function ofProvider(says: string): ServiceError {
  return { code: "", says };
}
