/**
 * Where packets that leave a subnet are sent (Microsoft Learn, "Virtual network traffic routing"):
 * the longest prefix decides, and of equal prefixes the user-defined route.
 */
import type { Cidr } from "../../../model/base/address.ts";
import { cidrSet, everyAddress, parseCidr, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Origin, PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { beginReading, settle, underConditions, unknownCondition } from "../uncertain.ts";
import type { AzureLink } from "./links.ts";
import type { AzureNetwork, AzureSubnet } from "./networks.ts";
import { metadataAddress, platformAddress } from "./scope.ts";
import { anyNetwork, anyTag, azureTypes, networkGroup, tagGroup } from "./types.ts";

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
    return { ...noTable, id: `${reference.urn} ${reference.path}`, open: [unknownCondition(reference)] };
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
  const withoutGateways = read(() => inputs.at("disableBgpRoutePropagation").flag(), false) ?? false;
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
const dropped = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];
/** After every route that is more specific than the dropped ranges. */
const beforeDropped = 16.5;
const otherwiseOrigin = "no route leads there";

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
    ...(open.length > 0 ? [{ rank: 129, rules: [carry([{}], origin, open)] }] : []),
    ...toNetwork(subnet.network, [], origin, table),
    ...links
      .filter(({ kind }) => kind === "peering" || !table.withoutGateways)
      .flatMap((link) => toNetwork(link.to, link.conditions, link.origin, table)),
    ...dropped.map((text) => {
      const cidr = parseCidr(text, text);
      return { rank: cidr.length, rules: [drop(cidrSet([cidr]), origin)] };
    }),
    { rank: 0, rules: [...internet(everyAddress, origin, [])] },
  ];
  const platform = union(platformAddress, metadataAddress);
  return {
    id,
    plane: "route",
    direction: "out",
    stateful: false,
    tiers: [
      {
        // No route takes the host's own addresses away.
        rules: [
          carry([{ addresses: platform }], origin, []),
          ...ranked.toSorted((a, b) => b.rank - a.rank).flatMap(({ rules }) => rules),
        ],
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
    const rules = [carry([{ addresses, group }], origin, conditions), drop(addresses, origin)];
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

function userRoute(
  { prefix, tag, hop, at, conditions }: UserRoute,
  own: AzureNetwork,
  links: readonly AzureLink[],
): Ranked {
  const origin = { urn: at.urn, path: at.path };
  const addresses = prefix === undefined ? everyAddress : cidrSet([prefix]);
  const terms: PeerTerm[] = tag === undefined ? [{ addresses }] : [{ group: tagGroup(tag) }];
  // A hair before the system route of the same prefix.
  const rank = (prefix?.length ?? (tag === undefined ? 129 : 0.5)) + 0.1;
  const gateways = links.filter(({ kind }) => kind === "gateway");
  const there = (groups: readonly string[]) =>
    terms.flatMap((term) => groups.map((group) => ({ ...term, group })));
  const appliance = unknownCondition(at.at("nextHopIpAddress"));
  switch (hop) {
    case "network":
      return { rank, rules: [carry(there([networkGroup(own.id)]), origin, conditions), drop(addresses, origin, conditions)] };
    case "internet":
      return { rank, rules: tag === undefined ? internet(addresses, origin, conditions) : [carry(terms, origin, conditions)] };
    case "gateway":
      return {
        rank,
        rules: [
          carry(there(gateways.map(({ to }) => networkGroup(to.id))), origin, conditions),
          // A gateway also forwards to other networks, and to the internet beyond its sites.
          carry(terms, origin, [...conditions, unknownCondition(at.at("nextHopType"))]),
          dropTerms(terms, origin, conditions),
        ],
      };
    case "appliance":
      // What the appliance lets through is its own affair.
      return { rank, rules: [carry(terms, origin, [...conditions, appliance]), dropTerms(terms, origin, conditions)] };
    case "none":
      return { rank, rules: [dropTerms(terms, origin, conditions)] };
    case undefined:
      return {
        rank,
        rules: [carry(terms, origin, conditions), dropTerms(terms, origin, conditions)],
      };
  }
}

/** Everything without an end in a network, and the services that have public addresses. */
function internet(
  addresses: IntervalSet,
  origin: Origin,
  conditions: readonly Condition[],
): Rule[] {
  return [
    dropTerms([{ group: anyNetwork, addresses }], origin, conditions),
    carry([{ addresses }, ...(addresses === everyAddress ? [{ group: anyTag }] : [])], origin, conditions),
  ];
}

function carry(
  peers: readonly PeerTerm[],
  origin: Origin,
  conditions: readonly Condition[],
): Rule {
  const common = { peers, selectors: everyLayer4, origin };
  return { action: "allow", ...common, ...underConditions(conditions) };
}

function drop(
  addresses: IntervalSet,
  origin: Origin,
  conditions: readonly Condition[] = [],
): Rule {
  return dropTerms([{ addresses }], origin, conditions);
}

function dropTerms(
  peers: readonly PeerTerm[],
  origin: Origin,
  conditions: readonly Condition[],
): Rule {
  const common = { peers, selectors: everyLayer4, origin };
  return { action: "deny", ...common, ...underConditions(conditions) };
}
