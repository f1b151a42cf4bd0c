/** Routes that nobody writes into a table: of VPN connections, and of gateway endpoints. */
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { readOr, unknownCondition } from "../uncertain.ts";
import { destinationOf, openDestination, prefixDestinations } from "./destinations.ts";
import { resourceAt } from "./lift.ts";
import { outsideNetwork } from "./networks.ts";
import type { AwsTable } from "./route.ts";
import { awsTypes } from "./types.ts";
import type { Surroundings, Way } from "./ways.ts";

/** Static routes of a VPN connection are known; those learnt by BGP are not. */
export function propagateVpn(sources: Surroundings, table: AwsTable, view: View): void {
  const { lift, networks } = sources;
  const gateway = resourceAt(lift, view, awsTypes.vpnGateway);
  if (gateway === undefined) return;
  const network = outsideNetwork(lift, networks, gateway.urn);
  const way: Way = { kind: "network", network, conditions: [], onward: true };
  const origin = { urn: view.urn, path: view.path };
  const connections = lift.plan.ofType(awsTypes.vpnConnection).filter(({ inputs }) => {
    const at = resourceAt(lift, inputs.at("vpnGatewayId"), awsTypes.vpnGateway);
    return at?.urn === gateway.urn;
  });
  for (const connection of connections) {
    const fixed = readOr(() => connection.inputs.at("staticRoutesOnly").flag() ?? false, false);
    if (!fixed.value) {
      const condition = unknownCondition({ urn: connection.urn, path: "staticRoutesOnly" });
      const destination = openDestination(4, condition);
      table.routes.push({ destination, way, origin, kind: "learnt" });
    }
  }
  const urns = connections.map(({ urn }) => urn);
  for (const { inputs } of lift.plan.ofType(awsTypes.vpnRoute)) {
    const connection = resourceAt(lift, inputs.at("vpnConnectionId"), awsTypes.vpnConnection);
    if (connection === undefined || !urns.includes(connection.urn)) continue;
    for (const destination of prefixDestinations(inputs.at("destinationCidrBlock"), 4)) {
      table.routes.push({ destination, way, origin, kind: "learnt" });
    }
  }
}

/** The route of a gateway endpoint to its service. */
export function addService(sources: Surroundings, table: AwsTable, gateway: PlannedResource): void {
  const network = outsideNetwork(sources.lift, sources.networks, gateway.urn);
  const every = destinationOf({ family: 4, base: 0n, length: 0 });
  table.routes.push({
    destination: { ...every, length: 32 },
    way: { kind: "service", network },
    origin: { urn: gateway.urn, path: "routeTableIds" },
    kind: "static",
  });
}
