/**
 * VPC Network Peering (Google Cloud VPC, "VPC Network Peering"): active once both networks have a
 * peering with the other; subnet routes are exchanged, IPv6 ones only with a dual-stack peering on
 * both sides; it is not transitive.
 */

import { type Deployed, textOf } from "../deployed.ts";
import { sameLink } from "./networks.ts";
import { gcp } from "./tokens.ts";

/** An active peering of a network. */
export interface Peering {
  readonly id: string;
  readonly remote: string;
  readonly dualStack: boolean;
}

/** The active peerings of a network. */
export function peeringsOf(deployed: Deployed, network: string): readonly Peering[] {
  const all = deployed.all(gcp.peering).map(({ id, properties }) => ({
    id,
    from: textOf(properties, "network"),
    to: textOf(properties, "peerNetwork"),
    dualStack: properties["stackType"] === "IPV4_IPV6",
  }));
  return all
    .filter(({ from }) => sameLink(from, network))
    .flatMap(({ id, from, to, dualStack }) => {
      const back = all.find((other) => sameLink(other.from, to) && sameLink(other.to, from));
      if (back === undefined || to === undefined) return [];
      return [{ id, remote: to, dualStack: dualStack && back.dualStack }];
    });
}
