/** What the flows become in Azure: allows, by address, in the groups that the network made closed. */
import type { PortRange, Protocol } from "../../../model/base/layer4.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import { localFlows, ofFamily, prefixesOf } from "../../../model/network/local-flows.ts";
import { stableSlots } from "../../../model/network/slots.ts";

/** One allow. The own side is always `*`: the group stands on the segment's subnet and no other. */
export interface AzureRuleRecord {
  readonly name: string;
  /** Its name inside the group. */
  readonly ruleName: string;
  /** Segment whose group holds the rule. */
  readonly segment: string;
  readonly direction: "Inbound" | "Outbound";
  readonly priority: number;
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "*";
  /** `*` or `8000-8010` or `443`. */
  readonly destinationPortRange: string;
  /** Prefixes of one family, or `*` where the other side is the internet. */
  readonly peers: readonly string[] | "*";
  readonly description: string;
}

/** Everything Azure needs for one place. */
export interface AzureSegmentationPlan {
  readonly cloud: "azure";
  readonly place: string;
  readonly rules: readonly AzureRuleRecord[];
}

/** Rules below are free for denies that must come first; above stands the closing deny (4096). */
const priorityMin = 1000;
const prioritiesPerFlow = 2;
/** Flows for which there are priorities. */
export const azureFlowsMax = 1500;

/** Lowers one Azure place; the intent must have been checked. */
export function lowerAzureSegmentation(
  name: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): AzureSegmentationPlan {
  const flows = localFlows(intent, place);
  const slots = stableSlots([...new Set(flows.map(({ key }) => key))], azureFlowsMax);
  const rules = flows.flatMap((flow): AzureRuleRecord[] => {
    const { segment, because: description } = flow;
    const direction = flow.direction === "in" ? "Inbound" : "Outbound";
    const priority = priorityMin + (slots.get(flow.key) ?? 0) * prioritiesPerFlow;
    return peersOf(intent, place, flow).map(({ suffix, peers }, index) => ({
      name: `${name}-${place.name}-${flow.key}_${direction.toLowerCase()}${suffix}`,
      ruleName: `${flow.key}_${direction.toLowerCase()}${suffix}`,
      segment,
      direction,
      priority: priority + index,
      ...protocolOf(flow.range),
      peers,
      description,
    }));
  });
  return { cloud: "azure", place: place.name, rules };
}

/** One entry per rule: Azure takes no list that mixes families, and `*` stands for both. */
function peersOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  { peer, families }: LocalFlow,
): { readonly suffix: string; readonly peers: AzureRuleRecord["peers"] }[] {
  if (peer.kind === "everybody") return [{ suffix: "", peers: "*" }];
  const prefixes =
    peer.kind === "segment" ? prefixesOf(intent, peer.segment, place.name) : peer.prefixes;
  return families
    .map((family) => ({ suffix: String(family), peers: ofFamily(prefixes, family) }))
    .filter(({ peers }) => peers.length > 0);
}

const protocolNames: Partial<Record<Protocol | "any", AzureRuleRecord["protocol"]>> = {
  any: "*",
  tcp: "Tcp",
  udp: "Udp",
  icmp: "Icmp",
};

/** Whether a security group can tell this traffic from other traffic at all. */
export function azureFilters(range: PortRange): boolean {
  return protocolNames[range.protocol] !== undefined;
}

function protocolOf(range: PortRange): Pick<AzureRuleRecord, "protocol" | "destinationPortRange"> {
  const protocol = protocolNames[range.protocol];
  if (protocol === undefined) throw new Error(`${range.protocol} was not refused by the check`);
  const every = protocol === "*" || protocol === "Icmp" || (range.from === 0 && range.to === 65535);
  if (every) return { protocol, destinationPortRange: "*" };
  const ports = range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`;
  return { protocol, destinationPortRange: ports };
}
