/** What the flows become in AWS: one security group per segment, one rule per flow and end. */
import type { Family } from "../../../model/base/address.ts";
import type { PortRange } from "../../../model/base/layer4.ts";
import { segmentsIn } from "../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import {
  bothFamilies,
  everywhere,
  localFlows,
  ofFamily,
} from "../../../model/network/local-flows.ts";
import { markTags } from "../../../model/network/marks.ts";
import type { AwsAclRecord } from "./subnet-rules/lower.ts";
import { lowerSubnetRules } from "./subnet-rules/lower.ts";

type Tags = Readonly<Record<string, string>>;

/** The group of a segment; without rules it lets nothing in and nothing out. */
export interface AwsGroupRecord {
  readonly name: string;
  readonly segment: string;
  readonly description: string;
  readonly tags: Tags;
}

/** One rule of a group; exactly one of the peers is there. */
export interface AwsRuleRecord {
  readonly name: string;
  readonly direction: "ingress" | "egress";
  /** Segment whose group holds the rule. */
  readonly segment: string;
  readonly peerSegment?: string;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  /** Logical name of a prefix list of the plan. */
  readonly prefixList?: string;
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly description: string;
  readonly tags: Tags;
}

/** The ranges of somebody elsewhere, all of one family. */
export interface AwsPrefixListRecord {
  readonly name: string;
  readonly family: Family;
  readonly cidrs: readonly string[];
  readonly tags: Tags;
}

/** Everything AWS needs for one place. */
export interface AwsSegmentationPlan {
  readonly cloud: "aws";
  readonly place: string;
  readonly region: string;
  readonly groups: readonly AwsGroupRecord[];
  readonly prefixLists: readonly AwsPrefixListRecord[];
  readonly rules: readonly AwsRuleRecord[];
  /** None where the place asks for no rules of its subnets. */
  readonly acls: readonly AwsAclRecord[];
}

/** Lowers one AWS place; the intent must have been checked. */
export function lowerAwsSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): AwsSegmentationPlan {
  const base = `${name}-${place.name}`;
  const flows = localFlows(intent, place);
  return {
    cloud: "aws",
    place: place.name,
    region: place.region,
    groups: segmentsIn(intent, place).map(({ name: segment }) => ({
      name: `${base}-${segment}`,
      segment,
      description: `Members of segment ${segment} in ${place.name}`,
      tags: markTags({ place: place.name, segment }),
    })),
    prefixLists: prefixLists(base, flows, markTags({ place: place.name })),
    rules: flows.flatMap((flow) => lowerFlow(base, place, flow)),
    acls: lowerSubnetRules(base, intent, place),
  };
}

/** One list per family for each other side that has several ranges: a rule takes one peer. */
function prefixLists(base: string, flows: readonly LocalFlow[], tags: Tags): AwsPrefixListRecord[] {
  const lists = new Map<string, AwsPrefixListRecord>();
  for (const { peer } of flows) {
    if (peer.kind !== "elsewhere") continue;
    for (const family of bothFamilies) {
      const cidrs = ofFamily(peer.prefixes, family);
      const name = listName(base, peer.name, family);
      if (cidrs.length > 1) lists.set(name, { name, family, cidrs, tags });
    }
  }
  return [...lists.values()];
}

function listName(base: string, peer: string, family: Family): string {
  return `${base}-${peer.replace("@", ".")}-addresses${family}`;
}

function lowerFlow(base: string, place: PlaceIntent, flow: LocalFlow): AwsRuleRecord[] {
  const { segment, peer } = flow;
  const direction = flow.direction === "in" ? "ingress" : "egress";
  const rule = {
    direction,
    segment,
    ...protocolOf(flow.range),
    description: flow.because,
    tags: markTags({ place: place.name, segment }),
  } as const;
  const name = `${base}-${flow.key}_${direction}`;
  if (peer.kind === "segment") return [{ name, ...rule, peerSegment: peer.segment }];
  return flow.families.flatMap((family): AwsRuleRecord[] => {
    const cidrs =
      peer.kind === "everybody" ? [everywhere[family]] : ofFamily(peer.prefixes, family);
    const [first, second] = cidrs;
    if (first === undefined) return [];
    const named = { name: `${name}${family}`, ...rule };
    if (second !== undefined && peer.kind !== "everybody") {
      return [{ ...named, prefixList: listName(base, peer.name, family) }];
    }
    return [{ ...named, ...(family === 4 ? { cidrIpv4: first } : { cidrIpv6: first }) }];
  });
}

/** Protocol and ports as EC2 writes them: -1 is every protocol, and every type and code of ICMP. */
function protocolOf(range: PortRange): Pick<AwsRuleRecord, "ipProtocol" | "fromPort" | "toPort"> {
  const every = { fromPort: -1, toPort: -1 };
  switch (range.protocol) {
    case "any":
      return { ipProtocol: "-1" };
    case "icmp":
      return { ipProtocol: "icmp", ...every };
    case "icmp6":
      return { ipProtocol: "icmpv6", ...every };
    case "sctp":
      // By number, and then without ports: EC2 filters ports of TCP and UDP only.
      return { ipProtocol: "132" };
    case "tcp":
    case "udp":
      return { ipProtocol: range.protocol, fromPort: range.from, toPort: range.to };
  }
}
