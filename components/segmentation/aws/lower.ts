/** What the flows become in AWS: one security group per segment, one rule per flow and end. */
import type { PortRange } from "../../../model/base/layer4.ts";
import type { ParsedFlow } from "../../../model/network/flow-key.ts";
import { parseFlows } from "../../../model/network/flow-key.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { internet } from "../../../model/network/intent.ts";
import { markTags } from "../../../model/network/marks.ts";

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
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly description: string;
  readonly tags: Tags;
}

/** Everything AWS needs for one place. */
export interface AwsSegmentationPlan {
  readonly cloud: "aws";
  readonly place: string;
  readonly region: string;
  readonly groups: readonly AwsGroupRecord[];
  readonly rules: readonly AwsRuleRecord[];
}

/** Lowers one AWS place; the intent must have been checked. */
export function lowerAwsSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): AwsSegmentationPlan {
  const base = `${name}-${place.name}`;
  const ends = (flow: ParsedFlow) => [
    ...(flow.to === internet ? [] : lowerEnd(base, place, flow, "ingress")),
    ...(flow.from === internet ? [] : lowerEnd(base, place, flow, "egress")),
  ];
  return {
    cloud: "aws",
    place: place.name,
    region: place.region,
    groups: intent.segments.map(({ name: segment }) => ({
      name: `${base}-${segment}`,
      segment,
      description: `Members of segment ${segment} in ${place.name}`,
      tags: markTags({ place: place.name, segment }),
    })),
    rules: parseFlows(intent).flatMap(ends),
  };
}

function lowerEnd(
  base: string,
  place: PlaceIntent,
  flow: ParsedFlow,
  direction: AwsRuleRecord["direction"],
): AwsRuleRecord[] {
  const [segment, peer] = direction === "ingress" ? [flow.to, flow.from] : [flow.from, flow.to];
  const rule = {
    direction,
    segment,
    ...protocolOf(flow.range),
    description: flow.because,
    tags: markTags({ place: place.name, segment }),
  };
  const name = `${base}-${flow.key}_${direction}`;
  if (peer !== internet) return [{ name, ...rule, peerSegment: peer }];
  return flow.families.map((family) => ({
    name: `${name}${family}`,
    ...rule,
    ...(family === 4 ? { cidrIpv4: "0.0.0.0/0" } : { cidrIpv6: "::/0" }),
  }));
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
