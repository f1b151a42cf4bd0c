/**
 * Service tags.
 *
 * Azure Virtual Network, "Virtual network service tags": `VirtualNetwork` is the network's own
 * space, peered networks, what lies behind its gateway, the host's virtual address and the prefixes
 * of user-defined routes; `Internet` is everything outside of it; `AzureLoadBalancer` is the
 * host's virtual address, from which health probes come. The page adds that `VirtualNetwork` might
 * also contain default routes: whether it does, nobody can tell.
 */

import { type Address, addressOf, holds, isPublic, lengthOf } from "../address.ts";
import type { Deployed, Live } from "../deployed.ts";
import { gatewayOf, prefixesBehind } from "./gateways.ts";
import { networkOf, spaceOf } from "./networks.ts";
import { peeringsOf } from "./peerings.ts";
import { userPrefixes } from "./routes.ts";

/** The host's virtual address: DNS, health probes, the agent. */
export const hostAddress = "168.63.129.16";

/** Whether a tag takes in an address, as a group at a subnet sees it; `undefined` where nobody here knows. */
export function inTag(
  deployed: Deployed,
  tag: string,
  subnet: Live,
  address: Address,
): boolean | undefined {
  const name = tag.toLowerCase();
  if (name === "virtualnetwork") return inVirtualNetwork(deployed, subnet, address);
  if (name === "internet") return inVirtualNetwork(deployed, subnet, address) !== true;
  if (name === "azureloadbalancer") return isHost(address);
  // The other tags are lists of Microsoft's public addresses, which are not in this world.
  return isPublic(address) ? undefined : false;
}

function isHost(address: Address): boolean {
  return addressOf(hostAddress)?.onLine === address.onLine;
}

function inVirtualNetwork(deployed: Deployed, subnet: Live, address: Address): boolean | undefined {
  const network = networkOf(subnet.id);
  const peered = peeringsOf(deployed, network)
    .filter(({ virtualNetworkAccess }) => virtualNetworkAccess)
    .flatMap(({ remote }) => spaceOf(deployed, remote));
  const gateway = gatewayOf(deployed, network);
  const behind = gateway === undefined ? [] : prefixesBehind(deployed, gateway);
  const routed = userPrefixes(deployed, subnet).filter((prefix) => holds(prefix, address));
  const prefixes = [...spaceOf(deployed, network), ...peered, ...behind];
  if (isHost(address) || prefixes.some((prefix) => holds(prefix, address))) return true;
  if (routed.some((prefix) => lengthOf(prefix) > 0)) return true;
  return routed.length > 0 ? undefined : false;
}
