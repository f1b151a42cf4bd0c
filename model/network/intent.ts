/**
 * What a person says about the network: places, segments, and who may call whom.
 *
 * Plain data: it is what components take as input, what packs read back from the planned
 * component, and what the verifier compares the planned resources with.
 */
import type { Cloud } from "../base/cloud.ts";
import { clouds } from "../base/cloud.ts";

export type { Cloud };
export { clouds };

/**
 * The name under which flows speak of every address there is. A segment that the internet may call
 * may thus also be called, on the same ports, by a segment that may call the internet.
 */
export const internet = "internet";

/** Where segments live: one VPC, VNet or VPC network. */
export interface PlaceIntent {
  readonly name: string;
  readonly cloud: Cloud;
  /** The cloud's own name of the region, e.g. `eu-central-1`, `westeurope`, `europe-west4`. */
  readonly region: string;
  /** IPv4 range of the whole place, between /16 and /20. */
  readonly cidr4: string;
  /** IPv6 range, /48. Absent on AWS, which assigns a /56 of its own when the VPC is made. */
  readonly cidr6?: string;
}

/** A set of workloads that are treated alike. It exists in every place. */
export interface SegmentIntent {
  readonly name: string;
  /** What runs here, for reports. */
  readonly purpose: string;
  /**
   * How the segment reaches the internet where a flow lets it: `direct` by public addresses,
   * `nat` by address translation, `none` not at all. Flows decide; this only provides the route.
   */
  readonly egress: "direct" | "nat" | "none";
  /**
   * Whether the pods of a place's Kubernetes cluster belong here. At most one segment holds them;
   * it is the one the cluster's nodes live in.
   */
  readonly holdsPods?: boolean;
}

/** "`from` may call `to` on `ports`, because …". Everything not said is denied. */
export interface FlowIntent {
  /** A segment's name, or `internet`. */
  readonly from: string;
  readonly to: string;
  /** `tcp/8080`, `udp/53`, `tcp/1-1024`, or `any`. */
  readonly ports: string;
  /** The reason, copied into the description of every rule made from this flow. */
  readonly because: string;
}

/** The network of one environment. Flows hold inside each place; between places nothing flows. */
export interface NetworkIntent {
  readonly places: readonly PlaceIntent[];
  readonly segments: readonly SegmentIntent[];
  readonly flows: readonly FlowIntent[];
}

/** `from` may call `to`: reads as a sentence in the intent file. */
export function allow(from: string, to: string, ports: string, because: string): FlowIntent {
  return { from, to, ports, because };
}
