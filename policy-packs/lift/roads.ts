/**
 * The routes of one place of an intent: those of its own networks, and to other places by whatever
 * link the plan holds. That a link leads to the other place, the intent's road says; what it does
 * behind a gateway is told by BGP, and in no plan.
 */
import type { Family } from "../../model/base/address.ts";
import { everyAddressOf } from "../../model/base/address.ts";
import { intersect } from "../../model/base/interval-set.ts";
import { parseEnd } from "../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { outsideEndpoints } from "../../model/network/intent-topology.ts";
import { roadEnd } from "../../model/network/road.ts";
import type {
  Endpoint,
  Rule,
  Stage,
  Topology,
  UnknownInput,
} from "../../model/network/topology.ts";
import { isOthers } from "./borders.ts";
import { answersItself } from "./members.ts";
import { anyNetwork, networksOf } from "./network-groups.ts";
import { isTranslator } from "./translators.ts";

/**
 * The members of the place's segments with nothing but their routes, and those of other places to
 * which the intent has a road. `unknowns` are those on which a route may hang.
 */
export function routesInPlace(
  lifted: Topology,
  intent: NetworkIntent,
  place: PlaceIntent,
): Topology {
  const members = standing(
    lifted.endpoints
      .filter(answersItself(intent, place))
      .filter(
        ({ segment = "", outside }) => outside !== true && parseEnd(segment).place === place.name,
      ),
  );
  const own = new Set(members.flatMap(networksOf));
  const others = outsideEndpoints(intent, place).flatMap((other) =>
    placedElsewhere(lifted, intent, place, other, own),
  );
  const links = new Set(others.flatMap(networksOf));
  const routes = lifted.stages.filter(({ plane }) => plane === "route");
  const { stages, of } = alike(routes.map((stage) => withoutDenied(stage, links)));
  return {
    endpoints: [
      ...members.map((member) => ({
        ...member,
        groups: [anyNetwork, ...networksOf(member)],
        stages: [...new Set(member.stages.flatMap((id) => of.get(id) ?? []))],
      })),
      ...others,
    ],
    stages,
    residuals: [],
    unknowns: lifted.unknowns.filter(carriesRoutes),
  };
}

/**
 * A group of AWS stands for whoever may be given it, in any subnet. Where machines of its segment are
 * planned, it is their subnets that need the routes.
 */
function standing(members: readonly Endpoint[]): Endpoint[] {
  const isGroup = ({ id }: Endpoint) => /^aws:.*SecurityGroup$/.test(typeOf(id));
  const seen = new Set(members.flatMap((one) => (isGroup(one) ? [] : (one.segment ?? []))));
  return members.filter((one) => !isGroup(one) || !seen.has(one.segment ?? ""));
}

/** Members of a segment in another place, as the ends of all links that may lead there. */
function placedElsewhere(
  lifted: Topology,
  intent: NetworkIntent,
  place: PlaceIntent,
  other: Endpoint,
  own: ReadonlySet<string>,
): Endpoint[] {
  const there = intent.places.find(({ name }) => name === parseEnd(other.segment ?? "").place);
  // A gateway that exists already, the road names: what it tells is not planned.
  const told = there === undefined || isTold(intent, place, there);
  if (told) return [];
  const planned = lifted.endpoints.filter(
    ({ segment = "", outside }) => outside !== true && parseEnd(segment).place === there.name,
  );
  const maybe = lifted.endpoints.filter(
    (one) =>
      one.outside === true &&
      !isOthers(one, place.cloud) &&
      !isTranslator(one) &&
      mayHold(one, other) &&
      (leadsAnywhere.test(one.id) || (there.cloud === place.cloud && planned.length === 0)),
  );
  const groups = [...planned, ...maybe].flatMap(networksOf).filter((group) => !own.has(group));
  return [{ ...other, groups: [anyNetwork, ...new Set(groups)] }];
}

/** That one link is not the place's own says nothing of who may stand behind several. */
function withoutDenied(stage: Stage, links: ReadonlySet<string>): Stage {
  const isAside = ({ action, peers }: Rule) =>
    action === "deny" &&
    peers.every(({ addresses, group = "" }) => addresses === undefined && links.has(group));
  const tiers = stage.tiers.map((tier) => ({
    ...tier,
    rules: tier.rules.filter((rule) => !isAside(rule)),
  }));
  return { ...stage, tiers };
}

/** On AWS the place's own routes must lead to the gateway; elsewhere it tells them by itself. */
function isTold(intent: NetworkIntent, place: PlaceIntent, there: PlaceIntent): boolean {
  return place.cloud !== "aws" && roadEnd(intent, place.name, there.name)?.gateway !== undefined;
}

/** Gateways, tunnels and their far ends; whatever else is linked is a network of the same cloud. */
const leadsAnywhere = /^(?:urn:|tgw-|vgw-)| gateway$/;

/** Whether the outsider has, or may have, addresses of the other one. */
function mayHold({ addresses, unknownAddresses }: Endpoint, other: Endpoint): boolean {
  return ([4, 6] as const).some((family: Family) => {
    const asked = intersect(other.addresses, everyAddressOf[family]);
    if (asked.length === 0) return false;
    return unknownAddresses.includes(family) || intersect(addresses, asked).length > 0;
  });
}

/** Whether it is a property of a route, or of a link that brings routes along. */
function carriesRoutes({ urn }: UnknownInput): boolean {
  return /route|routing|peering|gateway|tunnel|vpn|connect|attachment/i.test(typeOf(urn));
}

/** The type of a URN's resource, without those of its parents. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/**
 * Every machine has a stage of its own that says what reaches it. Those that do the same are one
 * here, so that a place costs what it has of routes, not of machines. Tables, which remember no
 * connection, stay apart: people must know which of them lacks a route.
 */
function alike(all: readonly Stage[]): {
  readonly stages: readonly Stage[];
  readonly of: ReadonlyMap<string, string>;
} {
  const byContent = new Map<string, Stage>();
  const of = new Map<string, string>();
  for (const stage of all) {
    const key = contentOf(stage);
    const first = byContent.get(key) ?? stage;
    byContent.set(key, first);
    of.set(stage.id, first.id);
  }
  return { stages: [...byContent.values()], of };
}

function contentOf({ direction, stateful, tiers }: Stage): string {
  return JSON.stringify([direction, stateful, tiers], (key, value: unknown) =>
    stateful && key === "origin" ? undefined : typeof value === "bigint" ? String(value) : value,
  );
}
