/** The clouds as the walk sees them: what leaves them, what enters them, who has which address. */

import type { Address } from "./address.ts";
import { awsEnd, awsInterfaces } from "./aws/ends.ts";
import { inFromInternet } from "./aws/internet.ts";
import { customerGateway, outOfVpn } from "./aws/vpn-walk.ts";
import { leaveAws } from "./aws/walk.ts";
import { azureEnd, azureInterfaces } from "./azure/ends.ts";
import { enterAzure, fromSite, leaveAzure } from "./azure/walk.ts";
import type { Deployed, Live } from "./deployed.ts";
import { gcpEnd, gcpInterfaces } from "./gcp/ends.ts";
import { enterGcp, fromPeer, leaveGcp } from "./gcp/walk.ts";
import type { Packet } from "./packet.ts";
import type { CloudInterface, Leaving, Trip } from "./trip.ts";
import type { Walk } from "./walk.ts";

/** From an interface to wherever its cloud's routes lead. */
export function leave(trip: Trip, packet: Packet, from: CloudInterface): Leaving {
  if (from.cloud === "aws") return leaveAws(trip, packet, from);
  return from.cloud === "azure" ? leaveAzure(trip, packet, from) : leaveGcp(trip, packet, from);
}

/** From the internet to an interface that it can name. */
export function enter(trip: Trip, packet: Packet, owner: CloudInterface): Walk {
  if (owner.cloud === "aws") return inFromInternet(trip, packet, owner);
  return owner.cloud === "azure" ? enterAzure(trip, packet, owner) : enterGcp(trip, packet, owner);
}

/** From a customer's network to an interface; `undefined` where no resource names that network. */
export function enterFromCustomer(
  trip: Trip,
  packet: Packet,
  to: CloudInterface,
): Walk | undefined {
  if (to.cloud === "azure") return fromSite(trip, packet, to);
  if (to.cloud === "gcp") return fromPeer(trip, packet, to);
  const gateway = customerGateway(trip, packet, to);
  return gateway === undefined ? undefined : outOfVpn(trip, packet, to, gateway);
}

/** Every interface that exists. */
export function interfacesOf(deployed: Deployed): readonly CloudInterface[] {
  return deployed.once(everyInterface);
}

function everyInterface(deployed: Deployed): readonly CloudInterface[] {
  return [...awsInterfaces(deployed), ...azureInterfaces(deployed), ...gcpInterfaces(deployed)];
}

/** The interface by which a resource takes part in a packet's way; `undefined` if it has none. */
export function interfaceOf(
  deployed: Deployed,
  live: Live,
  members: readonly string[],
): CloudInterface | undefined {
  if (live.token.startsWith("aws:")) return awsEnd(deployed, live, members);
  if (live.token.startsWith("azure-native:")) return azureEnd(deployed, live, members);
  return live.token.startsWith("gcp:") ? gcpEnd(deployed, live, members) : undefined;
}

/** The addresses by which the internet reaches an interface. */
export function publicAddresses(end: CloudInterface): readonly Address[] {
  if (end.cloud === "azure") return end.publicAddresses;
  if (end.cloud === "gcp") return end.externalAddresses;
  const six = end.addresses.filter(({ family }) => family === 6);
  return end.publicAddress === undefined ? six : [end.publicAddress, ...six];
}
