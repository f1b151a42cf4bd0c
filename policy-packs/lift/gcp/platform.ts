/** What Google itself is in a network: the metadata server, front ends, and its services. */
import { cidrSet, parseCidr } from "../../../model/base/address.ts";
import { intervalSet } from "../../../model/base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Endpoint, Residual } from "../../../model/network/topology.ts";
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

/**
 * Google's services behind restricted.googleapis.com and private.googleapis.com, which interfaces
 * without external addresses reach by Private Google Access.
 */
export const servicesEndpoint: Endpoint = {
  id: "google services",
  name: "Google APIs and services",
  addresses: cidrSet(["199.36.153.4/30", "199.36.153.8/30"].map((text) => parseCidr(text, text))),
  unknownAddresses: [],
  groups: [googleServices],
  stages: [],
  outside: true,
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
