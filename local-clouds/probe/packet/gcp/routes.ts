/**
 * Routes of a VPC network.
 *
 * Google Cloud VPC, "Routes", "Routing order": subnet routes, local and of peered networks, come
 * before all others and cannot be overruled by less specific ones; then the longest prefix; then the
 * lowest priority number. A route with tags serves only the instances that have one of them.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, holds, lengthOf } from "../address.ts";
import { type Deployed, numberOf, textOf, textsOf } from "../deployed.ts";
import { frontendsOf, isApiBundle } from "./balancing/frontends.ts";
import type { GcpInterface } from "./interface.ts";
import { lastOf, networkOf, rangesOf, sameLink, subnetsOf } from "./networks.ts";
import { peeringsOf } from "./peerings.ts";
import { gcp } from "./tokens.ts";
import { learntBy } from "./vpn.ts";

/** What a route leads to. */
export interface Route {
  readonly range: string;
  readonly kind: "subnet" | "peering" | "internet" | "tunnel" | "elsewhere";
  /** The network to deliver in, or the next hop. */
  readonly to: string;
  readonly name: string;
}

/** The route that an interface's packet takes; `undefined` where there is none. */
export function routeFrom(deployed: Deployed, from: GcpInterface, to: Address): Route | undefined {
  const subnet = deployed
    .once(subnetRoutes, from.network)
    .filter(({ range }) => holds(range, to))
    .sort((a, b) => lengthOf(b.range) - lengthOf(a.range))[0];
  if (subnet !== undefined) return subnet;
  const custom = [
    ...[staticRoute(deployed, from, to) ?? []].flat(),
    ...deployed.once(learntRoutes, from.network).filter(({ range }) => holds(range, to)),
  ].sort((a, b) => lengthOf(b.range) - lengthOf(a.range));
  return custom[0] ?? defaultRoute(deployed, from, to);
}

/** Dynamic routes ("Dynamic routes"); a static one of the same length comes first here. */
function learntRoutes(deployed: Deployed, network: string): readonly Route[] {
  return learntBy(deployed, network).map(({ range, tunnel, network: remote }) => ({
    range,
    kind: remote === undefined ? "tunnel" : "peering",
    to: remote ?? tunnel.id,
    name: `dynamic route by ${lastOf(tunnel.id)}`,
  }));
}

function subnetRoutes(deployed: Deployed, network: string): readonly Route[] {
  return [
    ...endpointRoutes(deployed, network),
    ...ownRoutes(deployed, network),
    ...peeringRoutes(deployed, network),
  ];
}

function ownRoutes(deployed: Deployed, network: string): readonly Route[] {
  return subnetsOf(deployed, network).flatMap((subnet) =>
    rangesOf(subnet).map((range) => ({
      range,
      kind: "subnet",
      to: network,
      name: `subnet route of ${String(subnet.properties["name"])}`,
    })),
  );
}

/** Endpoints for Google's APIs lie in no subnet: the network has a way to each ("Special routing paths"). */
function endpointRoutes(deployed: Deployed, network: string): readonly Route[] {
  return frontendsOf(deployed)
    .filter((one) => sameLink(one.network, network))
    .filter(({ balancer }) => isApiBundle(textOf(balancer?.properties ?? {}, "target") ?? ""))
    .flatMap(({ id, addresses }) =>
      addresses.map(({ text }) => ({
        range: `${text}/32`,
        kind: "subnet",
        to: network,
        name: `Private Service Connect endpoint ${id}`,
      })),
    );
}

function peeringRoutes(deployed: Deployed, network: string): readonly Route[] {
  return peeringsOf(deployed, network).flatMap(({ remote, dualStack, id }) =>
    subnetsOf(deployed, remote)
      .flatMap(rangesOf)
      .filter((range) => dualStack || !range.includes(":"))
      .map((range) => ({ range, kind: "peering", to: remote, name: `peering ${id}` })),
  );
}

function staticRoute(deployed: Deployed, from: GcpInterface, to: Address): Route | undefined {
  const [best] = deployed
    .all(gcp.route)
    .map(({ properties }) => properties)
    .filter((route) => isTaken(deployed, route, from.network))
    .filter((route) => holds(textOf(route, "destRange") ?? "", to))
    .filter((route) => {
      const tags = textsOf(route, "tags");
      return tags.length === 0 || tags.some((tag) => from.tags.includes(tag));
    })
    .sort(
      (a, b) =>
        lengthOf(textOf(b, "destRange") ?? "") - lengthOf(textOf(a, "destRange") ?? "") ||
        (numberOf(a, "priority") ?? 0) - (numberOf(b, "priority") ?? 0),
    );
  if (best === undefined) return undefined;
  const gateway = textOf(best, "nextHopGateway");
  const hops = ["nextHopInstance", "nextHopIp", "nextHopIlb", "nextHopVpnTunnel"];
  return {
    range: textOf(best, "destRange") ?? "",
    kind: kindOf(best),
    to: gateway ?? hops.flatMap((hop) => textOf(best, hop) ?? [])[0] ?? "",
    name: textOf(best, "name") ?? "",
  };
}

function kindOf(route: JsonObject): Route["kind"] {
  if (textOf(route, "nextHopGateway") !== undefined) return "internet";
  return textOf(route, "nextHopVpnTunnel") === undefined ? "elsewhere" : "tunnel";
}

/** Routes of the network itself, and those it takes over: never with tags or to an internet gateway. */
function isTaken(deployed: Deployed, route: JsonObject, network: string): boolean {
  const owner = textOf(route, "network");
  if (sameLink(owner, network)) return true;
  const exported =
    textOf(route, "nextHopGateway") === undefined && textsOf(route, "tags").length === 0;
  return (
    exported &&
    peeringsOf(deployed, network).some(
      ({ remote, customRoutes }) => customRoutes && sameLink(remote, owner),
    )
  );
}

/**
 * "When you create a VPC network, it includes a system-generated IPv4 default route" unless told
 * otherwise; the one for IPv6 comes with the first subnet that has an external IPv6 range.
 */
function defaultRoute(deployed: Deployed, from: GcpInterface, to: Address): Route | undefined {
  const network = networkOf(deployed, from.network);
  const kept = network?.properties["deleteDefaultRoutesOnCreate"] !== true;
  const external = subnetsOf(deployed, from.network).some(
    ({ properties }) => properties["ipv6AccessType"] === "EXTERNAL",
  );
  if (!(to.family === 4 ? kept : external)) return undefined;
  return {
    range: to.family === 4 ? "0.0.0.0/0" : "::/0",
    kind: "internet",
    to: "default-internet-gateway",
    name: "system-generated default route",
  };
}
