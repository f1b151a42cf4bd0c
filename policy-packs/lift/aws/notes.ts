/** What the lift itself notices: mistakes that no single packet shows, or that explain many. */
import { intersect } from "../../../model/base/interval-set.ts";
import { awsGroupOf, awsRuleTypes } from "../aws-rules.ts";
import { linksOf } from "./in-rules.ts";
import type { LiftNote } from "./lift.ts";
import type { AwsNetwork } from "./networks.ts";
import { networkAddresses } from "./networks.ts";
import { reachesInternet } from "./onward.ts";
import { trace } from "./trace.ts";
import type { AwsWorld } from "./world.ts";

/** Adds the notes about the networks, their links, and their groups' rules. */
export function noteWorld(world: AwsWorld): void {
  world.lift.notes.push(...mixedRules(world), ...linkNotes(world), ...deadTranslation(world));
}

/** Inline rules take away standalone ones at every update, and the other way round. */
function mixedRules({ lift }: AwsWorld): LiftNote[] {
  const standalone = [awsRuleTypes.rule, awsRuleTypes.ingress, awsRuleTypes.egress];
  return lift.plan.ofType(...standalone).flatMap((rule): LiftNote[] => {
    const target = trace(
      lift.tracer,
      awsGroupOf(rule),
      awsRuleTypes.group,
      awsRuleTypes.defaultGroup,
    );
    if (target.kind !== "resource") return [];
    const { inputs, urn, name } = target.resource;
    const path = ["ingress", "egress"].find((key) => inputs.at(key).state !== "absent");
    if (path === undefined) return [];
    const says = `${name} has rules of its own and rules beside it: each takes the others away`;
    return [{ code: "rules-mixed", urn, path, says }];
  });
}

function linkNotes(world: AwsWorld): LiftNote[] {
  const planned = [...world.networks.byId.values()].filter(
    ({ resource }) => resource !== undefined,
  );
  return planned.flatMap((network) =>
    linksOf(world, network).flatMap(({ network: other }) => [
      ...overlapNotes(network, other),
      ...routeNotes(world, network, other),
    ]),
  );
}

function overlapNotes(network: AwsNetwork, other: AwsNetwork): LiftNote[] {
  const shared = intersect(networkAddresses(network), networkAddresses(other));
  if (shared.length === 0 || network.id > other.id) return [];
  const says = `${network.name} and ${other.name} are linked and have addresses in common: nothing is routed between these`;
  return [{ code: "networks-overlap", urn: network.input.urn, path: "cidrBlock", says }];
}

/** A link without a route is no way; one with a route on one side only carries no answer. */
function routeNotes(world: AwsWorld, network: AwsNetwork, other: AwsNetwork): LiftNote[] {
  const leads = [...world.tables.byId.values()]
    .filter((table) => table.network.id === network.id)
    .some((table) =>
      table.routes.some(
        ({ way }) =>
          way.kind === "transit" ||
          way.kind === "unknown" ||
          (way.kind === "network" && way.network.id === other.id),
      ),
    );
  if (leads) return [];
  const says = `no route table of ${network.name} leads to ${other.name}, with which it is linked`;
  return [{ code: "route-missing", urn: network.input.urn, path: "", says }];
}

function deadTranslation(world: AwsWorld): LiftNote[] {
  return [...world.tables.byId.values()].flatMap(({ routes }) =>
    routes.flatMap(({ way }): LiftNote[] => {
      if (way.kind !== "outbound" || way.nat === undefined) return [];
      if (reachesInternet(world, way.nat) !== "no") return [];
      const { urn, name, inputs } = way.nat;
      const { path } = inputs.at("subnetId");
      const says = `${name} stands in a subnet whose table does not lead to an internet gateway`;
      return [{ code: "nat-without-internet", urn, path, says }];
    }),
  );
}
