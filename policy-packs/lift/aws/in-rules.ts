/** From where packets reach the ends of a subnet, by the routes that lead to it. */
import type { Condition, Rule } from "../../../model/network/topology.ts";
import { networkOnly } from "../address-set.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import type { AwsNetwork } from "./networks.ts";
import { internetBehind } from "./onward.ts";
import { otherSide } from "./peerings.ts";
import type { AwsRoute, AwsTable } from "./route.ts";
import type { Publicness } from "./route-rule.ts";
import { internetRules, routeRule } from "./route-rule.ts";
import { transitNeighbours } from "./transit.ts";
import type { AwsWorld } from "./world.ts";

/** A network from which packets can come. */
export interface AwsLink {
  readonly network: AwsNetwork;
  readonly conditions: readonly Condition[];
}

/** Networks that are linked with this one, by whatever gateway. */
export function linksOf(world: AwsWorld, network: AwsNetwork): AwsLink[] {
  const links = new Map<string, AwsLink>();
  const add = (other: AwsNetwork, conditions: readonly Condition[]) => {
    const surer = links.get(other.id)?.conditions.length === 0;
    if (!surer) links.set(other.id, { network: other, conditions });
  };
  for (const peering of world.peerings.values()) {
    const other = otherSide(peering, network);
    if (other !== undefined) add(other, peering.conditions);
  }
  for (const other of transitNeighbours(world.transit, network)) add(other, []);
  for (const table of world.tables.byId.values()) {
    if (table.network.id !== network.id) continue;
    for (const { way } of table.routes) {
      if (way.kind === "network") add(way.network, way.conditions);
    }
  }
  return [...links.values()];
}

/** The rules by which packets come in; connections that ends open themselves are not asked. */
export function inRules(world: AwsWorld, table: AwsTable, publicness: Publicness): Rule[] {
  const { network } = table;
  const origin = { urn: network.resource?.urn ?? network.id, path: "" };
  const from = (group: string, conditions: readonly Condition[]) =>
    routeRule("allow", { group }, { origin }, conditions);
  return [
    from(networkGroup(network.id), []),
    ...linksOf(world, network).map((link) => from(networkGroup(link.network.id), link.conditions)),
    routeRule("deny", { group: anyNetwork, addresses: networkOnly }, { origin }, []),
    ...table.routes.flatMap((route) => internetIn(world, route, publicness)),
  ];
}

function internetIn(world: AwsWorld, route: AwsRoute, publicness: Publicness): Rule[] {
  const { way, destination } = route;
  const condition = unknownCondition({ urn: route.origin.urn, path: route.origin.path });
  const perhaps = routeRule("allow", { addresses: destination.addresses }, route, [condition]);
  switch (way.kind) {
    case "internet-gateway":
      return internetRules(route, publicness).filter(({ action }) => action === "allow");
    case "network": {
      const isOutside = way.network.resource === undefined && !way.network.isDefault;
      return way.onward && isOutside && destination.length === 0 ? [perhaps] : [];
    }
    case "transit": {
      const behind = [...world.transit.attachments.values()]
        .filter(({ gateway }) => gateway === way.gateway.urn)
        .some((attachment) => internetBehind(world, attachment, destination.family) === "open");
      return behind && destination.length === 0 ? [perhaps] : [];
    }
    case "unknown":
      return [perhaps];
    default:
      return [];
  }
}
