/** The names under which the engine knows the pack. */
import type { PackCard } from "../kit/pack.ts";

export const card: PackCard = {
  name: "nist-800-53",
  description: "Rules that check controls of NIST SP 800-53 revision 5",
};
