/** What was found in a cluster's policies that no packet shows, in words. */
import type { Tie } from "./ties.ts";
import { tunnelPort } from "./tunnels.ts";

/** Of two rules of which nobody knows which is asked first. */
export function tieText({ direction, priority, one, other }: Tie): string {
  const sides = [one, other].map(({ policy, rule }) => `${policy.name} ${rule.path}`);
  const what = direction === "in" ? "ingress" : "egress";
  return `${sides.join(" and ")} match the same ${what} with the same priority ${priority}: which holds is left to chance. Give them different priorities.`;
}

/** Of an ambient pod whose policies close the mesh's tunnel. */
export function tunnelText(name: string): string {
  return `${name} is in an ambient mesh, but its NetworkPolicies let nobody reach TCP port ${tunnelPort}: the mesh cannot reach it. Allow that port.`;
}
