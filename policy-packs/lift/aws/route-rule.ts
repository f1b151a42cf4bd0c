/** Rules of which route stages are made. */
import { intersect, subtract } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import { unroutedAddresses } from "../../../model/base/special-addresses.ts";
import type { Condition, PeerTerm, Rule } from "../../../model/network/topology.ts";
import { networkOnly } from "../address-set.ts";
import { anyNetwork } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import type { AwsRoute } from "./route.ts";

/** Whether an end has a public IPv4 address, without which an internet gateway carries nothing. */
export type Publicness = boolean | Condition;

/** A rule of a route stage. */
export function routeRule(
  action: Rule["action"],
  peer: PeerTerm,
  { origin }: Pick<AwsRoute, "origin">,
  conditions: readonly Condition[],
): Rule {
  return {
    action,
    peers: [peer],
    selectors: everyLayer4,
    origin,
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

/** What lies behind a network that is not planned, nobody here can say. */
export function internetPerhaps(route: AwsRoute): Rule[] {
  const { addresses } = route.destination;
  const behind = unknownCondition({ urn: route.origin.urn, path: route.origin.path });
  return [...notOtherNetworks(route), routeRule("allow", { addresses }, route, [behind])];
}

/** Public addresses of IPv6 are an end's own; of IPv4 they are not, so no network is behind them. */
export function notOtherNetworks(route: AwsRoute): Rule[] {
  const unreached = intersect(route.destination.addresses, networkOnly);
  if (unreached.length === 0) return [];
  return [
    routeRule(
      "deny",
      { group: anyNetwork, addresses: unreached },
      route,
      route.destination.conditions,
    ),
  ];
}

/** What a gateway to the internet carries for an end: what the internet does not route ends there. */
export function internetRules(route: AwsRoute, publicness: Publicness): Rule[] {
  const { addresses, conditions } = route.destination;
  const routed = subtract(addresses, unroutedAddresses);
  const refused = routeRule("deny", { addresses }, route, conditions);
  const carried = (more: readonly Condition[]) => [
    ...notOtherNetworks(route),
    routeRule("allow", { addresses: routed }, route, [...conditions, ...more]),
    refused,
  ];
  if (route.destination.family === 6 || publicness === true) return carried([]);
  return publicness === false ? [refused] : carried([publicness]);
}
