/** Transit gateways: what is attached, which table decides for it, and what the tables hold. */
import type { Condition, Origin } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../entries.ts";
import { readOr, unknownCondition } from "../uncertain.ts";
import type { Destination } from "./destinations.ts";
import { prefixDestinations } from "./destinations.ts";
import type { AwsLift } from "./lift.ts";
import { resourceAt } from "./lift.ts";
import type { AwsNetwork, AwsNetworks } from "./networks.ts";
import { networkAt, outsideNetwork } from "./networks.ts";
import { trace, traceAll } from "./trace.ts";
import { awsTypes, subnetTypes } from "./types.ts";

/** One network attached to a transit gateway. */
export interface TransitAttachment {
  readonly id: string;
  readonly gateway: string;
  readonly network: AwsNetwork;
  /** URNs of the subnets in which it has an interface; undefined where not all are known. */
  readonly subnets: readonly string[] | undefined;
  /** Whether rules of groups may name groups behind this attachment. */
  readonly referencing: Support;
}

/** Whether something is switched on; `perhaps` where it is not known. */
export type Support = "yes" | "no" | "perhaps";

/** One route of a transit gateway's table. */
export interface TransitRoute {
  readonly destination: Destination;
  /** Undefined for a blackhole. */
  readonly to: TransitAttachment | undefined;
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
  /** Propagated by what is attached, rather than written. */
  readonly learnt: boolean;
}

/** One table of a transit gateway. */
export interface TransitTable {
  readonly routes: TransitRoute[];
  /** Attachments whose networks' prefixes it learns. */
  readonly learns: Set<TransitAttachment>;
}

/** All transit gateways of a lift. */
export interface Transit {
  readonly attachments: ReadonlyMap<string, TransitAttachment>;
  readonly tables: ReadonlyMap<string, TransitTable>;
  /** Id of the table that decides for what comes out of an attachment. */
  readonly tableOf: ReadonlyMap<string, string>;
  /** Whether groups may be referenced through a gateway. */
  readonly referencing: ReadonlyMap<string, Support>;
}

const peeringAttachment = "aws:ec2transitgateway/peeringAttachment:PeeringAttachment";
const attachmentTypes = [awsTypes.transitVpc, awsTypes.vpnConnection, peeringAttachment];
const tableTypes = [awsTypes.transitTable, awsTypes.transitGateway];

interface Reading {
  readonly lift: AwsLift;
  readonly networks: AwsNetworks;
  readonly attachments: Map<string, TransitAttachment>;
  readonly tables: Map<string, TransitTable>;
  readonly tableOf: Map<string, string>;
}

/** Reads all transit gateways. */
export function readTransit(lift: AwsLift, networks: AwsNetworks): Transit {
  const reading: Reading = {
    lift,
    networks,
    attachments: new Map(),
    tables: new Map(),
    tableOf: new Map(),
  };
  for (const resource of lift.plan.ofType(...attachmentTypes)) addAttachment(reading, resource);
  for (const resource of lift.plan.ofType(awsTypes.transitAssociation)) {
    const attachment = attachmentAt(reading, resource.inputs.at("transitGatewayAttachmentId"));
    const table = tableAt(reading, resource.inputs.at("transitGatewayRouteTableId"));
    if (attachment !== undefined && table !== undefined) reading.tableOf.set(attachment.id, table);
  }
  for (const resource of lift.plan.ofType(awsTypes.transitPropagation)) {
    const attachment = attachmentAt(reading, resource.inputs.at("transitGatewayAttachmentId"));
    const table = tableAt(reading, resource.inputs.at("transitGatewayRouteTableId"));
    if (attachment !== undefined && table !== undefined) {
      tableOfId(reading, table).learns.add(attachment);
    }
  }
  for (const resource of lift.plan.ofType(awsTypes.transitRoute)) addRoute(reading, resource);
  return { ...reading, referencing: referencingGateways(lift) };
}

/** Off on the gateway unless asked for; on for an attachment unless refused (Transit Gateways guide). */
function referencingGateways(lift: AwsLift): ReadonlyMap<string, Support> {
  return new Map(
    lift.plan
      .ofType(awsTypes.transitGateway)
      .map(({ urn, inputs }) => [
        urn,
        supportOf(inputs.at("securityGroupReferencingSupport"), "disable"),
      ]),
  );
}

function addAttachment(reading: Reading, resource: PlannedResource): void {
  const { lift, networks } = reading;
  const { inputs, urn, type } = resource;
  const asked = inputs.at("transitGatewayId");
  if (type === awsTypes.vpnConnection && asked.state === "absent") return;
  const gateway = resourceAt(lift, asked, awsTypes.transitGateway);
  if (gateway === undefined) return;
  const isVpc = type === awsTypes.transitVpc;
  const attachment: TransitAttachment = {
    id: urn,
    gateway: gateway.urn,
    network: isVpc
      ? networkAt(lift, networks, inputs.at("vpcId"))
      : outsideNetwork(lift, networks, urn),
    subnets: isVpc ? subnetsOf(lift, inputs.at("subnetIds")) : undefined,
    referencing: isVpc ? supportOf(inputs.at("securityGroupReferencingSupport"), "enable") : "no",
  };
  reading.attachments.set(urn, attachment);
  joinDefaults(reading, attachment, gateway, resource);
}

/** A gateway has a default table, with which attachments are associated, and to which they propagate. */
function joinDefaults(
  reading: Reading,
  attachment: TransitAttachment,
  gateway: PlannedResource,
  { inputs }: PlannedResource,
): void {
  const table = `${gateway.urn}#default`;
  const joins = (kind: "Association" | "Propagation") =>
    (gateway.inputs.at(`defaultRouteTable${kind}`).text() ?? "enable") === "enable" &&
    (inputs.at(`transitGatewayDefaultRouteTable${kind}`).flag() ?? true);
  reading.lift.attempt(() => {
    if (joins("Association")) reading.tableOf.set(attachment.id, table);
  });
  reading.lift.attempt(() => {
    if (joins("Propagation")) tableOfId(reading, table).learns.add(attachment);
  });
}

function supportOf(view: View, otherwise: "enable" | "disable"): Support {
  const { value, conditions } = readOr(() => view.text() ?? otherwise, otherwise);
  if (conditions.length > 0) return "perhaps";
  return value === "enable" ? "yes" : "no";
}

function subnetsOf(lift: AwsLift, list: View): string[] | undefined {
  return lift.attempt(() => {
    const targets = traceAll(lift.tracer, entriesOf(list), ...subnetTypes);
    const found = targets.flatMap((target) =>
      target.kind === "resource" ? [target.resource.urn] : [],
    );
    return found.length === targets.length && found.length > 0 ? found : undefined;
  });
}

function addRoute(reading: Reading, { urn, inputs }: PlannedResource): void {
  const id = tableAt(reading, inputs.at("transitGatewayRouteTableId"));
  if (id === undefined) return;
  const black = readOr(() => inputs.at("blackhole").flag() ?? false, false);
  const named = inputs.at("transitGatewayAttachmentId");
  const to = black.value ? undefined : attachmentAt(reading, named);
  const lost = !black.value && to === undefined && named.state !== "absent";
  const conditions = [
    ...black.conditions,
    ...(lost ? [unknownCondition({ urn, path: "transitGatewayAttachmentId" })] : []),
  ];
  const cidr = inputs.at("destinationCidrBlock");
  const found = [
    ...prefixDestinations(cidr, 4),
    ...(cidr.state === "unknown" ? prefixDestinations(cidr, 6) : []),
  ];
  for (const destination of found) {
    const origin = { urn, path: "" };
    tableOfId(reading, id).routes.push({ destination, to, conditions, origin, learnt: false });
  }
}

function attachmentAt(reading: Reading, view: View): TransitAttachment | undefined {
  const resource = resourceAt(reading.lift, view, ...attachmentTypes);
  return resource === undefined ? undefined : reading.attachments.get(resource.urn);
}

function tableAt({ lift }: Reading, view: View): string | undefined {
  const target = trace(lift.tracer, view, ...tableTypes);
  if (target.kind === "unknown") lift.open(target.input);
  if (target.kind === "outside") return target.value;
  if (target.kind !== "resource") return undefined;
  const { type, urn } = target.resource;
  return type === awsTypes.transitTable ? urn : `${urn}#default`;
}

function tableOfId(reading: Reading, id: string): TransitTable {
  const found = reading.tables.get(id) ?? { routes: [], learns: new Set<TransitAttachment>() };
  reading.tables.set(id, found);
  return found;
}

/** Networks that share a transit gateway with the network, itself left out. */
export function transitNeighbours(transit: Transit, network: AwsNetwork): AwsNetwork[] {
  const all = [...transit.attachments.values()];
  const gateways = all
    .filter((attachment) => attachment.network.id === network.id)
    .map(({ gateway }) => gateway);
  return all
    .filter(({ gateway, network: other }) => gateways.includes(gateway) && other.id !== network.id)
    .map((attachment) => attachment.network);
}
