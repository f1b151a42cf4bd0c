/** Everything of AWS that decides where packets go, read once. */

import type { Plan } from "../../../model/policy/view.ts";
import type { AwsLift } from "./lift.ts";
import { beginLift } from "./lift.ts";
import type { AwsNetworks } from "./networks.ts";
import { readNetworks } from "./networks.ts";
import type { AwsPeering } from "./peerings.ts";
import { readPeerings } from "./peerings.ts";
import type { ListContents } from "./prefix-lists.ts";
import { readPrefixLists } from "./prefix-lists.ts";
import type { AwsTables } from "./route-tables.ts";
import { readTables } from "./route-tables.ts";
import type { AwsSubnet } from "./subnets.ts";
import { readSubnets } from "./subnets.ts";
import type { Transit } from "./transit.ts";
import { readTransit } from "./transit.ts";

/** The networks of a plan and their ways. */
export interface AwsWorld {
  readonly lift: AwsLift;
  readonly networks: AwsNetworks;
  readonly subnets: ReadonlyMap<string, AwsSubnet>;
  readonly lists: ReadonlyMap<string, ListContents>;
  readonly peerings: ReadonlyMap<string, AwsPeering>;
  readonly transit: Transit;
  readonly tables: AwsTables;
}

/** Reads the world of a plan. */
export function readWorld(plan: Plan): AwsWorld {
  const lift = beginLift(plan);
  const networks = readNetworks(lift);
  const subnets = readSubnets(lift, networks);
  const lists = readPrefixLists(lift);
  const peerings = readPeerings(lift, networks);
  const transit = readTransit(lift, networks);
  const tables = readTables({ lift, networks, subnets, lists, peerings });
  return { lift, networks, subnets, lists, peerings, transit, tables };
}
