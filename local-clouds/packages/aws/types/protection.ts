/** What AWS does not delete although nothing holds it: what is protected, and what would be lost. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";

type Kept = Pick<TypeEntry, "keep">;

/** A type that is kept while one of its inputs has a value. */
export function keptWhile(input: string, value: string | boolean, error: ServiceError): Kept {
  return { keep: (r) => (r.given(input) === value ? error : undefined) };
}

/** A database that is protected, or whose last state nobody wants to keep or to lose. */
export function keptDatabase(what: "DB Instance" | "Cluster", sentence: string): Kept {
  return {
    keep: (r) =>
      r.flag("deletionProtection")
        ? {
            code: "InvalidParameterCombination",
            says: `Cannot delete protected ${what}, please disable deletion protection and try again.`,
          }
        : withoutSnapshot(r, sentence),
  };
}

/** The provider asks for the name of a last snapshot, or for the word that none is wanted. */
export function withoutSnapshot(r: Resource, sentence: string): ServiceError | undefined {
  return r.flag("skipFinalSnapshot") || r.given("finalSnapshotIdentifier") !== undefined
    ? undefined
    : { code: "", says: sentence };
}
