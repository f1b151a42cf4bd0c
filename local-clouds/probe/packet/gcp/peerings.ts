/**
 * VPC Network Peering (Google Cloud VPC, "VPC Network Peering"): active once both networks have a
 * peering with the other; subnet routes are exchanged, IPv6 ones only with a dual-stack peering on
 * both sides, static routes only where one side exports and the other imports them; it is not
 * transitive.
 */

import { type Deployed, textOf } from "../deployed.ts";
import { sameLink } from "./networks.ts";
import { gcp } from "./tokens.ts";

/** An active peering of a network. */
export interface Peering {
  readonly id: string;
  readonly remote: string;
  readonly dualStack: boolean;
  /** Static and dynamic routes of the remote network are taken over: it exports them, and this one imports them. */
  readonly customRoutes: boolean;
}

/** The active peerings of a network. */
export function peeringsOf(deployed: Deployed, network: string): readonly Peering[] {
  const all = deployed.all(gcp.peering).map(({ id, properties }) => ({
    id,
    from: textOf(properties, "network"),
    to: textOf(properties, "peerNetwork"),
    dualStack: properties["stackType"] === "IPV4_IPV6",
    exports: properties["exportCustomRoutes"] === true,
    imports: properties["importCustomRoutes"] === true,
  }));
  return all
    .filter(({ from }) => sameLink(from, network))
    .flatMap(({ id, from, to, dualStack, imports }) => {
      const back = all.find((other) => sameLink(other.from, to) && sameLink(other.to, from));
      if (back === undefined || to === undefined) return [];
      const shared = {
        dualStack: dualStack && back.dualStack,
        customRoutes: imports && back.exports,
      };
      return [{ id, remote: to, ...shared }];
    });
}
