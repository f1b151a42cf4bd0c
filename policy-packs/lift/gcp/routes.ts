/**
 * Where packets that leave an interface are sent ("Routes", "Applicability and order"): subnet
 * routes first, also those of peered networks, then the longest prefix and the lowest priority.
 */
import { cidrSet, everyAddress } from "../../../model/base/address.ts";
import { intersect } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import { unroutedAddresses } from "../../../model/base/special-addresses.ts";
import type { Condition, Origin, PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import { every4, every6, networkOnly } from "../address-set.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { underConditions, unknownCondition } from "../uncertain.ts";
import type { GcpPeering, GcpSite } from "./links.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { allRanges } from "./networks.ts";
import { frontEndAddresses, metadataAddress } from "./platform.ts";
import type { StaticRoute } from "./static-routes.ts";
import { googleServices } from "./types.ts";

/** Everything that decides about the routes of one network. */
export interface Routing {
  readonly found: GcpNetworks;
  readonly peerings: readonly GcpPeering[];
  readonly sites: readonly GcpSite[];
  readonly routes: readonly StaticRoute[];
}

/** The stage of packets that leave interfaces with these network tags. */
export function routeStage(
  id: string,
  network: GcpNetwork,
  tags: readonly string[],
  routing: Routing,
): Stage {
  const own = subnetRoutes(network, routing, [], { urn: network.id, path: "subnet routes" });
  const peered = routing.peerings
    .filter(({ from }) => from.id === network.id)
    .flatMap((peering) => peeredRoutes(peering, routing));
  const origin = { urn: network.id, path: "routes" };
  const rules = [
    ...namedRules(network, tags, routing),
    // Health checks and front ends are answered on paths of their own ("Special routes").
    rule("allow", [{ addresses: metadataAddress }, { addresses: frontEndAddresses }], [], origin),
    ...own,
    ...peered,
    // Of a network outside the plan, peerings, tunnels and further routes are not seen.
    ...(network.resource === undefined
      ? [rule("allow", [{ group: anyNetwork }], [unknownCondition(origin)], origin)]
      : []),
    ...applicable(network, tags, routing).flatMap(hopRules),
  ];
  const otherwiseOrigin = `network ${network.name} has none`;
  const tiers = [{ rules, otherwise: "deny", otherwiseOrigin }] as const;
  return { id, plane: "route", direction: "out", stateful: false, tiers };
}

/** Subnet routes lead to the ends of that network and cannot be overridden. */
function subnetRoutes(
  network: GcpNetwork,
  { found }: Routing,
  conditions: readonly Condition[],
  origin: Origin,
): Rule[] {
  const group = networkGroup(network.id);
  const subnets = found.subnets.filter((subnet) => subnet.network.id === network.id);
  const addresses = cidrSet(subnets.flatMap((subnet) => allRanges(subnet).cidrs));
  const open = subnets.some((subnet) => allRanges(subnet).open.length > 0);
  const everyone = open || network.resource === undefined;
  return [
    rule("allow", [everyone ? { group } : { addresses, group }], conditions, origin),
    ...(addresses.length === 0
      ? []
      : [rule("deny", [{ addresses, group: anyNetwork }], [], origin)]),
  ];
}

function peeredRoutes(peering: GcpPeering, routing: Routing): Rule[] {
  const { to, families, conditions, origin } = peering;
  const all = subnetRoutes(to, routing, conditions, origin);
  if (families.length === 2) return all;
  return all.map((one) => ({
    ...one,
    peers: one.peers.map(({ addresses, ...rest }) => ({
      ...rest,
      addresses: addresses === undefined ? every4 : intersect(addresses, every4),
    })),
  }));
}

/** Whether what a Cloud Router of `site` learns reaches the network. */
function learns(network: GcpNetwork, site: GcpSite, peerings: readonly GcpPeering[]): boolean {
  const reached = peerings.filter((one) => one.from.id === network.id && one.customRoutes);
  return site.dynamic && [network.id, ...reached.map(({ to }) => to.id)].includes(site.network.id);
}

/**
 * Ends of which no address is known are told apart by name, before any range may or may not hold
 * them: sites, networks outside the plan, Google's services.
 */
function namedRules(network: GcpNetwork, tags: readonly string[], routing: Routing): Rule[] {
  const { sites, peerings, routes, found } = routing;
  const origin = { urn: network.id, path: "routes" };
  const toSites = sites.flatMap((site) => {
    const group = networkGroup(site.id);
    const from = { urn: site.id, path: "router" };
    if (learns(network, site, peerings)) return [rule("allow", [{ group }], [], from)];
    const isRouted = routes.some(({ hop }) => typeof hop === "object" && hop.site === site.id);
    return isRouted ? [] : [rule("deny", [{ group }], [], origin)];
  });
  const toNetworks = (network.resource === undefined ? [] : found.networks)
    .filter(({ resource, id }) => resource === undefined && id !== network.id)
    .flatMap(({ id }) => {
      const peers = [{ group: networkGroup(id) }];
      const peering = peerings.find(({ from, to }) => from.id === network.id && to.id === id);
      if (peering === undefined) return [rule("deny", peers, [], origin)];
      return [rule("allow", peers, peering.conditions, peering.origin)];
    });
  return [...toSites, ...toNetworks, ...toServices(network, tags, routing)];
}

/** Google's services have public addresses, so the default route for IPv4 leads there. */
function toServices(network: GcpNetwork, tags: readonly string[], routing: Routing): Rule[] {
  const peers = [{ group: googleServices }];
  const route = applicable(network, tags, routing).find(
    ({ range }) => range?.length === 0 && range.family === 4,
  );
  const origin = route?.origin ?? { urn: network.id, path: "no route leads there" };
  const stop = rule("deny", peers, [], origin);
  if (route === undefined || typeof route.hop === "object") return [stop];
  const doubts = route.hop === "appliance" ? [appliance(origin)] : [];
  return [rule("allow", peers, [...route.conditions, ...doubts], origin), stop];
}

/** The static routes for these tags, own and imported ones, in the order in which they are read. */
function applicable(
  network: GcpNetwork,
  tags: readonly string[],
  { routes, peerings }: Routing,
): StaticRoute[] {
  const imported = peerings.filter((one) => one.from.id === network.id && one.customRoutes);
  const applies = (route: StaticRoute) =>
    route.network.id === network.id
      ? route.tags === undefined || route.tags.some((tag) => tags.includes(tag))
      : route.tags === undefined &&
        route.hop !== "internet" &&
        imported.some(({ to }) => to.id === route.network.id);
  const length = ({ range }: StaticRoute) => range?.length ?? 129;
  return routes
    .filter(applies)
    .toSorted((a, b) => length(b) - length(a) || a.priority - b.priority);
}

/** What the next hop lets through is its own affair. */
function appliance({ urn }: Origin): Condition {
  return unknownCondition({ urn, path: "nextHop" });
}

function hopRules({ range, hop, conditions, origin }: StaticRoute): Rule[] {
  const addresses = range === undefined ? everyAddress : cidrSet([range]);
  const stop = rule("deny", [{ addresses }], conditions, origin);
  if (hop === "internet") {
    const inside = [
      { addresses: intersect(addresses, networkOnly), group: anyNetwork },
      { addresses: intersect(addresses, unroutedAddresses) },
    ];
    return [
      rule("deny", inside, conditions, origin),
      rule("allow", [{ addresses }], conditions, origin),
    ];
  }
  if (hop === "appliance") {
    return [rule("allow", [{ addresses }], [...conditions, appliance(origin)], origin), stop];
  }
  return [rule("allow", [{ addresses, group: networkGroup(hop.site) }], conditions, origin), stop];
}

/** Addresses of one family. */
export const familyAddresses = { 4: every4, 6: every6 } as const;

/** A route as a rule. */
export function rule(
  action: "allow" | "deny",
  peers: readonly PeerTerm[],
  conditions: readonly Condition[],
  origin: Origin,
): Rule {
  return { action, peers, selectors: everyLayer4, origin, ...underConditions(conditions) };
}
