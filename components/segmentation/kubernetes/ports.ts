/** What Kubernetes' policies can say of ports. */
import type { PortRange } from "../../../model/base/layer4.ts";

export const portMax = 65535;

/** Whether a NetworkPolicy can: no ICMP, and port 0 only as part of a whole protocol. */
export function networkPolicyFilters({ protocol, from, to }: PortRange): boolean {
  if (protocol === "icmp" || protocol === "icmp6") return false;
  return from > 0 || to === portMax;
}

/** Whether a policy for the whole cluster can: it names a protocol by its ports alone, from 1 on. */
export function clusterPolicyFilters({ protocol, from }: PortRange): boolean {
  return protocol === "any" || from > 0;
}
