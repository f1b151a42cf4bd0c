/**
 * Frontends of load balancers: forwarding rules.
 *
 * Cloud Load Balancing, "Forwarding rules overview": a rule has an address, a protocol and ports, and
 * leads to a backend service (passthrough), a target proxy, or (Private Service Connect) to Google's
 * APIs or a service attachment. Internal rules are for clients of the network and connected ones.
 */

import { type Address, addressOf } from "../../address.ts";
import { type Deployed, type Live, textOf, textsOf } from "../../deployed.ts";
import { hasPorts, type Packet, protocolName } from "../../packet.ts";
import type { GcpInterface } from "../interface.ts";
import { byLink, lastOf, pathOf } from "../networks.ts";
import { gcp } from "../tokens.ts";

const addresses = [gcp.address, gcp.globalAddress];

/** Bundles of Google's APIs that a Private Service Connect endpoint may have as target. */
const apiBundles = ["all-apis", "vpc-sc"];

/** Every frontend that exists. */
export function frontendsOf(deployed: Deployed): readonly GcpInterface[] {
  return deployed.once(everyFrontend);
}

function everyFrontend(deployed: Deployed): readonly GcpInterface[] {
  return deployed
    .all(gcp.forwardingRule, gcp.globalForwardingRule)
    .flatMap((live) => frontendOf(deployed, live) ?? []);
}

/** A forwarding rule as an end; `undefined` where it has no address. */
export function frontendOf(deployed: Deployed, rule: Live): GcpInterface | undefined {
  const address = frontAddress(deployed, rule);
  if (address === undefined) return undefined;
  const inside = isInternal(rule);
  const subnet = byLink(deployed, textOf(rule.properties, "subnetwork"), gcp.subnet);
  return {
    cloud: "gcp",
    id: rule.id,
    imagined: false,
    // Only an internal rule lies in a subnet; the rule itself stands in for it elsewhere.
    subnet: subnet ?? rule,
    network: pathOf(
      textOf(rule.properties, "network") ?? textOf(subnet?.properties ?? {}, "network") ?? "",
    ),
    addresses: inside ? [address] : [],
    externalAddresses: inside ? [] : [address],
    tags: [],
    secureTags: [],
    serviceAccount: undefined,
    balancer: rule,
  };
}

function frontAddress(deployed: Deployed, rule: Live): Address | undefined {
  const text = textOf(rule.properties, "ipAddress") ?? "";
  const reserved = byLink(deployed, text, ...addresses);
  return addressOf(text) ?? addressOf(textOf(reserved?.properties ?? {}, "address") ?? "");
}

/** Whether a rule is for clients inside. */
export function isInternal({ properties }: Live): boolean {
  const scheme = textOf(properties, "loadBalancingScheme") ?? "";
  const target = textOf(properties, "target") ?? "";
  return scheme.startsWith("INTERNAL") || isApiBundle(target) || isAttachment(target);
}

/** Whether a target is a bundle of Google's APIs. */
export function isApiBundle(target: string): boolean {
  return apiBundles.includes(lastOf(target));
}

/** Whether a target is a published service. */
export function isAttachment(target: string): boolean {
  return target.includes("/serviceAttachments/");
}

/** The rule of a frontend's address that takes a packet: several may share it with different ports. */
export function ruleFor(
  deployed: Deployed,
  frontend: GcpInterface,
  packet: Packet,
): Live | undefined {
  const mine = [...frontend.addresses, ...frontend.externalAddresses].map(({ text }) => text);
  return frontendsOf(deployed)
    .filter(({ network }) => network === frontend.network)
    .filter((one) =>
      [...one.addresses, ...one.externalAddresses].some(({ text }) => mine.includes(text)),
    )
    .flatMap(({ balancer }) => balancer ?? [])
    .find((rule) => takes(rule, packet));
}

function takes({ properties }: Live, packet: Packet): boolean {
  const target = textOf(properties, "target") ?? "";
  if (isApiBundle(target) || isAttachment(target)) return true;
  const protocol = textOf(properties, "ipProtocol") ?? "TCP";
  if (protocol !== "L3_DEFAULT" && protocol.toLowerCase() !== protocolName(packet)) return false;
  if (properties["allPorts"] === true || !hasPorts(packet)) return true;
  const range = textOf(properties, "portRange");
  const ports = [...textsOf(properties, "ports"), ...(range === undefined ? [] : [range])];
  // Without ports a rule of an external backend service takes all ("Port specifications").
  return ports.length === 0 || ports.some((one) => inRange(one, packet.port));
}

function inRange(range: string, port: number): boolean {
  const [from = "", to = from] = range.split("-");
  return Number(from) <= port && port <= Number(to);
}
