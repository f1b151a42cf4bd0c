/** Route tables as stages: the way there, and the way back that the reply needs. */

import { type Address, isPublic, lengthOf } from "../address.ts";
import { type Live, textOf } from "../deployed.ts";
import type { Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { type Route, routeFrom, tableOf } from "./route-tables.ts";
import { isDynamic, propagatingInto } from "./vpn.ts";

const stage: Stage = {
  stage: "route table",
  document: "Amazon VPC User Guide: How route priority works",
};

const propagationStage: Stage = {
  stage: "route table",
  document:
    "Amazon VPC User Guide: How route priority works, Route priority for static and dynamically propagated routes",
};

/** The route that a packet takes out of a subnet. */
export function* takeRoute(trip: Trip, subnet: Live, to: Address): Walk<Route> {
  const route = routeFrom(trip.deployed, subnet, to);
  const learning = mayLearn(trip, subnet, to, route);
  if (learning !== undefined) {
    const rule = `whether ${learning} has learnt a route to ${to.text} by BGP`;
    return yield* ends(cannotTell(propagationStage, learning, rule));
  }
  if (route === undefined) return yield* ends(drops(stage, subnet.id, `no route to ${to.text}`));
  yield passes(stage, route.table, `${route.range} -> ${route.target}`);
  return route;
}

/**
 * A gateway whose announced routes the table takes over, where nothing longer than a default route is
 * known for a private address. That a longer one was announced for a written prefix is not considered.
 */
function mayLearn(
  { deployed }: Trip,
  subnet: Live,
  to: Address,
  route: Route | undefined,
): string | undefined {
  if (isPublic(to) || (route !== undefined && lengthOf(route.range) > 0)) return undefined;
  const table = tableOf(deployed, subnet, textOf(subnet.properties, "vpcId") ?? "");
  return propagatingInto(deployed, table).find((gateway) => isDynamic(deployed, gateway));
}

/** The reply must leave its subnet by what the request came through. */
export function* routeBack(trip: Trip, subnet: Live, to: Address, through: string): Walk {
  const route = routeFrom(trip.deployed, subnet, to);
  if (route === undefined) {
    yield drops(stage, subnet.id, `no route back to ${to.text}`);
  } else if (route.target === through) {
    yield passes(stage, route.table, `${route.range} -> ${route.target}`);
  } else {
    yield otherWay(route, through);
  }
}

/** A reply by another gateway: the internet's gateways drop it, between networks it may still arrive. */
function otherWay(route: Route, through: string) {
  const rule = `${route.range} -> ${route.target}, not ${through}, through which the request came`;
  return through.startsWith("igw-") || route.target.startsWith("nat-")
    ? drops(stage, route.table, rule)
    : cannotTell(stage, route.table, rule);
}
