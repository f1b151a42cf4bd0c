/** What a transit gateway does with the packets that a VPC's route hands to it. */
import { intersect, subtract } from "../../../model/base/interval-set.ts";
import type { Condition, Rule } from "../../../model/network/topology.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import type { Destination } from "./destinations.ts";
import { destinationOf, openDestination } from "./destinations.ts";
import { addAddresses, outsider } from "./lift.ts";
import type { AwsNetwork } from "./networks.ts";
import { networkAddresses } from "./networks.ts";
import { internetBehind } from "./onward.ts";
import type { AwsRoute, AwsTable } from "./route.ts";
import { internetPerhaps, notOtherNetworks, routeRule } from "./route-rule.ts";
import type { AwsSubnet } from "./subnets.ts";
import type { Support, TransitAttachment, TransitRoute } from "./transit.ts";
import type { AwsWorld } from "./world.ts";

/** The rules of a route to a transit gateway, by the table of the network's attachment. */
export function transitRules(
  world: AwsWorld,
  route: AwsRoute,
  gateway: PlannedResource,
  { network, subnet }: { readonly network: AwsNetwork; readonly subnet: AwsSubnet },
): Rule[] {
  const { addresses, conditions } = route.destination;
  const refused = routeRule("deny", { addresses }, route, conditions);
  const open = (condition: Condition) => [
    routeRule("allow", { addresses }, route, [...conditions, condition]),
    refused,
  ];
  const attachment = attachmentOf(world, gateway, network);
  if (attachment === undefined) return [refused];
  const zone = standsInZone(world, attachment, subnet);
  if (zone === "no") return [refused];
  const table = world.transit.tableOf.get(attachment.id);
  if (table === undefined) return [refused];
  if (isOutsideTable(world, table))
    return open(unknownCondition({ urn: gateway.urn, path: table }));
  const carried = entries(world, table).flatMap((entry) => entryRules(world, route, entry));
  if (zone === "yes") return [...carried, refused];
  const input = unknownCondition({ urn: subnet.input.urn, path: "availabilityZone" });
  return [
    ...carried.map((rule) => ({ ...rule, conditions: [...(rule.conditions ?? []), input] })),
    refused,
  ];
}

function attachmentOf(
  { transit }: AwsWorld,
  gateway: PlannedResource,
  network: AwsNetwork,
): TransitAttachment | undefined {
  return [...transit.attachments.values()].find(
    (one) => one.gateway === gateway.urn && one.network.id === network.id,
  );
}

/** How a subnet is served by the gateways that its table names: equal words mean equal rules. */
export function transitWord(
  world: AwsWorld,
  { network, routes }: AwsTable,
  subnet: AwsSubnet,
): string {
  const words = routes.flatMap(({ way }) => {
    if (way.kind !== "transit") return [];
    const attachment = attachmentOf(world, way.gateway, network);
    const support = attachment === undefined ? "no" : standsInZone(world, attachment, subnet);
    // What is open hangs on the one subnet.
    return [support === "perhaps" ? `perhaps ${subnet.id}` : support];
  });
  return words.join(" ");
}

/** Only zones in which the attachment has an interface are served (Transit Gateways guide). */
function standsInZone(
  world: AwsWorld,
  { subnets }: TransitAttachment,
  { id, zone }: AwsSubnet,
): Support {
  if (subnets?.includes(id) === true) return "yes";
  const zones = subnets?.map((urn) => world.subnets.get(urn)?.zone);
  if (zone !== undefined && zones?.includes(zone) === true) return "yes";
  if (zone === undefined || zones === undefined || zones.includes(undefined)) return "perhaps";
  return "no";
}

function isOutsideTable(world: AwsWorld, id: string): boolean {
  const planned = world.lift.plan.resources.some(({ urn }) => urn === id);
  return !planned && !id.endsWith("#default");
}

/** A table's routes, longest prefix first; a static one comes before one that was learnt. */
function entries(world: AwsWorld, id: string): TransitRoute[] {
  const table = world.transit.tables.get(id);
  if (table === undefined) return [];
  const learnt = [...table.learns].flatMap((to) =>
    learntFrom(to).map((destination) => ({
      destination,
      to,
      conditions: [],
      origin: { urn: to.id, path: "" },
      learnt: true,
    })),
  );
  const rank = ({ destination }: TransitRoute) => destination.length ?? 129;
  return [...table.routes, ...learnt].sort((a, b) => rank(b) - rank(a));
}

function learntFrom({ id, network }: TransitAttachment): Destination[] {
  const isOutside = network.resource === undefined && !network.isDefault;
  const input = isOutside ? { urn: id, path: "routes" } : network.input;
  return [
    ...network.cidrs.map(destinationOf),
    ...network.open.map((family) => openDestination(family, unknownCondition(input))),
  ];
}

function entryRules(world: AwsWorld, route: AwsRoute, entry: TransitRoute): Rule[] {
  const { destination, to } = entry;
  const addresses = intersect(route.destination.addresses, destination.addresses);
  if (addresses.length === 0) return [];
  const narrowed: AwsRoute = { ...route, destination: { ...destination, addresses } };
  const conditions = [
    ...route.destination.conditions,
    ...destination.conditions,
    ...entry.conditions,
  ];
  const refused = routeRule("deny", { addresses }, entry, conditions);
  if (to === undefined) {
    const lost = entry.conditions.length > 0;
    return lost ? [routeRule("allow", { addresses }, entry, conditions), refused] : [refused];
  }
  const group = networkGroup(to.network.id);
  const isOutside = to.network.resource === undefined && !to.network.isDefault;
  if (isOutside) addAddresses(outsider(world.lift, to.network.id, [group]), addresses);
  const into = routeRule("allow", { group, addresses }, entry, conditions);
  if (entry.learnt && destination.length === undefined) return [into];
  return [into, ...behind(world, narrowed, to, entry), refused];
}

/** What is not of the attached network itself, its own routes may send on. */
function behind(
  world: AwsWorld,
  narrowed: AwsRoute,
  to: TransitAttachment,
  { conditions }: TransitRoute,
): Rule[] {
  const { destination } = narrowed;
  if ((destination.length ?? 0) !== 0) return [];
  const rest = subtract(destination.addresses, networkAddresses(to.network));
  const beyond: AwsRoute = { ...narrowed, destination: { ...destination, addresses: rest } };
  switch (internetBehind(world, to, destination.family)) {
    case "no":
      return [];
    case "outbound":
      return [
        ...notOtherNetworks(beyond),
        routeRule("allow", { addresses: rest }, narrowed, [
          ...destination.conditions,
          ...conditions,
        ]),
      ];
    case "open":
      return internetPerhaps(beyond);
  }
}
