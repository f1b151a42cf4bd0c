/** Lifts everything of Azure in a plan into a topology. */

import { segmentOfMarks } from "../../../model/network/marks.ts";
import type { Direction, Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { beginDraft } from "../draft.ts";
import { marksOf } from "../marks.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { settle } from "../uncertain.ts";
import type { AdminRules } from "./admin-rules.ts";
import { readAdminRules } from "./admin-rules.ts";
import type { AzureInterface } from "./interfaces.ts";
import { readInterfaces } from "./interfaces.ts";
import type { AzureLink } from "./links.ts";
import { readAzureLinks } from "./links.ts";
import type { AzureNetwork, AzureNetworks, AzureSubnet } from "./networks.ts";
import { readAzureNetworks } from "./networks.ts";
import { closedTags, platformEndpoint, residualsOf, tagEndpoint, tagsOf } from "./platform.ts";
import { outboundStage, reachStage } from "./reach.ts";
import type { RouteTable } from "./routes.ts";
import { routedAddresses, routeStage, routeTableOf } from "./routes.ts";
import { idOfGroup, scopeOf } from "./scope.ts";
import type { SecurityGroup } from "./security-groups.ts";
import { groupOf, groupStage, readSecurityGroups } from "./security-groups.ts";
import type { Guarded, SecurityRule } from "./security-rules.ts";
import { ownGroups } from "./security-rules.ts";
import { applicationGroup, azureTypes } from "./types.ts";

/** Everything that deciding about one interface needs. */
interface Lift {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly found: AzureNetworks;
  readonly links: readonly AzureLink[];
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly admin: AdminRules;
  readonly tables: Map<string, RouteTable>;
}

/** The planned network in Azure, whoever wrote it. */
export function liftAzure(plan: Plan): Topology {
  const draft = beginDraft();
  const found = readAzureNetworks(plan, draft);
  const links = readAzureLinks(plan, found, draft);
  const groups = readSecurityGroups(plan, draft);
  const admin = readAdminRules(plan, found, draft);
  const lift: Lift = { plan, draft, found, links, groups, admin, tables: new Map() };
  for (const one of readInterfaces(plan, found, draft))
    draft.attempt(() => addInterface(lift, one));
  for (const network of outsiders(found, links)) draft.endpoints.push(outsider(network));
  if (found.networks.length === 0) return draft.finish();
  draft.endpoints.push(platformEndpoint);
  const rules = [
    ...[...groups.values()].flatMap((group) => group.rules),
    ...found.networks.flatMap((network) => admin.of(network)),
  ];
  const routed = [...lift.tables.values()].flatMap(({ routes }) => routes);
  const tags = [...tagsOf(rules), ...routed.flatMap(({ tag }) => tag ?? [])];
  const byName = new Map(tags.map((tag) => [tag.toLowerCase(), tag]));
  draft.endpoints.push(...[...byName.values()].map(tagEndpoint));
  return draft.finish();
}

function addInterface(lift: Lift, one: AzureInterface): void {
  const { plan, draft, groups } = lift;
  const { subnet } = one;
  const table = tableOf(lift, subnet);
  const members = memberships(lift, one);
  const guarded = guardedBy(lift, one, table, members);
  const guards = guardsOf(lift, one);
  const endpoint: Endpoint = {
    id: one.id,
    name: one.name,
    ...segmentOf(plan, groups, one),
    addresses: one.addresses,
    unknownAddresses: one.unknownAddresses,
    groups: [networkGroup(subnet.network.id), anyNetwork, ...members.map(applicationGroup)],
    stages: [
      ...routeStages(lift, one, table, isGuarded(guards)),
      ...guardStages(lift, one, guards, guarded),
    ],
  };
  draft.endpoints.push(endpoint);
  const rules = guards.flatMap((guard) => guard?.rules ?? []);
  draft.residuals.push(...residualsOf(one.id, closedTags(rules)));
}

function tableOf({ plan, draft, tables }: Lift, subnet: AzureSubnet): RouteTable {
  const table = tables.get(subnet.id) ?? routeTableOf(plan, subnet, draft);
  tables.set(subnet.id, table);
  return table;
}

function linksOf({ links }: Lift, network: AzureNetwork): AzureLink[] {
  return links.filter(({ from }) => from.id === network.id);
}

/** Application security groups of the interface; where they are not known, the verdict is open. */
function memberships({ plan, draft }: Lift, one: AzureInterface): string[] {
  const { applicationGroups, carries } = one;
  if (carries.length > 0) return [...carries];
  const ids = applicationGroups.map((at) => settle(() => idOfGroup(plan, { at })));
  const open = ids.filter((id) => id instanceof Undecided);
  const known = ids.filter((id) => typeof id === "string");
  if (open.length === 0) return known;
  // As many groups are recorded as there are references: then all of them are meant.
  const recorded = recordedGroups(plan, applicationGroups);
  if (recorded.length === applicationGroups.length) return recorded;
  draft.open(...open);
  return known;
}

function recordedGroups(plan: Plan, references: readonly View[]): string[] {
  const waits = references.flatMap(({ urn, path }) => plan.waitsFor(urn, path));
  const groups = plan.ofType(azureTypes.applicationGroup).map(({ urn }) => urn);
  return groups.filter((urn) => waits.includes(urn));
}

function guardedBy(
  lift: Lift,
  { subnet }: AzureInterface,
  table: RouteTable,
  members: readonly string[],
): Guarded {
  const { addresses, open } = routedAddresses(table);
  const scope = scopeOf(subnet.network, linksOf(lift, subnet.network), addresses, open);
  return { scope, applicationGroups: members };
}

/**
 * The groups that decide: the subnet's and the interface's own. Private endpoints are under the
 * subnet's only where its network policies say so ("Manage network policies for private endpoints").
 */
function guardsOf({ plan, groups }: Lift, one: AzureInterface): (SecurityGroup | undefined)[] {
  const ofSubnet = groupOf(plan, groups, one.subnet.at.at("networkSecurityGroup", "id"));
  if (one.kind === "private-endpoint") {
    const policies = one.subnet.at.at("privateEndpointNetworkPolicies").text() ?? "Disabled";
    return [/^(Enabled|NetworkSecurityGroupEnabled)$/i.test(policies) ? ofSubnet : undefined];
  }
  const own = groupOf(plan, groups, one.securityGroup);
  return own === undefined ? [ofSubnet] : [ofSubnet, own];
}

function guardStages(
  { plan, draft, admin }: Lift,
  one: AzureInterface,
  guards: readonly (SecurityGroup | undefined)[],
  guarded: Guarded,
): string[] {
  const { network } = one.subnet;
  // Admin rules are not applied to private endpoints ("Security admin rules", limitations).
  const before = one.kind === "private-endpoint" ? [] : admin.of(network);
  return guards.flatMap((guard) =>
    (["in", "out"] as const).flatMap((direction) => {
      if (guard === undefined && before.length === 0) return [];
      const rules = [...before, ...(guard?.rules ?? [])];
      const id = stageId(plan, one, guard, direction, rules, guarded);
      return draft.stage(id, () => groupStage(plan, id, direction, guard, guarded, before));
    }),
  );
}

/** The same for all interfaces for which the group means the same. */
function stageId(
  plan: Plan,
  { subnet, kind }: AzureInterface,
  guard: SecurityGroup | undefined,
  direction: Direction,
  rules: readonly SecurityRule[],
  guarded: Guarded,
): string {
  const named = ownGroups(plan, rules);
  const members = guarded.applicationGroups.filter((id) => named.includes(id)).toSorted();
  const table = settle(() => subnet.at.at("routeTable").state) === "absent" ? "" : subnet.id;
  const where = [subnet.network.id, table, kind === "private-endpoint" ? kind : "", ...members];
  return [guard?.id ?? "no group", direction, ...where].join(" | ");
}

function isGuarded(guards: readonly (SecurityGroup | undefined)[]): boolean {
  return guards.some((guard) => guard !== undefined);
}

function routeStages(
  lift: Lift,
  one: AzureInterface,
  table: RouteTable,
  guarded: boolean,
): string[] {
  const { draft, links } = lift;
  const { subnet } = one;
  const own = linksOf(lift, subnet.network);
  const out = `routes | ${subnet.id}`;
  const near = links.filter(({ from, to }) => [from.id, to.id].includes(subnet.network.id));
  const outbound = outboundStage(`outbound | ${one.id}`, one, table);
  return [
    draft.stage(out, (id) => routeStage(id, subnet, table, own)),
    draft.stage(`reach | ${one.id}`, (id) => reachStage(id, one, near, guarded)),
    ...(outbound === undefined ? [] : [draft.stage(outbound.id, () => outbound)]),
  ];
}

/** The marks of what stands there or, without any, of the group on its subnet. */
function segmentOf(
  plan: Plan,
  groups: ReadonlyMap<string, SecurityGroup>,
  one: AzureInterface,
): { readonly segment?: string } {
  const own = segmentOfMarks(one.marks);
  if (own !== undefined) return { segment: own };
  if (one.kind === "subnet") return {};
  const group = groupOf(plan, groups, one.subnet.at.at("networkSecurityGroup", "id"));
  const resource = plan.ofType(azureTypes.securityGroup).find(({ urn }) => urn === group?.id);
  const segment = resource === undefined ? undefined : segmentOfMarks(marksOf(resource));
  return segment === undefined ? {} : { segment };
}

/** Networks that are not planned and that planned ones are linked to. */
function outsiders(found: AzureNetworks, links: readonly AzureLink[]): AzureNetwork[] {
  const known = new Set(found.subnets.map(({ network }) => network.id));
  const all = [...found.networks, ...links.map(({ to }) => to)];
  return [...new Map(all.map((network) => [network.id, network])).values()].filter(
    ({ id, planned }) => !planned && !known.has(id),
  );
}

function outsider({ id, name, space, open }: AzureNetwork): Endpoint {
  return {
    id,
    name,
    addresses: space,
    unknownAddresses: open.length > 0 ? [4, 6] : [],
    groups: [networkGroup(id), anyNetwork],
    stages: [],
    outside: true,
  };
}
