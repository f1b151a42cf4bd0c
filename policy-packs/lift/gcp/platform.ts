/** What Google itself is in a network: the metadata server, front ends, and its services. */
import { cidrSet, parseCidr, unroutedAddresses } from "../../../model/base/address.ts";
import { intervalSet, subtract } from "../../../model/base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Endpoint, Residual } from "../../../model/network/topology.ts";
import { every4 } from "../address-set.ts";
import { anyNetwork } from "../network-groups.ts";
import { googleServices } from "./types.ts";

const { tcp, udp } = protocolNumbers;

/** The metadata server, which is also resolver, DHCP and time server. */
export const metadataAddress = cidrSet([parseCidr("169.254.169.254/32", "metadata")]);

/** From where health checks and proxies of load balancers come ("Health checks", firewall rules). */
export const frontEndAddresses = cidrSet(
  [
    "35.191.0.0/16",
    "130.211.0.0/22",
    "209.85.152.0/22",
    "209.85.204.0/22",
    "2600:2d00:1:b029::/64",
    "2600:2d00:1:1::/64",
  ].map((text) => parseCidr(text, text)),
);

/** Google's front ends as an end. */
export const frontEndEndpoint: Endpoint = {
  id: "google front ends",
  name: "Google's front ends and health checks",
  addresses: frontEndAddresses,
  unknownAddresses: [],
  groups: [],
  stages: [],
  outside: true,
};

/** Google's services, which interfaces without external addresses reach by Private Google Access. */
export const servicesEndpoint: Endpoint = {
  id: "google services",
  name: "Google APIs and services",
  // A filter for private addresses is about somebody else.
  addresses: subtract(every4, unroutedAddresses),
  unknownAddresses: [],
  groups: [googleServices],
  stages: [],
  outside: true,
  // Which addresses they are is Google's to choose; most are somebody else's.
  sharesAddresses: true,
};

/** Always allowed, whatever the rules say ("VPC firewall rules", "Traffic that is always allowed"). */
export function residualOf(endpoint: string): Residual {
  return {
    endpoints: [endpoint],
    to: metadataAddress,
    selectors: intervalSet([
      protocolInterval(tcp, 53, 53),
      protocolInterval(udp, 53, 53),
      protocolInterval(udp, 67, 67),
      protocolInterval(tcp, 80, 80),
      protocolInterval(udp, 123, 123),
    ]),
    says: "metadata server: DHCP, names, time, instance metadata",
    document: "Google Cloud, VPC firewall rules, Google Cloud metadata server",
  };
}

/** Groups of an endpoint that stands beyond the plan. */
export const outsideGroups: readonly string[] = [anyNetwork];
