/** The user-defined routes of a subnet (Microsoft Learn, "Virtual network traffic routing"). */
import type { Cidr } from "../../../model/base/address.ts";
import { cidrSet, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { Condition } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { meaningOf } from "../layer4.ts";
import { beginReading, settle, unknownCondition } from "../uncertain.ts";
import type { AzureSubnet } from "./networks.ts";
import { azureTypes } from "./types.ts";

/** Where a user-defined route sends packets. */
type NextHop = "network" | "internet" | "gateway" | "appliance" | "none";

/** A user-defined route. */
export interface UserRoute {
  /** Undefined for a service tag, or where it is not known. */
  readonly prefix: Cidr | undefined;
  readonly tag: string | undefined;
  readonly hop: NextHop | undefined;
  readonly at: View;
  readonly conditions: readonly Condition[];
}

/** The routes of a subnet's table. */
export interface RouteTable {
  /** URN of the table, or why the subnet may have any. */
  readonly id: string;
  readonly routes: readonly UserRoute[];
  /** Whether what gateways learn is kept out. */
  readonly withoutGateways: boolean;
  /** Why there may be routes that nobody sees. */
  readonly open: readonly Condition[];
}

const noTable: RouteTable = { id: "", routes: [], withoutGateways: false, open: [] };

/** The table of a subnet: inline and standalone routes. */
export function routeTableOf(plan: Plan, subnet: AzureSubnet, draft: Draft): RouteTable {
  const reference = subnet.at.at("routeTable", "id");
  const found = settle(() => plan.follow(reference, azureTypes.routeTable));
  if (found instanceof Undecided || found.state === "outside") {
    return {
      ...noTable,
      id: `${reference.urn} ${reference.path}`,
      open: [unknownCondition(reference)],
    };
  }
  if (found.state === "absent") return noTable;
  const { urn, inputs } = found.resource;
  const inline = entriesOf(inputs.at("routes")).map(readRoute);
  const standalone: UserRoute[] = [];
  for (const route of plan.ofType(azureTypes.route)) {
    draft.attempt(() => {
      const table = plan.follow(route.inputs.at("routeTableName"), azureTypes.routeTable);
      if (table.state === "resource" && table.resource.urn === urn)
        standalone.push(readRoute(route.inputs));
    });
  }
  const { read, conditions } = beginReading();
  const withoutGateways =
    read(() => inputs.at("disableBgpRoutePropagation").flag(), false) ?? false;
  return { id: urn, routes: [...inline, ...standalone], withoutGateways, open: conditions };
}

const hops: Record<string, NextHop> = {
  vnetlocal: "network",
  internet: "internet",
  virtualnetworkgateway: "gateway",
  virtualappliance: "appliance",
  none: "none",
};

function readRoute(at: View): UserRoute {
  const { read, conditions } = beginReading();
  const text = read(() => at.at("addressPrefix").text(), undefined);
  const prefix = text === undefined ? undefined : tryParseCidr(text);
  const tag = text !== undefined && prefix === undefined ? text : undefined;
  const hop = read(() => meaningOf(at.at("nextHopType"), hops), undefined);
  return { prefix, tag, hop, at, conditions };
}

/** Addresses that user-defined routes add to the tag `VirtualNetwork`; a default route only may. */
export function routedAddresses(table: RouteTable): {
  readonly addresses: IntervalSet;
  readonly open: readonly Condition[];
} {
  const known = table.routes.flatMap(({ prefix }) => prefix ?? []);
  const open = table.routes
    .filter(({ prefix, tag }) => (prefix === undefined ? tag === undefined : prefix.length === 0))
    .map(({ at }) => unknownCondition(at.at("addressPrefix")));
  return {
    addresses: cidrSet(known.filter(({ length }) => length > 0)),
    open: [...table.open, ...open],
  };
}
