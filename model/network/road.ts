/** Roads as the places at their ends use them. */
import type { Problem } from "../base/problem.ts";
import { parseEnd } from "./ends.ts";
import type { Cloud, NetworkIntent, PlaceIntent, RoadEnd, RoadIntent } from "./intent.ts";

/** What a place reaches by a road through a gateway of its own. */
export interface RoadFrom {
  readonly name: string;
  readonly gateway: string;
  /** Ranges of the other place, of the families that the road carries. */
  readonly cidrs: readonly string[];
}

/** The roads that the place's own routes must lead to: elsewhere gateways tell theirs by BGP. */
export function roadsFrom(intent: NetworkIntent, place: PlaceIntent): RoadFrom[] {
  if (place.cloud !== "aws") return [];
  return (intent.roads ?? []).flatMap((road) => {
    const own = road.between.find((end) => end.place === place.name);
    const other = road.between.find((end) => end.place !== place.name);
    const there = intent.places.find(({ name }) => name === other?.place);
    if (own?.gateway === undefined || there === undefined) return [];
    const families = road.families ?? [4];
    const cidrs = [
      ...(families.includes(4) ? [there.cidr4] : []),
      ...(families.includes(6) && there.cidr6 !== undefined ? [there.cidr6] : []),
    ];
    return [{ name: road.name, gateway: own.gateway, cidrs }];
  });
}

/** The road between two places, in either direction. */
export function roadBetween(
  { roads = [] }: NetworkIntent,
  one: string,
  other: string,
): RoadIntent | undefined {
  return roads.find(({ between }) => {
    const names = between.map(({ place }) => place);
    return names.includes(one) && names.includes(other);
  });
}

/** Where the road from a place to another one leaves it. */
export function roadEnd(intent: NetworkIntent, from: string, to: string): RoadEnd | undefined {
  return roadBetween(intent, from, to)?.between.find(({ place }) => place === from);
}

/** Everything wrong with the roads, and with flows that would need one. */
export function checkRoads(intent: NetworkIntent): Problem[] {
  const { roads = [] } = intent;
  return [
    ...roads.flatMap((road, index) => checkRoad(intent, road, index)),
    ...intent.flows.flatMap((flow, index) => {
      const [from, to] = [parseEnd(flow.from), parseEnd(flow.to)];
      if (from.place === undefined || to.place === undefined || from.place === to.place) return [];
      if (roadBetween(intent, from.place, to.place) !== undefined) return [];
      return [noRoad(`flows[${index}]`, `${flow.from} to ${flow.to}`, roads)];
    }),
  ];
}

function noRoad(place: string, got: string, roads: readonly RoadIntent[]): Problem {
  return {
    code: "flow-unrouted",
    place,
    got,
    allowed:
      roads.length === 0
        ? "flows inside one place: no road between places is declared"
        : `flows inside one place, or along ${roads.map(({ name }) => name).join(", ")}`,
    next: "Declare the road that carries the packets, or let the flow end where it begins.",
  };
}

/** The form of a gateway's id in each cloud. */
const gatewayShapes: Record<Cloud, { readonly pattern: RegExp; readonly says: string }> = {
  aws: { pattern: /^tgw-[0-9a-f]{8,17}$/, says: "tgw-0123456789abcdef0" },
  azure: {
    pattern:
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworkGateways\/[^/]+$/i,
    says: "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworkGateways/…",
  },
  gcp: {
    pattern:
      /^projects\/[^/]+\/regions\/[^/]+\/(?:vpnGateways|targetVpnGateways|interconnectAttachments)\/[^/]+$/,
    says: "projects/PROJECT/regions/REGION/vpnGateways/NAME",
  },
};

function checkRoad(intent: NetworkIntent, road: RoadIntent, index: number): Problem[] {
  const at = `roads[${index}]`;
  const problems: Problem[] = [];
  const names = (intent.roads ?? []).map(({ name }) => name);
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(road.name) || names.indexOf(road.name) < index) {
    problems.push({
      code: names.indexOf(road.name) < index ? "input-duplicate" : "input-type",
      place: `${at}.name`,
      got: JSON.stringify(road.name),
      allowed: "1–20 lower-case letters, digits and hyphens, a letter first, each name once",
      next: "Choose another name; it becomes part of resource names.",
    });
  }
  for (const [side, end] of road.between.entries()) {
    problems.push(...checkEnd(intent, end, `${at}.between[${side}]`));
  }
  if (road.between[0].place === road.between[1].place) {
    problems.push({
      code: "input-duplicate",
      place: `${at}.between`,
      got: road.between[0].place,
      allowed: "two different places",
      next: "Inside a place no road is needed.",
    });
  }
  return problems;
}

function checkEnd(
  intent: NetworkIntent,
  { place: name, gateway }: RoadIntent["between"][number],
  at: string,
): Problem[] {
  const place = intent.places.find((one) => one.name === name);
  if (place === undefined) {
    return [
      {
        code: "input-unknown",
        place: `${at}.place`,
        got: JSON.stringify(name),
        allowed: intent.places.map((one) => one.name).join(", "),
        next: "Name a place of this network.",
      },
    ];
  }
  const shape = gatewayShapes[place.cloud];
  if (gateway === undefined ? place.cloud !== "aws" : shape.pattern.test(gateway)) return [];
  return [
    {
      code: "input-type",
      place: `${at}.gateway`,
      got: gateway ?? "nothing",
      allowed: shape.says,
      next: "Give the id of the gateway; in Azure and GCP none where the program makes it.",
    },
  ];
}
