/**
 * What a person says about the network: places, segments, and who may call whom.
 *
 * Plain data: it is what components take as input, what packs read back from the planned
 * component, and what the verifier compares the planned resources with.
 */
import type { Family } from "../base/address.ts";
import type { Cloud } from "../base/cloud.ts";
import { clouds } from "../base/cloud.ts";

export type { Cloud };
export { clouds };

/**
 * The name under which flows speak of every address there is. A segment that the internet may call
 * may thus also be called, on the same ports, by a segment that may call the internet.
 */
export const internet = "internet" as const;

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
  /**
   * AWS: the subnets of every segment get rules of their own, a network ACL, behind those of the
   * groups: a second lock for the day on which somebody opens a group by hand. Absent: none.
   */
  readonly subnetRules?: SubnetRulesIntent;
  /** Azure: what no security group may let in, whoever writes it. */
  readonly guardrails?: readonly GuardrailIntent[];
}

/** How many rules a network ACL may have. */
export interface SubnetRulesIntent {
  /**
   * The account's quota "Rules per network ACL", for each direction and family: 20, or what AWS
   * granted on request, up to 40.
   */
  readonly quota: number;
}

/**
 * "Deny `deny` from the internet, because …", above all groups. Segments with ranges of their own
 * (an office, a partner) and places behind a road are somebody: the flows from them still hold.
 */
export interface GuardrailIntent {
  /** `tcp/22`, `udp/1-1024`, `any`, as in flows. */
  readonly deny: string;
  readonly from: typeof internet;
  readonly because: string;
}

/** A set of workloads that are treated alike. */
export interface SegmentIntent {
  readonly name: string;
  /** Names of the places in which it exists; every place where absent. */
  readonly places?: readonly string[];
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
  /**
   * Whether it has no subnets: its `members` are workloads, in the clusters of its places. What its
   * flows say is for those clusters to tell apart; to the cloud's own rules its pods are some of
   * those of the segment that holds them.
   */
  readonly podsOnly?: boolean;
  /**
   * How rules know its members where a cloud leaves the choice: by what an interface carries (an
   * application security group of Azure), or by the subnet it is in, for services of the vendor
   * that carry nothing. `carried` where absent, but for a segment that holds pods.
   */
  readonly membership?: "carried" | "subnet";
  /**
   * Ranges of a segment that lies outside every place: an office, a partner, a data centre. It has
   * no subnets, and rules are made for the other ends of its flows only.
   */
  readonly cidrs?: readonly string[];
  /** What else belongs to it, beside whatever is in its subnets: for proofs, not for rules. */
  readonly members?: readonly MemberIntent[];
  /** How far its rules are enforced; fully where absent. */
  readonly rollout?: RolloutIntent;
}

/** Members of a segment by what they carry. */
export type MemberIntent =
  /** A tag of AWS or Azure, a label of GCP; also a network tag of GCP, whose value is empty. */
  | { readonly tag: { readonly key: string; readonly value: string } }
  /** Email of a service account of GCP. */
  | { readonly serviceAccount: string }
  /** `namespace/name` of a workload of Kubernetes. */
  | { readonly workload: string };

/**
 * A segment on its way to full enforcement. `visibility`: nothing is denied yet, neither in nor
 * out. `selective`: what comes in is denied unless a flow says it, what goes out is watched only.
 */
export interface RolloutIntent {
  readonly stage: "visibility" | "selective";
  /** Who brings the segment to the next stage. */
  readonly owner: string;
  /** Last day of the stage, `2027-01-31`. */
  readonly until: string;
}

/** Why something wide is allowed for a while. */
export interface ExceptionIntent {
  readonly owner: string;
  /** Last day, `2027-01-31`. */
  readonly until: string;
}

/**
 * "`from` may call `to` on `ports`, because …". Everything not said is denied. An end is a
 * segment's name, `internet`, or `segment@place`. An end without a place is in the other end's
 * place; without any, the flow holds inside each place that has both.
 */
export interface FlowIntent {
  readonly from: string;
  readonly to: string;
  /** `tcp/8080`, `udp/53`, `tcp/1-1024`, or `any`. */
  readonly ports: string;
  /** The reason, copied into the description of every rule made from this flow. */
  readonly because: string;
  /** Needed where everything may be called by, or on, everybody. */
  readonly exception?: ExceptionIntent;
}

/**
 * A road between two places, over which flows may be declared. It permits nothing: what may pass
 * is said by flows.
 */
export interface RoadIntent {
  readonly name: string;
  readonly between: readonly [RoadEnd, RoadEnd];
  /** Families that it carries; IPv4 where absent (Azure's VPN gateways carry nothing else). */
  readonly families?: readonly Family[];
}

/** Where a road leaves a place. The tunnels are made by whoever makes the road. */
export interface RoadEnd {
  readonly place: string;
  /**
   * AWS: id of the transit gateway (`tgw-…`) that leads to the other place; the place's network is
   * attached to it and routes there. In Azure and GCP a gateway stands inside the network and tells
   * its routes by BGP: the id of one that exists already; absent where the program makes it.
   */
  readonly gateway?: string;
}

/** The network of one environment. Between places nothing flows but by a road. */
export interface NetworkIntent {
  readonly places: readonly PlaceIntent[];
  readonly segments: readonly SegmentIntent[];
  readonly flows: readonly FlowIntent[];
  readonly roads?: readonly RoadIntent[];
}

/** `from` may call `to`: reads as a sentence in the intent file. */
export function allow(from: string, to: string, ports: string, because: string): FlowIntent {
  return { from, to, ports, because };
}
