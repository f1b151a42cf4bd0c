/** References to EC2 networks that many types have, with the codes of the EC2 API's error list. */

import type { Reference } from "../../../types/type.ts";
import { ec2Reference } from "./common.ts";

/** Both spellings of a security group: a program's own, and the network's default one. */
export const groupTokens: readonly string[] = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];

/** Both spellings of a route table: a program's own, and the network's main one. */
export const routeTableTokens: readonly string[] = [
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
];

/** A property that names a network. */
export function toVpc(at: string): Reference {
  return ec2Reference(at, "aws:ec2/vpc:Vpc", "InvalidVpcID.NotFound", "vpc ID");
}

/** A property that names a subnet. */
export function toSubnet(at: string): Reference {
  return ec2Reference(at, "aws:ec2/subnet:Subnet", "InvalidSubnetID.NotFound", "subnet ID");
}

/** A property that names a security group. */
export function toGroup(at: string): Reference {
  return ec2Reference(at, groupTokens, "InvalidGroup.NotFound", "security group");
}

/** A property that names a route table. */
export function toRouteTable(at: string): Reference {
  return ec2Reference(at, routeTableTokens, "InvalidRouteTableID.NotFound", "routeTable ID");
}
