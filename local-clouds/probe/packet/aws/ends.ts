/** What in AWS can be an end of a packet's way. */

import { BadRequest } from "../../../lifecycle/session.ts";
import { addressOf, publicMember } from "../address.ts";
import { type Deployed, type Live, textsOf } from "../deployed.ts";
import { gatewayEndpoint } from "./gateway-endpoints.ts";
import type { AwsInterface } from "./interface.ts";
import { attachmentOf, imaginedIn, interfacesOf } from "./networks.ts";
import { aws } from "./tokens.ts";

/** Stands for the public addresses of an internet-facing load balancer, which DNS alone knows (RFC 5737). */
const loadBalancerAddress = addressOf("198.51.100.80");

/**
 * The interface by which a resource takes part; `undefined` if it has none. `members` are the
 * groups of an interface that does not exist yet.
 */
export function awsEnd(
  deployed: Deployed,
  live: Live,
  members: readonly string[],
): AwsInterface | undefined {
  const { properties, token } = live;
  if (token === aws.subnet || token === aws.defaultSubnet) {
    refuseStrangers(deployed, members);
    return imaginedIn(deployed, live, members);
  }
  if (token === aws.loadBalancer || token === aws.albLoadBalancer) {
    const placed = inFirst(deployed, live, textsOf(properties, "subnets"));
    const groups = textsOf(properties, "securityGroups");
    const balancer = { groups: groups.length > 0 ? groups : undefined, balancer: live };
    const shown = properties["internal"] === true ? undefined : loadBalancerAddress;
    return placed === undefined ? undefined : { ...placed, ...balancer, publicAddress: shown };
  }
  const gateway = gatewayEndpoint(live);
  if (gateway !== undefined) return gateway;
  if (token === aws.endpoint) {
    const placed = inFirst(deployed, live, textsOf(properties, "subnetIds"));
    return placed && { ...placed, groups: textsOf(properties, "securityGroupIds") };
  }
  return attachmentOf(deployed, live);
}

/** A new interface has security groups that exist, and perhaps a public address. */
function refuseStrangers(deployed: Deployed, members: readonly string[]): void {
  const stranger = members.find(
    (member) =>
      member !== publicMember && deployed.find(member, aws.group, aws.defaultGroup) === undefined,
  );
  if (stranger !== undefined) throw new BadRequest(`${stranger} is no security group`);
}

function inFirst(
  deployed: Deployed,
  live: Live,
  subnets: readonly string[],
): AwsInterface | undefined {
  const subnet = deployed.find(subnets[0], aws.subnet, aws.defaultSubnet);
  if (subnet === undefined) return undefined;
  return { ...imaginedIn(deployed, subnet, []), id: live.id, imagined: false };
}

/** Everything in AWS that has an address. */
export const awsInterfaces = interfacesOf;
