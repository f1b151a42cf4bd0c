/** Which groups and admin rules decide about an interface, and the stages that they are. */
import type { Direction } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { AzureInterface } from "./interface.ts";
import type { AzureLift } from "./lift.ts";
import { linksOf } from "./lift.ts";
import type { RouteTable } from "./route-table.ts";
import { routedAddresses } from "./route-table.ts";
import { idsOfGroups, scopeOf } from "./scope.ts";
import type { SecurityGroup } from "./security-groups.ts";
import { groupOf, groupStage } from "./security-groups.ts";
import type { Guarded, SecurityRule } from "./security-rules.ts";
import { ownGroups } from "./security-rules.ts";

/** Application security groups of the interface; where they are not known, the verdict is open. */
export function memberships(
  { plan, draft }: AzureLift,
  { applicationGroups, carries }: AzureInterface,
): readonly string[] {
  if (carries.length > 0) return carries;
  const ids = settle(() => idsOfGroups(plan, applicationGroups));
  if (!(ids instanceof Undecided)) return ids;
  draft.open(ids);
  return [];
}

/** What the meaning of rules for the interface depends on. */
export function guardedBy(
  lift: AzureLift,
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
export function guardsOf(
  { plan, groups }: AzureLift,
  one: AzureInterface,
): (SecurityGroup | undefined)[] {
  const ofSubnet = groupOf(plan, groups, one.subnet.at.at("networkSecurityGroup", "id"));
  if (one.kind === "private-endpoint") {
    const policies = one.subnet.at.at("privateEndpointNetworkPolicies").text() ?? "Disabled";
    return [/^(Enabled|NetworkSecurityGroupEnabled)$/i.test(policies) ? ofSubnet : undefined];
  }
  const own = groupOf(plan, groups, one.securityGroup);
  return own === undefined ? [ofSubnet] : [ofSubnet, own];
}

/** The stages of the interface's groups, admin rules first. */
export function guardStages(
  { plan, draft, admin }: AzureLift,
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
