/**
 * Where packets that leave a subnet are sent (Microsoft Learn, "Virtual network traffic routing"):
 * the longest prefix decides, and of equal prefixes the user-defined route.
 */
import type { Cidr } from "../../../model/base/address.ts";
import {
  cidrSet,
  everyAddress,
  parseCidr,
  tryParseCidr,
  unroutedAddresses,
} from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, intersect, union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Origin, PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { beginReading, settle, underConditions, unknownCondition } from "../uncertain.ts";
import type { AzureLink } from "./links.ts";
import type { AzureNetwork, AzureSubnet } from "./networks.ts";
import { metadataAddress, platformAddress } from "./scope.ts";
import { anyTag, azureTypes, tagGroup } from "./types.ts";

/** Where a user-defined route sends packets. */
type NextHop = "network" | "internet" | "gateway" | "appliance" | "none";

/** A user-defined route. */
export interface UserRoute {
  /** Undefined for a service tag, or where it is not known. */
  readonly prefix: Cidr | undefined;
  readonly tag: string | undefined;
  readonly hop: NextHop | undefined;
  readonly at: View;
  readonly conditions: readonly Condition[];
}

/** The routes of a subnet's table. */
export interface RouteTable {
  /** URN of the table, or why the subnet may have any. */
  readonly id: string;
  readonly routes: readonly UserRoute[];
  /** Whether what gateways learn is kept out. */
  readonly withoutGateways: boolean;
  /** Why there may be routes that nobody sees. */
  readonly open: readonly Condition[];
}

const noTable: RouteTable = { id: "", routes: [], withoutGateways: false, open: [] };

/** The table of a subnet: inline and standalone routes. */
export function routeTableOf(plan: Plan, subnet: AzureSubnet, draft: Draft): RouteTable {
  const reference = subnet.at.at("routeTable", "id");
  const found = settle(() => plan.follow(reference, azureTypes.routeTable));
  if (found instanceof Undecided || found.state === "outside") {
    return {
      ...noTable,
      id: `${reference.urn} ${reference.path}`,
      open: [unknownCondition(reference)],
    };
  }
  if (found.state === "absent") return noTable;
  const { urn, inputs } = found.resource;
  const inline = entriesOf(inputs.at("routes")).map(readRoute);
  const standalone: UserRoute[] = [];
  for (const route of plan.ofType(azureTypes.route)) {
    draft.attempt(() => {
      const table = plan.follow(route.inputs.at("routeTableName"), azureTypes.routeTable);
      if (table.state === "resource" && table.resource.urn === urn)
        standalone.push(readRoute(route.inputs));
    });
  }
  const { read, conditions } = beginReading();
  const withoutGateways =
    read(() => inputs.at("disableBgpRoutePropagation").flag(), false) ?? false;
  return { id: urn, routes: [...inline, ...standalone], withoutGateways, open: conditions };
}

function readRoute(at: View): UserRoute {
  const { read, conditions } = beginReading();
  const text = read(() => at.at("addressPrefix").text(), undefined);
  const prefix = text === undefined ? undefined : tryParseCidr(text);
  const tag = text !== undefined && prefix === undefined ? text : undefined;
  const hops: Record<string, NextHop> = {
    vnetlocal: "network",
    internet: "internet",
    virtualnetworkgateway: "gateway",
    virtualappliance: "appliance",
    none: "none",
  };
  const hop = read(() => {
    const type = at.at("nextHopType");
    const known = hops[(type.text() ?? "").toLowerCase()];
    if (known === undefined) throw new Undecided(type.urn, type.path, "unreadable");
    return known;
  }, undefined);
  return { prefix, tag, hop, at, conditions };
}

/** Addresses that user-defined routes add to the tag `VirtualNetwork`; a default route only may. */
export function routedAddresses(table: RouteTable): {
  readonly addresses: IntervalSet;
  readonly open: readonly Condition[];
} {
  const known = table.routes.flatMap(({ prefix }) => prefix ?? []);
  const open = table.routes
    .filter(({ prefix, tag }) => (prefix === undefined ? tag === undefined : prefix.length === 0))
    .map(({ at }) => unknownCondition(at.at("addressPrefix")));
  return {
    addresses: cidrSet(known.filter(({ length }) => length > 0)),
    open: [...table.open, ...open],
  };
}

/** Longest prefixes first; what has no prefix of its own stands before the default routes. */
interface Ranked {
  readonly rank: number;
  readonly rules: readonly Rule[];
}

/** Ranges that Azure drops unless a network or route holds them, and that no internet carries. */
const dropped = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].map(
  (text) => parseCidr(text, text),
);
const reserved = cidrSet(dropped);
/** After every route that is more specific than the dropped ranges. */
const beforeDropped = 16.5;
/** Before every route by prefix: service tags are told apart by name, not by address. */
const ranks = { tag: 133, services: 132, platform: 131, unknown: 130 } as const;
const otherwiseOrigin = "no route leads there";
const platform = union(platformAddress, metadataAddress);

/** The stage of packets that leave the subnet. */
export function routeStage(
  id: string,
  subnet: AzureSubnet,
  table: RouteTable,
  links: readonly AzureLink[],
): Stage {
  const origin = { urn: subnet.at.urn, path: "system routes" };
  const open = table.open;
  const ranked = [
    ...table.routes.map((route) => userRoute(route, subnet.network, links)),
    // No route takes the host's own addresses away.
    { rank: ranks.platform, rules: [carry([{ addresses: platform }], origin, [])] },
    ...(open.length > 0 ? [{ rank: ranks.unknown, rules: [carry([{}], origin, open)] }] : []),
    ...toNetwork(subnet.network, [], origin, table),
    ...links
      .filter(({ kind }) => kind === "peering" || !table.withoutGateways)
      .flatMap((link) => toNetwork(link.to, link.conditions, link.origin, table)),
    ...dropped.map((cidr) => {
      const rules = [rule("deny", [{ addresses: cidrSet([cidr]) }], origin, [])];
      return { rank: cidr.length, rules };
    }),
    toServices(table, subnet.network, links, origin),
    { rank: 0, rules: internet([{ addresses: everyAddress }], origin, []) },
  ];
  return {
    id,
    plane: "route",
    direction: "out",
    stateful: false,
    tiers: [
      {
        rules: ranked.toSorted((a, b) => b.rank - a.rank).flatMap(({ rules }) => rules),
        otherwise: "deny",
        otherwiseOrigin,
      },
    ],
  };
}

/** Every prefix of a network leads to its ends and to nobody else. */
function toNetwork(
  network: AzureNetwork,
  conditions: readonly Condition[],
  origin: Origin,
  table: RouteTable,
): Ranked[] {
  const group = networkGroup(network.id);
  const known = network.cidrs.map((cidr) => {
    const addresses = cidrSet([cidr]);
    const rules = [
      carry([{ addresses, group }], origin, conditions),
      rule("deny", [{ addresses }], origin, []),
    ];
    return { rank: cidr.length, rules };
  });
  if (network.open.length === 0) return known;
  // Where its prefixes are not known, a user-defined route may be more specific.
  const overridden = table.routes
    .filter(({ prefix }) => prefix === undefined || prefix.length > 0)
    .map(({ at }) => unknownCondition(at.at("addressPrefix")));
  const rules = [carry([{ group }], origin, [...conditions, ...overridden])];
  return [...known, { rank: beforeDropped, rules }];
}

function userRoute(route: UserRoute, own: AzureNetwork, links: readonly AzureLink[]): Ranked {
  const { prefix, tag } = route;
  const addresses = prefix === undefined ? everyAddress : cidrSet([prefix]);
  const terms: PeerTerm[] = tag === undefined ? [{ addresses }] : [{ group: tagGroup(tag) }];
  // A hair before the system route of the same prefix; first of all where it is not known.
  const rank =
    prefix === undefined ? ranks[tag === undefined ? "unknown" : "tag"] : prefix.length + 0.1;
  return { rank, rules: hopRules(route, terms, own, links) };
}

/**
 * What has a public address of Microsoft's is under the default route, whatever that is, and perhaps
 * under a route for public addresses.
 */
function toServices(
  table: RouteTable,
  own: AzureNetwork,
  links: readonly AzureLink[],
  origin: Origin,
): Ranked {
  const terms = [{ group: anyTag }];
  const route = table.routes.find(({ prefix }) => prefix?.length === 0 && prefix.family === 4);
  const inside = [own, ...links.map(({ to }) => to)]
    .map(({ space }) => space)
    .reduce(union, reserved);
  const doubts = table.routes
    .filter(
      ({ prefix }) =>
        prefix !== undefined && prefix.length > 0 && !covers(inside, cidrSet([prefix])),
    )
    .map(({ at }) => unknownCondition(at.at("addressPrefix")));
  const rules =
    route === undefined
      ? [carry(terms, origin, doubts)]
      : hopRules({ ...route, conditions: [...route.conditions, ...doubts] }, terms, own, links);
  return { rank: ranks.services, rules };
}

/** What a user-defined route does with packets to these ends. */
function hopRules(
  { hop, at, conditions }: UserRoute,
  terms: readonly PeerTerm[],
  own: AzureNetwork,
  links: readonly AzureLink[],
): Rule[] {
  const origin = { urn: at.urn, path: at.path };
  const stop = rule("deny", terms, origin, conditions);
  const there = (groups: readonly string[]) =>
    terms.flatMap((term) => groups.map((group) => ({ ...term, group })));
  switch (hop) {
    case "network":
      return [carry(there([networkGroup(own.id)]), origin, conditions), stop];
    case "internet":
      return internet(terms, origin, conditions);
    case "gateway": {
      const gateways = links.filter(({ kind }) => kind === "gateway");
      const groups = gateways.map(({ to }) => networkGroup(to.id));
      // A gateway also forwards to other networks, and to the internet beyond its sites.
      const beyond = [...conditions, unknownCondition(at.at("nextHopType"))];
      return [carry(there(groups), origin, conditions), carry(terms, origin, beyond), stop];
    }
    case "appliance": {
      // What the appliance lets through is its own affair.
      const appliance = unknownCondition(at.at("nextHopIpAddress"));
      return [carry(terms, origin, [...conditions, appliance]), stop];
    }
    case "none":
      return [stop];
    case undefined:
      return [carry(terms, origin, conditions), stop];
  }
}

/** Everything of these without an end in a network, as far as the internet carries it. */
function internet(
  terms: readonly PeerTerm[],
  origin: Origin,
  conditions: readonly Condition[],
): Rule[] {
  const ends = terms.filter(({ group }) => group === undefined);
  const inside = ends.flatMap((term) => [
    { ...term, group: anyNetwork },
    { addresses: intersect(term.addresses ?? everyAddress, unroutedAddresses) },
  ]);
  return [
    ...(inside.length > 0 ? [rule("deny", inside, origin, conditions)] : []),
    carry(terms, origin, conditions),
  ];
}

function carry(peers: readonly PeerTerm[], origin: Origin, conditions: readonly Condition[]): Rule {
  return rule("allow", peers, origin, conditions);
}

function rule(
  action: "allow" | "deny",
  peers: readonly PeerTerm[],
  origin: Origin,
  conditions: readonly Condition[],
): Rule {
  return { action, peers, selectors: everyLayer4, origin, ...underConditions(conditions) };
}
