/**
 * How a packet gets an external source address.
 *
 * Google Cloud VPC, "IP addresses": an interface's own external address. Cloud NAT, "Overview": for
 * interfaces without one, per region and subnet, TCP, UDP and ICMP. "Private Google Access": Google's
 * own addresses without either.
 */

import { type Address, addressOf, holds } from "../address.ts";
import { type Deployed, type Live, objectsOf, textOf, textsOf } from "../deployed.ts";
import { fromAddress, hasPorts, type Packet, protocolNumbers } from "../packet.ts";
import type { Left } from "../trip.ts";
import { drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import type { GcpInterface } from "./interface.ts";
import { sameLink } from "./networks.ts";
import { gcp } from "./tokens.ts";

const stage: Stage = {
  stage: "external connectivity",
  document: "Google Cloud VPC: IP addresses; Cloud NAT: Overview",
};
const alwaysBlocked: Stage = {
  stage: "always blocked traffic",
  document: "Google Cloud VPC: VPC firewall rules, Blocked traffic",
};

/** Stands for an address that Cloud NAT allocates by itself (RFC 5737). */
const allocated = addressOf("198.51.100.253");

/** Addresses of private.googleapis.com and restricted.googleapis.com. */
const googleRanges = [
  "199.36.153.8/30",
  "199.36.153.4/30",
  "2600:2d00:2:2000::/64",
  "2600:2d00:2:1000::/64",
];

const smtpPort = 25;

/** The packet as the internet sees it. */
export function* toInternet(deployed: Deployed, packet: Packet, from: GcpInterface): Walk<Left> {
  yield* refuseBlocked(packet, from);
  const own = from.externalAddresses.find(({ family }) => family === packet.source.family);
  if (own !== undefined) return yield* as(packet, own, from.id);
  if (googleRanges.some((range) => holds(range, packet.destination)) && googleAccess(from)) {
    yield passes(stage, from.subnet.id, "Private Google Access is on");
    return { packet };
  }
  const nat = packet.source.family === 4 ? natOf(deployed, from) : undefined;
  const { tcp, udp, icmp } = protocolNumbers;
  if (nat !== undefined && [tcp, udp, icmp].includes(packet.protocol)) {
    const address = natAddress(deployed, nat) ?? allocated;
    if (address !== undefined) return yield* as(packet, address, nat.id);
  }
  const rule = `${from.id} has no external IPv${packet.source.family} address, and no Cloud NAT serves it`;
  return yield* ends(drops(stage, from.subnet.id, rule));
}

/** Mail to the outside, and what is neither TCP, UDP, ICMP, AH, ESP, SCTP nor GRE. */
function* refuseBlocked(packet: Packet, from: GcpInterface): Walk {
  const { tcp, udp, icmp, icmpv6, ah, esp, sctp, gre } = protocolNumbers;
  if (packet.protocol === tcp && packet.port === smtpPort) {
    yield drops(alwaysBlocked, from.subnet.account, "TCP port 25 to external addresses");
  }
  if (
    ![tcp, udp, icmp, icmpv6, ah, esp, sctp, gre].includes(packet.protocol) &&
    !hasPorts(packet)
  ) {
    yield drops(
      alwaysBlocked,
      from.subnet.account,
      `protocol ${packet.protocol} to external addresses`,
    );
  }
}

function googleAccess(from: GcpInterface): boolean {
  return from.subnet.properties["privateIpGoogleAccess"] === true;
}

function* as(packet: Packet, address: Address, at: string): Walk<Left> {
  yield passes(stage, at, `${packet.source.text} becomes ${address.text}`);
  return { packet: fromAddress(packet, address) };
}

/** The NAT gateway that serves an interface: of a router of its network and region, with its subnet. */
function natOf(deployed: Deployed, from: GcpInterface): Live | undefined {
  const region = textOf(from.subnet.properties, "region");
  return deployed.all(gcp.nat).find(({ properties }) => {
    const router = deployed
      .all(gcp.router)
      .find(
        (one) =>
          sameLink(one.id, textOf(properties, "router")) && one.properties["region"] === region,
      );
    const here = sameLink(textOf(router?.properties ?? {}, "network"), from.network);
    return here && properties["region"] === region && servesSubnet(properties, from);
  });
}

function servesSubnet(properties: Live["properties"], from: GcpInterface): boolean {
  if (textOf(properties, "sourceSubnetworkIpRangesToNat") !== "LIST_OF_SUBNETWORKS") return true;
  return objectsOf(properties, "subnetworks").some((one) =>
    sameLink(textOf(one, "name"), from.subnet.id),
  );
}

function natAddress(deployed: Deployed, nat: Live): Address | undefined {
  const [link] = textsOf(nat.properties, "natIps");
  const live = deployed.all(gcp.address).find(({ id }) => sameLink(id, link));
  return addressOf(textOf(live?.properties ?? {}, "address") ?? "");
}
