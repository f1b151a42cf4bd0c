/**
 * Where packets that leave a subnet are sent (Microsoft Learn, "Virtual network traffic routing"):
 * the longest prefix decides, and of equal prefixes the user-defined route.
 */
import { cidrSet, everyAddress } from "../../../model/base/address.ts";
import { covers, intersect, union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import { privateAddresses, unroutedAddresses } from "../../../model/base/special-addresses.ts";
import type { Condition, Origin, PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import { networkOnly } from "../address-set.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { underConditions, unknownCondition } from "../uncertain.ts";
import type { AzureLink } from "./links.ts";
import type { AzureNetwork, AzureSubnet } from "./networks.ts";
import type { RouteTable, UserRoute } from "./route-table.ts";
import { metadataAddress, platformAddress } from "./scope.ts";
import { anyTag, tagGroup } from "./types.ts";

/** Longest prefixes first; what has no prefix of its own stands before the default routes. */
interface Ranked {
  readonly rank: number;
  readonly rules: readonly Rule[];
}

/** After every route by prefix but the default ones. */
const beforeDefault = 0.5;
/** Before every route by prefix: service tags are told apart by name, not by address. */
const ranks = { tag: 133, services: 132, platform: 131, unknown: 130 } as const;
const otherwiseOrigin = "no prefix holds the address";
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
    ...unseenLinks(subnet.network, origin),
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

/**
 * Every prefix of a network leads to its ends, and to those of no other network. For private ranges
 * that no network has, Azure has routes to nowhere; the internet carries them no farther.
 */
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
      rule("deny", [{ addresses, group: anyNetwork }], origin, []),
    ];
    return { rank: cidr.length, rules };
  });
  if (network.open.length === 0) return known;
  // Where its prefixes are not known, a user-defined route may be more specific.
  const overridden = table.routes
    .filter(({ prefix }) => prefix === undefined || prefix.length > 0)
    .map(({ at }) => unknownCondition(at.at("addressPrefix")));
  const rules = [carry([{ group }], origin, [...conditions, ...overridden])];
  return [...known, { rank: beforeDefault, rules }];
}

/** Of a network outside the plan, peerings and gateways are not seen. */
function unseenLinks({ id, planned }: AzureNetwork, origin: Origin): Ranked[] {
  if (planned) return [];
  const unseen = unknownCondition({ urn: id, path: "peerings and gateways" });
  return [{ rank: beforeDefault, rules: [carry([{ group: anyNetwork }], origin, [unseen])] }];
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
    // No service of a tag has its addresses there.
    .reduce(union, privateAddresses);
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
  const inside = ends.flatMap(({ addresses = everyAddress }) => [
    { addresses: intersect(addresses, networkOnly), group: anyNetwork },
    { addresses: intersect(addresses, unroutedAddresses) },
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
