/** Lifts everything of Azure in a plan into a topology. */
import { subtract, union } from "../../../model/base/interval-set.ts";
import type { Direction, Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { beginDraft } from "../draft.ts";
import { marksOf } from "../network-context.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { AdminRules } from "./admin-rules.ts";
import { readAdminRules } from "./admin-rules.ts";
import type { AzureInterface } from "./interface.ts";
import { readInterfaces } from "./interfaces.ts";
import type { AzureLink } from "./links.ts";
import { readAzureLinks } from "./links.ts";
import type { AzureNetwork, AzureNetworks, AzureSubnet } from "./networks.ts";
import { readAzureNetworks } from "./networks.ts";
import { closedTags, platformEndpoint, residualsOf, tagEndpoint, tagsOf } from "./platform.ts";
import { outboundStage, reachStage } from "./reach.ts";
import type { RouteTable } from "./route-table.ts";
import { routedAddresses, routeTableOf } from "./route-table.ts";
import { routeStage } from "./routes.ts";
import { idsOfGroups, scopeOf } from "./scope.ts";
import type { SecurityGroup } from "./security-groups.ts";
import { groupOf, groupStage, readSecurityGroups } from "./security-groups.ts";
import type { Guarded, SecurityRule } from "./security-rules.ts";
import { ownGroups } from "./security-rules.ts";
import { applicationGroup, azureTypes, unseenTypes } from "./types.ts";

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
  for (const network of found.networks) addUnassigned(lift, network);
  draft.open(...plan.ofType(...unseenTypes).map(({ urn }) => ({ urn, path: "" })));
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
      ...routeStages(
        lift,
        one,
        table,
        guards.some((guard) => guard !== undefined),
      ),
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
function memberships(
  { plan, draft }: Lift,
  { applicationGroups }: AzureInterface,
): readonly string[] {
  const ids = settle(() => idsOfGroups(plan, applicationGroups));
  if (!(ids instanceof Undecided)) return ids;
  draft.open(ids);
  return [];
}

function guardedBy(
  lift: Lift,
  { subnet }: AzureInterface,
  table: RouteTable,
  members: readonly string[],
): Guarded {
  const { addresses, open } = routedAddresses(table);
  const linked = linksOf(lift, subnet.network).filter(({ access }) => access);
  const scope = scopeOf(subnet.network, linked, addresses, open);
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
  const before = isExempt(one) ? [] : admin.of(network).map((rule) => doubted(rule, one));
  return guards.flatMap((guard) =>
    (["in", "out"] as const).flatMap((direction) => {
      if (guard === undefined && before.length === 0) return [];
      const rules = [...before, ...(guard?.rules ?? [])];
      const id = stageId(plan, one, guard, direction, rules, guarded);
      return draft.stage(id, () => groupStage(plan, id, direction, guard, guarded, before));
    }),
  );
}

/** Subnets that belong to one service, by the name that Azure demands. */
const serviceSubnets = /^(GatewaySubnet|RouteServerSubnet|Azure(Bastion|Firewall)\w*Subnet)$/i;

/** To whom admin rules are not applied ("Nonapplication of security admin rules"). */
function isExempt({ kind, subnet }: AzureInterface): boolean {
  const property = subnet.at.path === "" ? "subnetName" : "name";
  const name = settle(() => subnet.at.at(property).text());
  if (kind === "gateway") return true;
  return serviceSubnets.test(typeof name === "string" ? name : subnet.name);
}

/** Whether admin rules reach private endpoints depends on how these are provided. */
function doubted(rule: SecurityRule, { id, kind }: AzureInterface): SecurityRule {
  if (kind !== "private-endpoint") return rule;
  const doubt = unknownCondition({ urn: id, path: "security admin rules" });
  return { ...rule, conditions: [...rule.conditions, doubt] };
}

/** The same for all interfaces for which the group means the same. */
function stageId(
  plan: Plan,
  one: AzureInterface,
  guard: SecurityGroup | undefined,
  direction: Direction,
  rules: readonly SecurityRule[],
  guarded: Guarded,
): string {
  const named = ownGroups(plan, rules);
  const members = guarded.applicationGroups.filter((id) => named.includes(id)).toSorted();
  const { subnet } = one;
  const table = subnet.at.at("routeTable").state === "absent" ? "" : subnet.id;
  const where = [subnet.network.id, table, isExempt(one) ? "exempt" : "", ...members];
  if (one.kind === "private-endpoint") where.push(one.id);
  return [guard?.id ?? "no group", direction, ...where].join(" | ");
}

function routeStages(
  lift: Lift,
  one: AzureInterface,
  table: RouteTable,
  isGuarded: boolean,
): string[] {
  const { draft, links } = lift;
  const { subnet } = one;
  const own = linksOf(lift, subnet.network);
  const out = `routes | ${subnet.id}`;
  const near = links.filter(({ from, to }) => [from.id, to.id].includes(subnet.network.id));
  const outbound = outboundStage(`outbound | ${one.id}`, one, table);
  return [
    draft.stage(out, (id) => routeStage(id, subnet, table, own)),
    draft.stage(`reach | ${one.id}`, (id) => reachStage(id, one, near, isGuarded)),
    ...(outbound === undefined ? [] : [draft.stage(outbound.id, () => outbound)]),
  ];
}

/** The marks of what stands there or, without any, of the group on its subnet. */
function segmentOf(
  plan: Plan,
  groups: ReadonlyMap<string, SecurityGroup>,
  one: AzureInterface,
): { readonly segment?: string } {
  if (one.marks?.segment !== undefined) return { segment: one.marks.segment };
  const group = groupOf(plan, groups, one.subnet.at.at("networkSecurityGroup", "id"));
  const resource = plan.ofType(azureTypes.securityGroup).find(({ urn }) => urn === group?.id);
  const segment = resource === undefined ? undefined : marksOf(resource)?.segment;
  return segment === undefined ? {} : { segment };
}

/** Addresses of a network that no subnet has: nothing can stand there. */
function addUnassigned({ draft, found }: Lift, network: AzureNetwork): void {
  const subnets = found.subnets.filter((subnet) => subnet.network.id === network.id);
  const assigned = subnets.map(({ addresses }) => addresses).reduce(union, []);
  const addresses = subtract(network.space, assigned);
  if (!network.planned || addresses.length === 0) return;
  const stages = (["in", "out"] as const).map((direction) =>
    draft.stage(`unassigned ${direction}`, (id) => ({
      id,
      plane: "route",
      direction,
      stateful: true,
      tiers: [{ rules: [], otherwise: "deny", otherwiseOrigin: "no subnet has the address" }],
    })),
  );
  draft.endpoints.push({
    id: `${network.id} unassigned`,
    name: `${network.name} unassigned`,
    addresses,
    unknownAddresses: [],
    groups: [networkGroup(network.id), anyNetwork],
    stages,
  });
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
