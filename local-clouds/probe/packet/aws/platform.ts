/**
 * What neither security groups nor network ACLs filter.
 *
 * Amazon VPC User Guide, "Control traffic to your AWS resources using security groups": traffic to
 * and from Amazon DNS, DHCP, EC2 instance metadata, ECS task metadata, licence activation, the time
 * service and the reserved address of the VPC router. "Network ACL basics" says the same of ACLs.
 */

import { type Address, addressAt, addressOf, holds } from "../address.ts";
import type { Deployed } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import { passes, type Stage, type Walk } from "../walk.ts";
import type { AwsInterface } from "./interface.ts";
import { rangesOf, vpcRanges } from "./networks.ts";

const stage: Stage = {
  stage: "platform services",
  document: "Amazon VPC User Guide: Control traffic using security groups; Network ACL basics",
};

const services: readonly (readonly [string, string])[] = [
  ["169.254.169.253", "Amazon DNS"],
  ["fd00:ec2::253", "Amazon DNS"],
  ["169.254.169.254", "instance metadata"],
  ["fd00:ec2::254", "instance metadata"],
  ["169.254.169.123", "Amazon Time Sync"],
  ["fd00:ec2::123", "Amazon Time Sync"],
  ["169.254.170.2", "ECS task metadata"],
  ["169.254.169.250", "licence activation"],
  ["169.254.169.251", "licence activation"],
];

/** The platform's service at the packet's destination, if it is one. */
export function platformService(
  deployed: Deployed,
  packet: Packet,
  from: AwsInterface,
): string | undefined {
  const named = services.find(([text]) => addressOf(text)?.onLine === packet.destination.onLine);
  if (named !== undefined) return named[1];
  const plus = (range: string, offset: bigint) =>
    holds(range, packet.destination) && offsetIn(range, packet.destination) === offset;
  if (
    vpcRanges(deployed, from.vpcId)
      .slice(0, 1)
      .some((range) => plus(range, 2n))
  ) {
    return "Amazon DNS";
  }
  return rangesOf(from.subnet.properties).some((range) => plus(range, 1n))
    ? "VPC router and DHCP"
    : undefined;
}

function offsetIn(range: string, address: Address): bigint {
  const first = addressOf(range);
  return first === undefined ? -1n : addressAt(address.onLine).onLine - first.onLine;
}

/** The packet reaches the platform: no rule can stop it. */
export function* reachesPlatform(service: string, packet: Packet): Walk {
  yield passes(
    stage,
    service,
    `${packet.destination.text} is ${service}: not filtered by security groups and network ACLs`,
  );
}
