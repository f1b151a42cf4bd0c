/** The names under which the engine knows the pack. */
import type { PackCard } from "../kit/pack.ts";

export const card: PackCard = {
  name: "cis",
  description: "Rules that check the CIS benchmarks of AWS, Azure, GCP and Kubernetes",
};
