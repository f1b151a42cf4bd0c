/** Parts of a prefix that a cloud assigned, given as text. */
import { formatCidr, parseCidr, subnet } from "./address.ts";

/** The `index`-th part of `cidr` that has length `length`; throws a ProblemError naming `place`. */
export function partOf(cidr: string, length: number, index: number, place: string): string {
  const parsed = parseCidr(cidr, place);
  return formatCidr(subnet(parsed, length - parsed.length, index, place));
}
