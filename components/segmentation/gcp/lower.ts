/** What the flows become in GCP: a network firewall policy whose rules name secure tags. */
import type { Family } from "../../../model/base/address.ts";
import type { PortRange } from "../../../model/base/layer4.ts";
import { planPlace, segmentPrefixes } from "../../../model/network/address-plan.ts";
import type { ParsedFlow } from "../../../model/network/flow-key.ts";
import { parseFlows } from "../../../model/network/flow-key.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { internet } from "../../../model/network/intent.ts";
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
const everywhere: Record<Family, string> = { 4: "0.0.0.0/0", 6: "::/0" };

/** Lowers one GCP place; the intent must have been checked. */
export function lowerGcpSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): GcpSegmentationPlan {
  const base = `${name}-${place.name}`;
  const flows = parseFlows(intent);
  const slots = stableSlots(
    flows.map(({ key }) => key),
    gcpFlowsMax,
  );
  const prefixes = new Map(
    planPlace(place, intent.segments).segments.map((plan) => [plan.segment, segmentPrefixes(plan)]),
  );
  const marks = { place: place.name };
  return {
    cloud: "gcp",
    place: place.name,
    tagKey: { name: `${base}-segment`, description: markDescription(marks) },
    tagValues: intent.segments.map(({ name: segment }) => ({
      name: `${base}-${segment}`,
      segment,
      description: markDescription({ ...marks, segment }),
    })),
    policy: { name: `${base}-policy`, description: markDescription(marks) },
    association: `${base}-attached`,
    rules: [
      ...flows.flatMap((flow) => {
        const priority = priorityMin + (slots.get(flow.key) ?? 0) * prioritiesPerFlow;
        return [...ingress(base, flow, priority), ...egress(base, flow, priority + 2, prefixes)];
      }),
      ...denyAll(base),
    ],
  };
}

function ingress(base: string, flow: ParsedFlow, priority: number): GcpRuleRecord[] {
  if (flow.to === internet) return [];
  const name = `${base}-${flow.key}_ingress`;
  const rule = allowRule(flow, "INGRESS", flow.to);
  // A tag stands for all its carriers' addresses of both families, pods' alias ranges included.
  if (flow.from !== internet) return [{ name, priority, ...rule, peerSegment: flow.from }];
  return flow.families.map((family, index) => ({
    name: `${name}${family}`,
    priority: priority + index,
    ...rule,
    ranges: [everywhere[family]],
  }));
}

function egress(
  base: string,
  flow: ParsedFlow,
  priority: number,
  prefixes: ReadonlyMap<string, readonly string[]>,
): GcpRuleRecord[] {
  if (flow.from === internet) return [];
  return flow.families
    .map((family, index) => ({
      name: `${base}-${flow.key}_egress${family}`,
      priority: priority + index,
      ...allowRule(flow, "EGRESS", flow.from),
      ranges:
        flow.to === internet
          ? [everywhere[family]]
          : (prefixes.get(flow.to) ?? []).filter(
              (prefix) => prefix.includes(":") === (family === 6),
            ),
    }))
    .filter(({ ranges }) => ranges.length > 0);
}

function allowRule(flow: ParsedFlow, direction: GcpRuleRecord["direction"], segment: string) {
  return {
    direction,
    action: "allow",
    segment,
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
