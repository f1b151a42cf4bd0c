/** The stages that decide about an end's packets: its groups, its subnets' borders, its routes. */
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Direction, Plane, Rule, Stage } from "../../../model/network/topology.ts";
import { shortUrn } from "../../../model/policy/finding.ts";
import { networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import { aclPart, openKey, unaskedPart } from "./acl-rules.ts";
import type { AwsAcls } from "./acls.ts";
import type { AwsEnd } from "./ends.ts";
import type { GroupRules } from "./group-rules.ts";
import { inRules } from "./in-rules.ts";
import { lostNetwork } from "./networks.ts";
import { outRules } from "./route-rules.ts";
import { tableOf } from "./route-tables.ts";
import type { AwsSubnet } from "./subnets.ts";
import { transitAclPart, unheardRules } from "./transit-acls.ts";
import { transitWord } from "./transit-rules.ts";
import type { Part, PartMemory } from "./within.ts";
import { rememberedPart } from "./within.ts";
import type { AwsWorld } from "./world.ts";

const otherwiseOrigins: Partial<Record<Plane, string>> = {
  "network-acl": "the rule * of every network ACL denies",
  "security-group": "AWS denies what no rule of a security group allows",
};

/** What stages are built from, and those built so far, by id. */
export interface Build {
  readonly world: AwsWorld;
  readonly acls: AwsAcls;
  readonly rules: ReadonlyMap<string, GroupRules>;
  readonly stages: Map<string, Stage>;
  readonly parts: PartMemory;
  /** A rule for the ends of which nobody knows the network. */
  readonly lost: readonly Rule[];
}

/** Rules for the ends of which nobody knows the network. */
export function lostGroupOf(world: AwsWorld): Rule[] {
  const lost = lostNetwork(world.networks);
  if (lost === undefined) return [];
  return [
    {
      action: "allow",
      peers: [{ group: networkGroup(lost.id) }],
      selectors: everyLayer4,
      conditions: [unknownCondition(lost.input)],
      origin: lost.input,
    },
  ];
}

/** Out: group, border, route. In: route, border, group. All must let pass, in whatever order. */
export function stagesOf(build: Build, end: AwsEnd, direction: Direction): string[] {
  return [
    ...groupStage(build, end, direction),
    ...aclStage(build, end, direction),
    ...routeStage(build, end, direction),
  ];
}

function groupStage(build: Build, end: AwsEnd, direction: Direction): string[] {
  if (end.unfiltered) return [];
  const open = end.lostGroups.map(
    (input): Rule => ({
      action: "allow",
      peers: [{}],
      selectors: everyLayer4,
      conditions: [unknownCondition(input)],
      origin: input,
    }),
  );
  const keys = [
    ...end.groups.map(({ id }) => id),
    ...end.lostGroups.map(({ urn, path }) => `${urn} ${path}`),
  ];
  const rules = () => [
    ...end.groups.flatMap(({ id }) => build.rules.get(id)?.[direction] ?? []),
    ...open,
  ];
  return [addStage(build, "security-group", direction, true, keys.join(" + "), rules)];
}

function aclStage(build: Build, end: AwsEnd, direction: Direction): string[] {
  const { world, acls, parts } = build;
  const own = rememberedPart(parts, end.subnets, `acl ${direction}`, (subnet) =>
    aclPart(acls, subnet, direction),
  );
  const unasked = rememberedPart(parts, end.subnets, `unasked ${direction}`, (subnet) =>
    unaskedPart(subnet, direction === "in" ? unheardRules(world, subnet) : []),
  );
  const border = () => [...unasked.rules(), ...own.rules()];
  const landing = rememberedPart(parts, end.subnets, `transit acl ${direction}`, (subnet) =>
    transitAclPart(world, acls, subnet, direction),
  );
  const beyond = () => [...landing.rules(), passedBy(end)];
  const add = (key: string, rules: Part["rules"]) =>
    key === openKey ? [] : [addStage(build, "network-acl", direction, false, key, rules)];
  const key = own.key === openKey ? openKey : `${own.key} ${unasked.key}`;
  return [...add(key, border), ...add(landing.key, beyond)];
}

/** What takes no transit gateway passes by its ACLs. */
function passedBy({ network }: AwsEnd): Rule {
  return { action: "allow", peers: [{}], selectors: everyLayer4, origin: network.input };
}

/** A connection that was let out by a route comes back by it: what comes in is asked once. */
function routeStage(build: Build, end: AwsEnd, direction: Direction): string[] {
  const kind = `route ${direction} ${publicWord(end.public)}`;
  const part = rememberedPart(build.parts, end.subnets, kind, (subnet) =>
    routePart(build, end, subnet, direction),
  );
  const rules = () => [...build.lost, ...part.rules()];
  const says = `none in ${tablesOf(build, end).join(", ")}`;
  return [addStage(build, "route", direction, direction === "in", part.key, rules, says)];
}

/** The tables that decide, as people call them. */
function tablesOf({ world }: Build, { subnets, network }: AwsEnd): string[] {
  const ids = subnets.map((subnet) => tableOf(world.tables, subnet)?.id ?? subnet.id);
  const main = `${network.id}#main`;
  return [...new Set(ids)].map((id) =>
    id === main ? `the main table of ${network.name}` : shortUrn(id),
  );
}

function routePart({ world }: Build, end: AwsEnd, subnet: AwsSubnet, direction: Direction): Part {
  const table = tableOf(world.tables, subnet);
  if (table === undefined) return unknownRoutes(subnet);
  const publicness = end.public === "subnet" ? subnet.mapsPublic : end.public;
  return {
    key: `${table.id} ${transitWord(world, table, subnet)} public ${publicWord(publicness)}`,
    rules: () =>
      direction === "out"
        ? outRules(world, table, subnet, publicness)
        : inRules(world, table, publicness),
  };
}

function publicWord(publicness: AwsEnd["public"]): string {
  if (typeof publicness !== "object") return String(publicness);
  return publicness.kind === "unknown"
    ? `${publicness.input.urn} ${publicness.input.path}`
    : publicness.says;
}

function unknownRoutes({ id, input }: AwsSubnet): Part {
  const rule: Rule = {
    action: "allow",
    peers: [{}],
    selectors: everyLayer4,
    conditions: [unknownCondition(input)],
    origin: input,
  };
  return { key: `unknown table of ${id}`, rules: () => [rule] };
}

function addStage(
  { stages }: Build,
  plane: Plane,
  direction: Direction,
  stateful: boolean,
  key: string,
  rules: () => readonly Rule[],
  otherwiseOrigin = otherwiseOrigins[plane] ?? "",
): string {
  const id = `${plane} ${direction} ${key}`;
  if (!stages.has(id)) {
    stages.set(id, {
      id,
      plane,
      direction,
      stateful,
      tiers: [{ rules: rules(), otherwise: "deny", otherwiseOrigin }],
    });
  }
  return id;
}
