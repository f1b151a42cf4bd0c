/**
 * How a packet gets a public source address.
 *
 * Azure NAT Gateway, "What is Azure NAT Gateway": it takes precedence over other outbound
 * connectivity of its subnet. "Default outbound access in Azure": a machine without explicit
 * connectivity gets an address of Microsoft's, unless its subnet is private; never for IPv6.
 */

import { type Address, addressOf } from "../address.ts";
import { type Deployed, objectOf, objectsOf, textOf } from "../deployed.ts";
import { fromAddress, type Packet } from "../packet.ts";
import type { Left } from "../trip.ts";
import { drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import type { AzureInterface } from "./interface.ts";
import { byId, idIn } from "./networks.ts";
import { azure } from "./tokens.ts";

const stage: Stage = {
  stage: "outbound connectivity",
  document: "Azure Virtual Network: Default outbound access in Azure; Azure NAT Gateway: Overview",
};

/** Stands for the address of Microsoft's that default outbound access gives (RFC 5737). */
const defaultOutbound = addressOf("198.51.100.254");

/** The packet as the internet sees it. */
export function* toInternet(deployed: Deployed, packet: Packet, from: AzureInterface): Walk<Left> {
  const nat = byId(deployed, idIn(from.subnet.properties, "natGateway"), azure.natGateway);
  if (nat !== undefined) {
    const address = natAddress(deployed, nat.id, packet.source.family);
    if (address !== undefined) return yield* as(packet, address, nat.id);
  }
  const own = from.publicAddresses.find(({ family }) => family === packet.source.family);
  if (own !== undefined) return yield* as(packet, own, from.id);
  const isPrivate = from.subnet.properties["defaultOutboundAccess"] === false;
  if (packet.source.family === 6 || isPrivate || defaultOutbound === undefined) {
    const why = isPrivate ? "the subnet is private and" : "for IPv6";
    const rule = `${why} neither NAT gateway nor public address serves it`;
    return yield* ends(drops(stage, from.subnet.id, rule));
  }
  return yield* as(packet, defaultOutbound, "default outbound access");
}

function* as(packet: Packet, address: Address, at: string): Walk<Left> {
  yield passes(stage, at, `${packet.source.text} becomes ${address.text}`);
  return { packet: fromAddress(packet, address) };
}

/** The address a NAT gateway translates to; StandardV2 alone knows IPv6. */
function natAddress(deployed: Deployed, id: string, family: 4 | 6): Address | undefined {
  const nat = byId(deployed, id, azure.natGateway);
  const modern = textOf(objectOf(nat?.properties ?? {}, "sku"), "name") === "StandardV2";
  if (nat === undefined || (family === 6 && !modern)) return undefined;
  const key = family === 6 ? "publicIpAddressesV6" : "publicIpAddresses";
  return objectsOf(nat.properties, key)
    .map((one) => byId(deployed, textOf(one, "id"), azure.publicAddress))
    .flatMap((live) => addressOf(textOf(live?.properties ?? {}, "ipAddress") ?? "") ?? [])[0];
}
