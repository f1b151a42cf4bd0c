/**
 * Where packets that leave an interface are sent ("Routes", "Applicability and order"): subnet
 * routes first, also those of peered networks, then the longest prefix and the lowest priority.
 */
import type { Cidr } from "../../../model/base/address.ts";
import {
  cidrSet,
  everyAddress,
  parseCidr,
  tryParseCidr,
  unroutedAddresses,
} from "../../../model/base/address.ts";
import { intersect } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Origin, PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { every4, every6 } from "../address-set.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { beginReading, settle, underConditions, unknownCondition } from "../uncertain.ts";
import type { GcpPeering, GcpSite } from "./links.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { allRanges } from "./networks.ts";
import { frontEndAddresses, metadataAddress } from "./platform.ts";
import { gcpTypes, googleServices } from "./types.ts";

/** A static route. */
export interface StaticRoute {
  readonly network: GcpNetwork;
  /** Undefined where it is not known. */
  readonly range: Cidr | undefined;
  readonly priority: number;
  /** Network tags of those it is for; undefined where it is for everybody. */
  readonly tags: readonly string[] | undefined;
  readonly hop: "internet" | "appliance" | { readonly site: string };
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

/** Priority of a route that names none. */
const priorityDefault = 1000;

/** Static routes, with the default route that every network gets unless it is told otherwise. */
export function readRoutes(
  plan: Plan,
  found: GcpNetworks,
  sites: readonly GcpSite[],
  draft: Draft,
): StaticRoute[] {
  const routes = found.networks.flatMap((network) => defaultRoutes(network, found));
  for (const { urn, inputs } of plan.ofType(gcpTypes.route)) {
    draft.attempt(() => {
      const network = found.networkOf(inputs.at("network"));
      if (network === undefined) throw new Undecided(urn, "network", "unreadable");
      routes.push(readRoute(plan, network, inputs, sites));
    });
  }
  return routes;
}

function defaultRoutes(network: GcpNetwork, found: GcpNetworks): StaticRoute[] {
  const { read, conditions } = beginReading();
  const deleted = read(
    () => network.resource?.inputs.at("deleteDefaultRoutesOnCreate").flag() ?? false,
    false,
  );
  if (deleted) return [];
  const external6 = found.subnets.some((one) => one.network.id === network.id && one.external6);
  const ranges = ["0.0.0.0/0", ...(external6 ? ["::/0"] : [])];
  const origin = { urn: network.id, path: "system-generated default route" };
  const common = { network, priority: priorityDefault, tags: undefined, conditions, origin };
  return ranges.map((text) => ({ ...common, range: parseCidr(text, text), hop: "internet" }));
}

function readRoute(
  plan: Plan,
  network: GcpNetwork,
  inputs: View,
  sites: readonly GcpSite[],
): StaticRoute {
  const { read, conditions } = beginReading();
  const range = read(() => {
    const view = inputs.at("destRange");
    const cidr = tryParseCidr(view.text() ?? "");
    if (cidr === undefined) throw new Undecided(view.urn, view.path, "unreadable");
    return cidr;
  }, undefined);
  const tags = read(() => entriesOf(inputs.at("tags")).map((tag) => tag.text() ?? ""), []);
  return {
    network,
    range,
    priority: read(() => inputs.at("priority").number(), 0) ?? priorityDefault,
    tags: tags.length === 0 ? undefined : tags,
    hop: hopOf(plan, inputs, sites),
    conditions,
    origin: { urn: inputs.urn, path: "destRange" },
  };
}

function hopOf(plan: Plan, inputs: View, sites: readonly GcpSite[]): StaticRoute["hop"] {
  const gateway = settle(() => inputs.at("nextHopGateway").text());
  if (typeof gateway === "string" && gateway.endsWith("default-internet-gateway"))
    return "internet";
  const tunnel = settle(() => plan.follow(inputs.at("nextHopVpnTunnel"), gcpTypes.tunnel));
  if (tunnel instanceof Undecided || tunnel.state !== "resource") return "appliance";
  const { urn } = tunnel.resource;
  return sites.some(({ id }) => id === urn) ? { site: urn } : "appliance";
}

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
  const origin = { urn: network.id, path: "special routes" };
  const rules = [
    // Health checks and front ends are answered on paths of their own ("Special routes").
    rule("allow", [{ addresses: metadataAddress }, { addresses: frontEndAddresses }], [], origin),
    ...own,
    ...peered,
    ...learnedRoutes(network, routing),
    ...staticRules(network, tags, routing),
  ];
  const otherwiseOrigin = "no route leads there";
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
    ...(addresses.length === 0 ? [] : [rule("deny", [{ addresses }], [], origin)]),
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

/** What a Cloud Router learns leads to the site; which ranges that are is not known. */
function learnedRoutes(network: GcpNetwork, { sites, peerings }: Routing): Rule[] {
  const reached = peerings.filter(
    ({ from, customRoutes }) => from.id === network.id && customRoutes,
  );
  const near = [network.id, ...reached.map(({ to }) => to.id)];
  return sites
    .filter((site) => site.dynamic && near.includes(site.network.id))
    .map((site) => {
      const origin = { urn: site.id, path: "router" };
      return rule("allow", [{ group: networkGroup(site.id) }], [], origin);
    });
}

function staticRules(network: GcpNetwork, tags: readonly string[], routing: Routing): Rule[] {
  const { routes, peerings } = routing;
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
    .toSorted((a, b) => length(b) - length(a) || a.priority - b.priority)
    .flatMap(hopRules);
}

function hopRules({ range, hop, conditions, origin }: StaticRoute): Rule[] {
  const addresses = range === undefined ? everyAddress : cidrSet([range]);
  const stop = rule("deny", [{ addresses }], conditions, origin);
  if (hop === "internet") {
    const inside = [
      { addresses: intersect(addresses, unroutedAddresses) },
      { addresses, group: anyNetwork },
    ];
    const services: PeerTerm[] = range?.length === 0 ? [{ group: googleServices }] : [];
    return [
      ...(services.length > 0 ? [rule("allow", services, conditions, origin)] : []),
      rule("deny", inside, conditions, origin),
      rule("allow", [{ addresses }], conditions, origin),
    ];
  }
  if (hop === "appliance") {
    // What the next hop lets through is its own affair.
    const appliance = unknownCondition({ urn: origin.urn, path: "nextHop" });
    return [rule("allow", [{ addresses }], [...conditions, appliance], origin), stop];
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
