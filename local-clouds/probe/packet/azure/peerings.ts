/**
 * Virtual network peering (Azure Virtual Network, "Virtual network peering"): both networks must
 * have a peering with the other; it is not transitive.
 */

import { type Deployed, type Live, textOf } from "../deployed.ts";
import { childrenOf, idIn, sameId } from "./networks.ts";
import { azure } from "./tokens.ts";

/** One direction of a connected peering. */
export interface Peering {
  readonly id: string;
  readonly remote: string;
  /** `VirtualNetwork` of this side's groups takes in the remote space. */
  readonly virtualNetworkAccess: boolean;
  readonly useRemoteGateways: boolean;
}

/** The connected peerings of a network. */
export function peeringsOf(deployed: Deployed, network: string): readonly Peering[] {
  return childrenOf(deployed, network, azure.peering)
    .filter((one) => isConnected(deployed, one))
    .map((one) => ({
      id: one.id,
      remote: remoteOf(one) ?? "",
      virtualNetworkAccess: one.properties["allowVirtualNetworkAccess"] !== false,
      useRemoteGateways: one.properties["useRemoteGateways"] === true,
    }));
}

/** A peering is `Connected` once both networks have one with the other; until then `Initiated`. */
function isConnected(deployed: Deployed, peering: Live): boolean {
  if (textOf(peering.properties, "peeringState") === "Disconnected") return false;
  return childrenOf(deployed, remoteOf(peering) ?? "", azure.peering).some(
    (other) =>
      sameId(remoteOf(other), ownerOf(peering)) &&
      textOf(other.properties, "peeringState") !== "Disconnected",
  );
}

function ownerOf(peering: Live): string {
  return peering.id.replace(/\/virtualNetworkPeerings\/[^/]+$/i, "");
}

function remoteOf(peering: Live): string | undefined {
  return idIn(peering.properties, "remoteVirtualNetwork");
}
