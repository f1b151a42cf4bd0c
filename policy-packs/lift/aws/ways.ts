/** What the target of a route does with a packet. */
import type { Condition, UnknownInput } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { readOr } from "../uncertain.ts";
import type { AwsLift } from "./lift.ts";
import type { AwsNetwork, AwsNetworks } from "./networks.ts";
import { outsideNetwork } from "./networks.ts";
import type { AwsPeering } from "./peerings.ts";
import { otherSide } from "./peerings.ts";
import type { Target } from "./trace.ts";
import { trace } from "./trace.ts";
import { awsTypes } from "./types.ts";

/** Where a route leads. */
export type Way =
  | { readonly kind: "local" }
  | {
      readonly kind: "network";
      readonly network: AwsNetwork;
      readonly conditions: readonly Condition[];
      /** Whether what lies behind that network may be reached as well: not through a peering. */
      readonly onward: boolean;
    }
  /** Both ways, by public addresses. */
  | { readonly kind: "internet-gateway" }
  /** One way: `nat` is the translating gateway, where it is planned. */
  | { readonly kind: "outbound"; readonly nat: PlannedResource | undefined }
  | { readonly kind: "transit"; readonly gateway: PlannedResource }
  | { readonly kind: "service"; readonly network: AwsNetwork }
  | { readonly kind: "nowhere" }
  | { readonly kind: "unknown"; readonly input: UnknownInput };

/** What ways are made from. */
export interface Surroundings {
  readonly lift: AwsLift;
  readonly networks: AwsNetworks;
  readonly peerings: ReadonlyMap<string, AwsPeering>;
}

type Reader = (around: Surroundings, view: View, from: AwsNetwork) => Way;

/** Properties that name a route's target. Appliances and other networks' gateways stay open. */
const readers: Readonly<Record<string, Reader>> = {
  gatewayId: gatewayWay,
  natGatewayId: natWay,
  egressOnlyGatewayId: () => ({ kind: "outbound", nat: undefined }),
  vpcPeeringConnectionId: peeringWay,
  transitGatewayId: transitWay,
  vpcEndpointId: openWay,
  networkInterfaceId: openWay,
  carrierGatewayId: openWay,
  localGatewayId: openWay,
  coreNetworkArn: openWay,
  odbNetworkArn: openWay,
};

/** The way that a route, inline or standalone, takes out of the network. */
export function wayOf(around: Surroundings, route: View, from: AwsNetwork): Way {
  for (const [key, read] of Object.entries(readers)) {
    const view = route.at(key);
    if (view.state === "absent") continue;
    if (readOr(() => view.text() === "", false).value) continue;
    return read(around, view, from);
  }
  return { kind: "nowhere" };
}

function openWay(_around: Surroundings, { urn, path }: View): Way {
  return { kind: "unknown", input: { urn, path } };
}

function gatewayWay(around: Surroundings, view: View): Way {
  const { lift, networks } = around;
  const types = [awsTypes.internetGateway, awsTypes.vpnGateway, awsTypes.egressOnlyGateway];
  const target = trace(lift.tracer, view, ...types);
  if (target.kind === "resource") {
    const { type, urn } = target.resource;
    if (type === awsTypes.internetGateway) return { kind: "internet-gateway" };
    if (type === awsTypes.egressOnlyGateway) return { kind: "outbound", nat: undefined };
    return networkWay(outsideNetwork(lift, networks, urn), [], true);
  }
  if (target.kind !== "outside") return openWay(around, view);
  if (target.value === "local") return { kind: "local" };
  if (target.value.startsWith("igw-")) return { kind: "internet-gateway" };
  if (target.value.startsWith("vgw-")) {
    return networkWay(outsideNetwork(lift, networks, target.value), [], true);
  }
  return openWay(around, view);
}

/** A private translating gateway sends on by its own subnet's table, which is not followed. */
function natWay(around: Surroundings, view: View): Way {
  const target = trace(around.lift.tracer, view, awsTypes.natGateway);
  if (target.kind === "outside") return { kind: "outbound", nat: undefined };
  if (target.kind !== "resource") return openWay(around, view);
  const kind = target.resource.inputs.at("connectivityType");
  const isPublic = readOr(() => (kind.text() ?? "public") === "public", false).value;
  return isPublic ? { kind: "outbound", nat: target.resource } : openWay(around, view);
}

function peeringWay(around: Surroundings, view: View, from: AwsNetwork): Way {
  const target = peeringTarget(around, view);
  if (target.kind === "outside") {
    return networkWay(outsideNetwork(around.lift, around.networks, target.value), [], false);
  }
  if (target.kind !== "resource") return openWay(around, view);
  const peering = around.peerings.get(target.resource.urn);
  const other = peering === undefined ? undefined : otherSide(peering, from);
  if (peering === undefined || other === undefined) return { kind: "nowhere" };
  return networkWay(other, peering.conditions, false);
}

/** The accepter's id is that of the peering it accepts. */
function peeringTarget({ lift }: Surroundings, view: View): Target {
  const target = trace(lift.tracer, view, awsTypes.peering, awsTypes.accepter);
  if (target.kind !== "resource" || target.resource.type !== awsTypes.accepter) return target;
  return trace(lift.tracer, target.resource.inputs.at("vpcPeeringConnectionId"), awsTypes.peering);
}

function transitWay(around: Surroundings, view: View): Way {
  const target = transitTarget(around, view);
  if (target.kind === "resource") return { kind: "transit", gateway: target.resource };
  if (target.kind !== "outside") return openWay(around, view);
  return networkWay(outsideNetwork(around.lift, around.networks, target.value), [], true);
}

/** A route may take the gateway's id from the attachment, so that it is made after it. */
function transitTarget({ lift }: Surroundings, view: View): Target {
  const target = trace(lift.tracer, view, awsTypes.transitGateway, awsTypes.transitVpc);
  if (target.kind !== "resource" || target.resource.type !== awsTypes.transitVpc) return target;
  return trace(lift.tracer, target.resource.inputs.at("transitGatewayId"), awsTypes.transitGateway);
}

function networkWay(network: AwsNetwork, conditions: readonly Condition[], onward: boolean): Way {
  return { kind: "network", network, conditions, onward };
}
