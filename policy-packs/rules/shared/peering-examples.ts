/** Routes over a peering between two planned networks. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import type { Props } from "./alone.ts";
import { alone } from "./alone.ts";
import { referring } from "./log-stores.ts";

function vpc(name: string, cidrBlock: string): ExampleResource {
  return { type: awsTypes.vpc, name, props: { cidrBlock } };
}

function route(props: Props, peering: readonly string[] = ["peering"]): ExampleResource {
  return {
    type: awsTypes.route,
    name: "route",
    props: { routeTableId: unknownHere, vpcPeeringConnectionId: unknownHere, ...props },
    dependsOn: { routeTableId: ["table"], vpcPeeringConnectionId: peering },
  };
}

const networks: readonly ExampleResource[] = [
  vpc("here", "10.1.0.0/16"),
  vpc("there", "10.2.0.0/20"),
  referring(awsTypes.routeTable, "table", "vpcId", "here"),
  {
    type: awsTypes.peering,
    name: "peering",
    props: { vpcId: unknownHere, peerVpcId: unknownHere },
    dependsOn: { vpcId: ["here"], peerVpcId: ["there"] },
  },
];

/** Wider than any network, than the planned one, and as wide. */
export const peeringExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "everything goes to the peer",
    expect: "fail",
    resources: alone(awsTypes.routeTable, {
      routes: [{ cidrBlock: "0.0.0.0/0", vpcPeeringConnectionId: "pcx-1" }],
    }),
    path: "routes[0].cidrBlock",
    witness: "0.0.0.0/0",
  },
  {
    kind: "violating",
    says: "a route of IPv6 that is wider than any VPC",
    expect: "fail",
    resources: alone(awsTypes.route, {
      routeTableId: "rtb-1",
      vpcPeeringConnectionId: "pcx-1",
      destinationIpv6CidrBlock: "2000::/3",
    }),
    path: "destinationIpv6CidrBlock",
  },
  {
    kind: "violating",
    says: "wider than the planned peer",
    expect: "fail",
    resources: [route({ destinationCidrBlock: "10.2.0.0/16" }), ...networks],
    path: "destinationCidrBlock",
  },
  {
    kind: "clean",
    says: "one tier of the peer",
    expect: "pass",
    resources: [route({ destinationCidrBlock: "10.2.4.0/24" }), ...networks],
  },
  {
    kind: "clean",
    says: "everything goes to a NAT gateway",
    expect: "pass",
    resources: alone(awsTypes.routeTable, {
      routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
    }),
  },
  {
    kind: "unknown",
    says: "where the route leads is not known",
    expect: "unknown",
    resources: [route({ destinationCidrBlock: unknownHere }), ...networks],
    path: "destinationCidrBlock",
  },
  {
    kind: "absent",
    says: "no routes",
    expect: "pass",
    resources: alone(awsTypes.routeTable, {}),
  },
];
