/** Elastic network interfaces: what an end of a packet's way in AWS is attached to. */

import type { Address } from "../address.ts";
import type { Live } from "../deployed.ts";

/** An interface that exists, or one that somebody could put into a subnet. */
export interface AwsInterface {
  readonly cloud: "aws";
  /** Id of the interface or of what it belongs to. */
  readonly id: string;
  /** Nobody has it yet: it stands for a new interface in the subnet. */
  readonly imagined: boolean;
  readonly subnet: Live;
  readonly vpcId: string;
  /** Private IPv4 and IPv6 addresses. */
  readonly addresses: readonly Address[];
  /** Public IPv4 address that the internet gateway translates to and from. */
  readonly publicAddress: Address | undefined;
  /** Security groups by id; `undefined` for what has none, as a NAT gateway or a Network Load Balancer without. */
  readonly groups: readonly string[] | undefined;
  /** The load balancer that this is a node of. */
  readonly balancer?: Live;
  /** The gateway endpoint that this stands for. */
  readonly endpoint?: Live;
}
