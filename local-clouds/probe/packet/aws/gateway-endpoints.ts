/**
 * Gateway endpoints of S3 and DynamoDB.
 *
 * AWS PrivateLink, "Gateway endpoints": the tables associated with an endpoint have a route from the
 * service's prefix list to it; the list stands in the rules of security groups. "Considerations": it
 * serves its own VPC only.
 */

import { addressOf } from "../address.ts";
import { type Deployed, type Live, textOf, textsOf } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import type { Trip } from "../trip.ts";
import { drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import type { AwsInterface } from "./interface.ts";
import { tableOf } from "./route-tables.ts";
import { securityGroups } from "./security-groups.ts";
import { subnetEdge } from "./subnet-edge.ts";
import { aws } from "./tokens.ts";

const stage: Stage = {
  stage: "gateway endpoint",
  document: "AWS PrivateLink: Gateway endpoints, Routing",
};

/** Stands for the service's public addresses, which only AWS's own prefix list holds (RFC 5737). */
const serviceAddress = addressOf("198.51.100.90");

/** A gateway endpoint as an end; `undefined` for an endpoint of another kind. */
export function gatewayEndpoint(live: Live): AwsInterface | undefined {
  const { properties } = live;
  const type = textOf(properties, "vpcEndpointType") ?? "Gateway";
  if (live.token !== aws.endpoint || type !== "Gateway" || serviceAddress === undefined) {
    return undefined;
  }
  return {
    cloud: "aws",
    id: live.id,
    imagined: true,
    // It lies in no subnet: the endpoint itself stands in for one.
    subnet: live,
    vpcId: textOf(properties, "vpcId") ?? "",
    addresses: [serviceAddress],
    publicAddress: undefined,
    groups: undefined,
    endpoint: live,
  };
}

/** From an interface to the service behind a gateway endpoint. */
export function* toGatewayEndpoint(
  trip: Trip,
  packet: Packet,
  from: AwsInterface,
  endpoint: Live,
): Walk {
  const { deployed } = trip;
  const list = textOf(endpoint.properties, "prefixListId");
  const peer = { address: packet.destination, interface: undefined, list };
  yield* securityGroups(deployed, "egress", from, peer, packet);
  yield* subnetEdge(trip, "egress", from.subnet, packet);
  if (endpoint.properties["vpcId"] !== from.vpcId) {
    return yield* ends(
      drops(stage, endpoint.id, `it serves ${textOf(endpoint.properties, "vpcId")} only`),
    );
  }
  const table = tableOf(deployed, from.subnet, from.vpcId);
  yield tablesOf(deployed, endpoint).includes(table)
    ? passes(stage, endpoint.id, `${list ?? "the service's prefix list"} by ${table}`)
    : drops(stage, endpoint.id, `${table} is not associated with it`);
}

function tablesOf(deployed: Deployed, endpoint: Live): readonly string[] {
  return [
    ...textsOf(endpoint.properties, "routeTableIds"),
    ...deployed
      .where("vpcEndpointId", endpoint.id, aws.endpointAssociation)
      .flatMap(({ properties }) => textOf(properties, "routeTableId") ?? []),
  ];
}
