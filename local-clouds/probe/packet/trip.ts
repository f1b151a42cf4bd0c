/** One probe under way: the world, both ends, and what the reply will meet. */

import type { Address } from "./address.ts";
import type { AwsInterface } from "./aws/interface.ts";
import type { AzureInterface } from "./azure/interface.ts";
import type { Deployed } from "./deployed.ts";
import type { GcpInterface } from "./gcp/interface.ts";
import type { Pod } from "./kubernetes/pod.ts";
import type { Service } from "./kubernetes/service.ts";
import type { Packet } from "./packet.ts";
import type { Step, Walk } from "./walk.ts";

/** An end that lies in no cloud of this world. */
export interface Outside {
  readonly cloud: "outside";
  readonly id: string;
  readonly addresses: readonly Address[];
}

/** An interface of one of the clouds. */
export type CloudInterface = AwsInterface | AzureInterface | GcpInterface;

/** An end of a packet's way. */
export type End = CloudInterface | Pod | Service | Outside;

/** Whether an end is an interface of a cloud. */
export function isInterface(end: End): end is CloudInterface {
  return end.cloud === "aws" || end.cloud === "azure" || end.cloud === "gcp";
}

/** One probe under way. */
export interface Trip {
  readonly deployed: Deployed;
  readonly from: End;
  readonly to: End;
  /**
   * What the reply meets where nothing keeps state, in the order in which the request passed it;
   * the reply meets it in the opposite order.
   */
  readonly back: (() => Walk)[];
}

/** The packet has left a cloud for the internet, as the internet sees it. */
export interface Left {
  readonly packet: Packet;
}

/** What a cloud made of a packet: delivered inside it (`undefined`), or given to the internet. */
export type Leaving = Walk<Left | undefined>;

/** A walk, and then what the reply meets where nothing keeps state, last first. */
export function* withReply(trip: Trip, walk: Walk): Walk {
  yield* walk;
  for (const later of [...trip.back].reverse()) yield* asReply(later());
}

function* asReply(walk: Walk): Walk {
  for (const step of walk) yield { ...step, stage: `reply: ${step.stage}` } satisfies Step;
}
