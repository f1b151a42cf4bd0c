/** What the flows become in GCP: a network firewall policy whose rules name secure tags. */
import type { Family } from "../../../model/base/address.ts";
import type { PortRange } from "../../../model/base/layer4.ts";
import { segmentsIn } from "../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import {
  everywhere,
  localFlows,
  ofFamily,
  prefixesOf,
} from "../../../model/network/local-flows.ts";
import { markDescription } from "../../../model/network/marks.ts";
import { stableSlots } from "../../../model/network/slots.ts";

/** A secure tag value: who carries it is a member of the segment. IAM guards who may carry it. */
export interface GcpTagRecord {
  readonly name: string;
  readonly segment: string;
  readonly description: string;
}

/** One rule of the policy. */
export interface GcpRuleRecord {
  readonly name: string;
  readonly priority: number;
  readonly direction: "INGRESS" | "EGRESS";
  readonly action: "allow" | "deny";
  /** Segment whose members the rule holds for; absent on rules for the whole network. */
  readonly segment?: string;
  /** Source by tag; GCP knows no destination by tag. */
  readonly peerSegment?: string;
  /** The other side by ranges of one family. */
  readonly ranges?: readonly string[];
  readonly ipProtocol: string;
  readonly ports: readonly string[];
  readonly description: string;
}

/** Everything GCP needs for one place. */
export interface GcpSegmentationPlan {
  readonly cloud: "gcp";
  readonly place: string;
  readonly tagKey: { readonly name: string; readonly description: string };
  readonly tagValues: readonly GcpTagRecord[];
  readonly policy: { readonly name: string; readonly description: string };
  readonly association: string;
  readonly rules: readonly GcpRuleRecord[];
}

/** Priorities below are free for denies that must come first. */
const priorityMin = 1_000_000;
/** In and out, each once per family. */
const prioritiesPerFlow = 4;
/** Flows for which there are priorities. */
export const gcpFlowsMax = 100_000;
/** Before the four rules that end every policy (2147483644 and after) and hand the packet on. */
const denyPriority = 2_000_000_000;

/** Lowers one GCP place; the intent must have been checked. */
export function lowerGcpSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): GcpSegmentationPlan {
  const base = `${name}-${place.name}`;
  const flows = localFlows(intent, place);
  const slots = stableSlots([...new Set(flows.map(({ key }) => key))], gcpFlowsMax);
  const marks = { place: place.name };
  return {
    cloud: "gcp",
    place: place.name,
    tagKey: { name: `${base}-segment`, description: markDescription(marks) },
    tagValues: segmentsIn(intent, place).map(({ name: segment }) => ({
      name: `${base}-${segment}`,
      segment,
      description: markDescription({ ...marks, segment }),
    })),
    policy: { name: `${base}-policy`, description: markDescription(marks) },
    association: `${base}-attached`,
    rules: [
      ...flows.flatMap((flow) => {
        const priority = priorityMin + (slots.get(flow.key) ?? 0) * prioritiesPerFlow;
        return flow.direction === "in"
          ? ingress(base, flow, priority)
          : egress(base, flow, priority + 2, intent, place);
      }),
      ...denyAll(base),
    ],
  };
}

function ingress(base: string, flow: LocalFlow, priority: number): GcpRuleRecord[] {
  const { peer } = flow;
  // A tag stands for all its carriers' addresses of both families, pods' alias ranges included.
  if (peer.kind === "segment") {
    const name = `${base}-${flow.key}_ingress`;
    return [{ name, priority, ...allowRule(flow, "INGRESS"), peerSegment: peer.segment }];
  }
  const ranges = (family: Family) =>
    peer.kind === "everybody" ? [everywhere[family]] : ofFamily(peer.prefixes, family);
  return perFamily(base, flow, "INGRESS", priority, ranges);
}

/** GCP knows no destination by tag. */
function egress(
  base: string,
  flow: LocalFlow,
  priority: number,
  intent: NetworkIntent,
  place: PlaceIntent,
): GcpRuleRecord[] {
  const { peer } = flow;
  const prefixes =
    peer.kind === "segment"
      ? prefixesOf(intent, peer.segment, place.name)
      : peer.kind === "everybody"
        ? Object.values(everywhere)
        : peer.prefixes;
  return perFamily(base, flow, "EGRESS", priority, (family) => ofFamily(prefixes, family));
}

/** A rule holds ranges of one family. */
function perFamily(
  base: string,
  flow: LocalFlow,
  direction: GcpRuleRecord["direction"],
  priority: number,
  rangesOf: (family: Family) => string[],
): GcpRuleRecord[] {
  return flow.families
    .map((family, index) => ({
      name: `${base}-${flow.key}_${direction.toLowerCase()}${family}`,
      priority: priority + index,
      ...allowRule(flow, direction),
      ranges: rangesOf(family),
    }))
    .filter(({ ranges }) => ranges.length > 0);
}

function allowRule(flow: LocalFlow, direction: GcpRuleRecord["direction"]) {
  return {
    direction,
    action: "allow",
    segment: flow.segment,
    ...protocolOf(flow.range),
    description: flow.because,
  } as const;
}

/**
 * Ingress is denied by GCP anyway and egress is not; both are written out, per family, so that
 * what is refused is logged, which GCP's implied rules never do.
 */
function denyAll(base: string): GcpRuleRecord[] {
  return (["INGRESS", "EGRESS"] as const).flatMap((direction, side) =>
    ([4, 6] as const).map((family, index) => ({
      name: `${base}-deny-${direction.toLowerCase()}${family}`,
      priority: denyPriority + side * 2 + index,
      direction,
      action: "deny" as const,
      ranges: [everywhere[family]],
      ipProtocol: "all",
      ports: [],
      description: "Whatever no flow allows is denied.",
    })),
  );
}

function protocolOf(range: PortRange): Pick<GcpRuleRecord, "ipProtocol" | "ports"> {
  switch (range.protocol) {
    case "any":
      return { ipProtocol: "all", ports: [] };
    case "icmp":
      return { ipProtocol: "icmp", ports: [] };
    case "icmp6":
      // By number: the firewall API knows a name for ICMP of IPv4 only.
      return { ipProtocol: "58", ports: [] };
    case "tcp":
    case "udp":
    case "sctp":
      return { ipProtocol: range.protocol, ports: portsOf(range) };
  }
}

function portsOf({ from, to }: PortRange): string[] {
  if (from === 0 && to === 65535) return [];
  return [from === to ? `${from}` : `${from}-${to}`];
}
