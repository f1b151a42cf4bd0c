/** Lifts everything of Azure in a plan into a topology. */
import { segmentOfMarks } from "../../../model/network/marks.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { beginDraft } from "../draft.ts";
import { marksOf } from "../marks.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { readAdminRules } from "./admin-rules.ts";
import { guardedBy, guardStages, guardsOf, memberships } from "./guards.ts";
import type { AzureInterface } from "./interface.ts";
import { readInterfaces } from "./interfaces.ts";
import type { AzureLift } from "./lift.ts";
import { linksOf, tableOf } from "./lift.ts";
import { readAzureLinks } from "./links.ts";
import { nameInAzure, readAzureNetworks } from "./networks.ts";
import { addUnassigned, outsider, outsiders } from "./outsiders.ts";
import { closedTags, platformEndpoint, residualsOf, tagEndpoint, tagsOf } from "./platform.ts";
import { outboundStage, reachStage } from "./reach.ts";
import type { RouteTable } from "./route-table.ts";
import { routeStage } from "./routes.ts";
import type { SecurityGroup } from "./security-groups.ts";
import { groupOf, readSecurityGroups } from "./security-groups.ts";
import { applicationGroup, azureTypes, unseenTypes } from "./types.ts";

/** The planned network in Azure, whoever wrote it. */
export function liftAzure(plan: Plan): Topology {
  const draft = beginDraft();
  const found = readAzureNetworks(plan, draft);
  const links = readAzureLinks(plan, found, draft);
  const groups = readSecurityGroups(plan, draft);
  const admin = readAdminRules(plan, found, draft);
  const lift: AzureLift = { plan, draft, found, links, groups, admin, tables: new Map() };
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

function addInterface(lift: AzureLift, one: AzureInterface): void {
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
    ...(isForGateways(one) ? { outside: true } : {}),
  };
  draft.endpoints.push(endpoint);
  const rules = guards.flatMap((guard) => guard?.rules ?? []);
  draft.residuals.push(...residualsOf(one.id, closedTags(rules)));
}

/**
 * Nothing but gateways stands in the subnet of that name, and no security group guards it ("VPN
 * Gateway configuration settings", gateway subnet).
 */
function isForGateways({ kind, subnet }: AzureInterface): boolean {
  return kind === "subnet" && nameInAzure(subnet) === "GatewaySubnet";
}

function isGuarded(guards: readonly (SecurityGroup | undefined)[]): boolean {
  return guards.some((guard) => guard !== undefined);
}

function routeStages(
  lift: AzureLift,
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
