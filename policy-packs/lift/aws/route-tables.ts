/** Route tables, from all the resources in which one can write their routes. */
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../entries.ts";
import { destinationOf, listDestinations, prefixDestinations } from "./destinations.ts";
import { addService, propagateVpn } from "./learnt-routes.ts";
import { resourceAt } from "./lift.ts";
import type { AwsNetwork } from "./networks.ts";
import { networkAt } from "./networks.ts";
import type { ListContents } from "./prefix-lists.ts";
import type { AwsTable } from "./route.ts";
import type { AwsSubnet } from "./subnets.ts";
import { trace, traceAll } from "./trace.ts";
import { awsTypes, subnetTypes, vpcTypes } from "./types.ts";
import type { Surroundings } from "./ways.ts";
import { wayOf } from "./ways.ts";

/** All tables, and which is whose. */
export interface AwsTables {
  readonly byId: ReadonlyMap<string, AwsTable>;
  /** Of subnets with a table of their own; undefined where it is not known which. */
  readonly ofSubnet: ReadonlyMap<string, AwsTable | undefined>;
  /** By network: the table of all other subnets. */
  readonly mainOf: ReadonlyMap<string, AwsTable>;
}

/** What tables are read from. */
export interface TableSources extends Surroundings {
  readonly lists: ReadonlyMap<string, ListContents>;
  readonly subnets: ReadonlyMap<string, AwsSubnet>;
}

interface Reading {
  readonly sources: TableSources;
  readonly byId: Map<string, AwsTable>;
  readonly mainOf: Map<string, AwsTable>;
}

/** Reads all tables. */
export function readTables(sources: TableSources): AwsTables {
  const { lift, networks } = sources;
  const reading: Reading = { sources, byId: new Map(), mainOf: new Map() };
  for (const network of networks.byId.values()) {
    if (network.resource !== undefined || network.isDefault) addMain(reading, network);
  }
  for (const resource of lift.plan.ofType(awsTypes.routeTable)) {
    const network = networkAt(lift, networks, resource.inputs.at("vpcId"));
    fill(reading, addTable(reading, resource.urn, network), resource);
  }
  for (const resource of lift.plan.ofType(awsTypes.defaultRouteTable)) {
    const table = tableAt(reading, resource.inputs.at("defaultRouteTableId"));
    if (table === undefined) continue;
    // Adopting a default table removes the routes it had (resource's documentation).
    table.routes.length = 0;
    fill(reading, table, resource);
  }
  readStandalone(reading);
  readMain(reading);
  return { byId: reading.byId, mainOf: reading.mainOf, ofSubnet: readSubnetTables(reading) };
}

/** Every VPC has a main table; that of AWS's default VPC leads to an internet gateway. */
function addMain(reading: Reading, network: AwsNetwork): void {
  const table = addTable(reading, `${network.id}#main`, network);
  reading.mainOf.set(network.id, table);
  if (!network.isDefault) return;
  table.routes.push({
    destination: destinationOf({ family: 4, base: 0n, length: 0 }),
    way: { kind: "internet-gateway" },
    origin: { urn: network.resource?.urn ?? "", path: "" },
    kind: "static",
  });
}

function addTable(reading: Reading, id: string, network: AwsNetwork): AwsTable {
  const table: AwsTable = { id, network, routes: [] };
  reading.byId.set(id, table);
  return table;
}

function fill(reading: Reading, table: AwsTable, resource: PlannedResource): void {
  const { lift } = reading.sources;
  lift.attempt(() => {
    for (const entry of entriesOf(resource.inputs.at("routes"))) {
      addRoute(reading, table, entry, ["cidrBlock", "ipv6CidrBlock"]);
    }
  });
  lift.attempt(() => {
    for (const view of entriesOf(resource.inputs.at("propagatingVgws"))) {
      propagateVpn(reading.sources, table, view);
    }
  });
}

function readStandalone(reading: Reading): void {
  const { lift } = reading.sources;
  for (const { inputs } of lift.plan.ofType(awsTypes.route)) {
    const table = tableAt(reading, inputs.at("routeTableId"));
    if (table === undefined) continue;
    addRoute(reading, table, inputs, ["destinationCidrBlock", "destinationIpv6CidrBlock"]);
  }
  for (const { inputs } of lift.plan.ofType(awsTypes.vpnPropagation)) {
    const table = tableAt(reading, inputs.at("routeTableId"));
    if (table !== undefined) propagateVpn(reading.sources, table, inputs.at("vpnGatewayId"));
  }
  readServices(reading);
}

function addRoute(
  { sources }: Reading,
  table: AwsTable,
  entry: View,
  [key4, key6]: readonly [string, string],
): void {
  const { lift, lists } = sources;
  const prefixes = [
    ...prefixDestinations(entry.at(key4), 4),
    ...prefixDestinations(entry.at(key6), 6),
  ];
  const listed = listDestinations(lift.tracer, lists, entry.at("destinationPrefixListId"));
  const way = wayOf(sources, entry, table.network);
  const origin = { urn: entry.urn, path: entry.path };
  table.routes.push(
    ...prefixes.map((destination) => ({ destination, way, origin, kind: "static" as const })),
    ...listed.map((destination) => ({ destination, way, origin, kind: "listed" as const })),
  );
}

/** Gateway endpoints put a route to a service's own prefix list into tables. */
function readServices(reading: Reading): void {
  const { lift } = reading.sources;
  for (const gateway of lift.plan.ofType(awsTypes.vpcEndpoint)) {
    lift.attempt(() => {
      if ((gateway.inputs.at("vpcEndpointType").text() ?? "Gateway") !== "Gateway") return;
      const views = entriesOf(gateway.inputs.at("routeTableIds"));
      for (const table of tablesAt(reading, views)) addService(reading.sources, table, gateway);
    });
  }
  for (const { inputs } of lift.plan.ofType(awsTypes.endpointTable)) {
    const gateway = resourceAt(lift, inputs.at("vpcEndpointId"), awsTypes.vpcEndpoint);
    const table = tableAt(reading, inputs.at("routeTableId"));
    if (gateway !== undefined && table !== undefined) addService(reading.sources, table, gateway);
  }
}

function readMain(reading: Reading): void {
  const { lift, networks } = reading.sources;
  for (const { inputs } of lift.plan.ofType(awsTypes.mainTable)) {
    const table = tableAt(reading, inputs.at("routeTableId"));
    if (table === undefined) continue;
    reading.mainOf.set(networkAt(lift, networks, inputs.at("vpcId")).id, table);
  }
}

function readSubnetTables(reading: Reading): Map<string, AwsTable | undefined> {
  const { lift } = reading.sources;
  const ofSubnet = new Map<string, AwsTable | undefined>();
  for (const { urn, inputs } of lift.plan.ofType(awsTypes.tableOfSubnet)) {
    if (inputs.at("gatewayId").state !== "absent") {
      // A gateway's own table steers what comes in to appliances, which are not followed.
      lift.open({ urn, path: "gatewayId" });
      continue;
    }
    const subnet = resourceAt(lift, inputs.at("subnetId"), ...subnetTypes);
    if (subnet !== undefined) ofSubnet.set(subnet.urn, tableAt(reading, inputs.at("routeTableId")));
  }
  return ofSubnet;
}

const tableTypes = [awsTypes.routeTable, awsTypes.defaultRouteTable];

function tableAt(reading: Reading, view: View): AwsTable | undefined {
  return tablesAt(reading, [view])[0];
}

/** A VPC's id of its default table is known only as an output of the VPC. */
function tablesAt(reading: Reading, views: readonly View[]): AwsTable[] {
  const { lift, networks } = reading.sources;
  return traceAll(lift.tracer, views, ...tableTypes, ...vpcTypes).flatMap((target) => {
    if (target.kind === "unknown") lift.open(target.input);
    if (target.kind !== "resource") return [];
    const { resource } = target;
    if (resource.type === awsTypes.routeTable) return reading.byId.get(resource.urn) ?? [];
    if (resource.type === awsTypes.defaultRouteTable) {
      const vpc = trace(lift.tracer, resource.inputs.at("defaultRouteTableId"), ...vpcTypes);
      return vpc.kind === "resource" ? (reading.byId.get(`${vpc.resource.urn}#main`) ?? []) : [];
    }
    const network = networks.byId.get(resource.urn);
    return network === undefined ? [] : (reading.byId.get(`${network.id}#main`) ?? []);
  });
}

/** The table by which a subnet's packets leave; undefined where it is not known. */
export function tableOf(tables: AwsTables, subnet: AwsSubnet): AwsTable | undefined {
  if (tables.ofSubnet.has(subnet.id)) return tables.ofSubnet.get(subnet.id);
  return subnet.planned ? tables.mainOf.get(subnet.network.id) : undefined;
}
