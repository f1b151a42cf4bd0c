/** The names under which the engine knows the pack. */
import type { PackCard } from "../kit/pack.ts";

export const card: PackCard = {
  name: "zero-trust",
  description: "Zero trust in AWS, Azure, GCP and Kubernetes",
};
