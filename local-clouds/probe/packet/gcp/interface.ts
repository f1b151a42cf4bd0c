/** Network interfaces of Google Cloud: what an end of a packet's way there is attached to. */

import type { Address } from "../address.ts";
import type { Live } from "../deployed.ts";

/** An interface that exists, or one that somebody could put into a subnet. */
export interface GcpInterface {
  readonly cloud: "gcp";
  readonly id: string;
  /** Nobody has it yet: it stands for a new interface in the subnet. */
  readonly imagined: boolean;
  readonly subnet: Live;
  /** Path of the VPC network: `projects/P/global/networks/N`. */
  readonly network: string;
  /** Internal addresses, alias ranges' first ones included. */
  readonly addresses: readonly Address[];
  readonly externalAddresses: readonly Address[];
  /** Network tags. */
  readonly tags: readonly string[];
  /** Secure tags: ids of tag values. */
  readonly secureTags: readonly string[];
  readonly serviceAccount: string | undefined;
  /** The forwarding rule, where this is the frontend of a load balancer. */
  readonly balancer?: Live;
}
