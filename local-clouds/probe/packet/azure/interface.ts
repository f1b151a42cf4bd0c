/** Network interfaces of Azure: what an end of a packet's way there is attached to. */

import type { Address } from "../address.ts";
import type { Live } from "../deployed.ts";

/** An interface that exists, or one that somebody could put into a subnet. */
export interface AzureInterface {
  readonly cloud: "azure";
  readonly id: string;
  /** Nobody has it yet: it stands for a new interface in the subnet. */
  readonly imagined: boolean;
  readonly subnet: Live;
  /** Id of the virtual network. */
  readonly network: string;
  readonly addresses: readonly Address[];
  readonly publicAddresses: readonly Address[];
  /** The interface's own network security group. */
  readonly group: string | undefined;
  /** Application security groups of its addresses. */
  readonly applicationGroups: readonly string[];
  /** A private endpoint, which groups and routes may pass by. */
  readonly privateEndpoint: boolean;
  /** A load balancer, which hands packets on to its backend pools. */
  readonly balancer?: Live;
}
