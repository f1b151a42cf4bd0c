/** Names of Azure role assignments. */
import { createHash } from "node:crypto";

/**
 * The GUID of one assignment, always the same for the same words. Azure wants the caller to name an
 * assignment by a GUID; a random one would make a second assignment of the same role an error.
 */
export function roleAssignmentName(...words: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(words)).digest("hex");
  // Version 8 is RFC 9562's for values of the maker's own choosing; the variant nibble is 8.
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join("-");
}
