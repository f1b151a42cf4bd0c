/**
 * What the flows become in Azure: allows in the security groups that the network made closed. Who is
 * a member of a segment is told by application security groups, so that a machine which merely
 * stands in its subnet may do nothing; across virtual networks, and for what carries no group, by
 * address.
 */

import { isCarried, segmentsIn } from "../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import { localFlows, ofFamily, prefixesOf } from "../../../model/network/local-flows.ts";
import { markTags } from "../../../model/network/marks.ts";
import { stableSlots } from "../../../model/network/slots.ts";
import type { AzureGuardrailsRecord } from "./guardrails/lower.ts";
import { lowerGuardrails } from "./guardrails/lower.ts";
import { azureFlowsMax } from "./limits.ts";
import type { AzureProtocol } from "./protocol.ts";
import { azureProtocolOf } from "./protocol.ts";

/** The application security group of a segment: interfaces that carry it are its members. */
export interface AzureGroupRecord {
  readonly name: string;
  readonly segment: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The other side of a rule. */
export type AzurePeers =
  /** Prefixes of one family. */
  | { readonly prefixes: readonly string[] }
  /** A segment of the same place, by its application security group. */
  | { readonly segment: string }
  | "*";

/** One allow, in the security group on the segment's subnet. */
export interface AzureRuleRecord {
  readonly name: string;
  /** Its name inside the group. */
  readonly ruleName: string;
  /** Segment whose group holds the rule. */
  readonly segment: string;
  readonly direction: "Inbound" | "Outbound";
  readonly priority: number;
  readonly protocol: AzureProtocol;
  /** `*` or `8000-8010` or `443`. */
  readonly destinationPortRange: string;
  readonly peers: AzurePeers;
  /** Whether the own side is the segment's application security group; else the whole subnet. */
  readonly membersOnly: boolean;
  readonly description: string;
}

/** Everything Azure needs for one place. */
export interface AzureSegmentationPlan {
  readonly cloud: "azure";
  readonly place: string;
  readonly location: string;
  readonly groups: readonly AzureGroupRecord[];
  readonly rules: readonly AzureRuleRecord[];
  /** Absent where the place has no guardrails. */
  readonly guardrails?: AzureGuardrailsRecord;
}

/** Rules below are free for denies that must come first; above stands the closing deny (4096). */
const priorityMin = 1000;
const prioritiesPerFlow = 2;

/** Lowers one Azure place; the intent must have been checked. */
export function lowerAzureSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): AzureSegmentationPlan {
  const carried = segmentsIn(intent, place)
    .filter(isCarried)
    .map((segment) => segment.name);
  const flows = localFlows(intent, place);
  const slots = stableSlots([...new Set(flows.map(({ key }) => key))], azureFlowsMax);
  const rules = flows.flatMap((flow): AzureRuleRecord[] => {
    const { segment, because: description } = flow;
    const direction = flow.direction === "in" ? "Inbound" : "Outbound";
    const priority = priorityMin + (slots.get(flow.key) ?? 0) * prioritiesPerFlow;
    return peersOf(intent, place, carried, flow).map(({ suffix, peers }, index) => ({
      name: `${name}-${place.name}-${flow.key}_${direction.toLowerCase()}${suffix}`,
      ruleName: `${flow.key}_${direction.toLowerCase()}${suffix}`,
      segment,
      direction,
      priority: priority + index,
      ...azureProtocolOf(flow.range),
      peers,
      membersOnly: carried.includes(segment),
      description,
    }));
  });
  return {
    cloud: "azure",
    place: place.name,
    location: place.region,
    groups: carried.map((segment) => ({
      name: `${name}-${place.name}-${segment}-asg`,
      segment,
      tags: markTags({ place: place.name, segment }),
    })),
    rules,
    ...lowerGuardrails(`${name}-${place.name}`, intent, place),
  };
}

/** One entry per rule: Azure takes no list that mixes families; `*` and groups stand for both. */
function peersOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  carried: readonly string[],
  { peer, families }: LocalFlow,
): { readonly suffix: string; readonly peers: AzurePeers }[] {
  if (peer.kind === "everybody") return [{ suffix: "", peers: "*" }];
  if (peer.kind === "segment" && carried.includes(peer.segment)) {
    return [{ suffix: "", peers: { segment: peer.segment } }];
  }
  const prefixes =
    peer.kind === "segment" ? prefixesOf(intent, peer.segment, place.name) : peer.prefixes;
  return families
    .map((family) => ({
      suffix: String(family),
      peers: { prefixes: ofFamily(prefixes, family) },
    }))
    .filter(({ peers }) => peers.prefixes.length > 0);
}
