/** What the parts of the Azure lift share. */
import type { Plan } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import type { AdminRules } from "./admin-rules.ts";
import type { AzureLink } from "./links.ts";
import type { AzureNetwork, AzureNetworks, AzureSubnet } from "./networks.ts";
import type { RouteTable } from "./route-table.ts";
import { routeTableOf } from "./route-table.ts";
import type { SecurityGroup } from "./security-groups.ts";

/** Everything that deciding about one interface needs. */
export interface AzureLift {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly found: AzureNetworks;
  readonly links: readonly AzureLink[];
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly admin: AdminRules;
  readonly tables: Map<string, RouteTable>;
}

/** The route table of a subnet. */
export function tableOf({ plan, draft, tables }: AzureLift, subnet: AzureSubnet): RouteTable {
  const table = tables.get(subnet.id) ?? routeTableOf(plan, subnet, draft);
  tables.set(subnet.id, table);
  return table;
}

/** The links that lead out of a network. */
export function linksOf({ links }: AzureLift, network: AzureNetwork): AzureLink[] {
  return links.filter(({ from }) => from.id === network.id);
}
