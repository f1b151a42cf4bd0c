/**
 * What the flows become at the borders of AWS subnets, where a place asks for it: one network ACL
 * per segment. It stands behind the security groups and is coarser than they are:
 *
 * - it knows no groups, so a segment is whoever stands in its subnets;
 * - it remembers no connections, so replies may come on every port that clients use, and the replies
 *   to `any` and to protocols without ports are the very same;
 * - of IPv6 it knows ports only, where the other side is a segment of the same place: AWS assigns
 *   the ranges when the network is made, and a rule that must be proved before that can name none;
 * - where a road lands, it also lets through what the road brings to other segments.
 *
 * It is never narrower: whatever the groups let pass crosses the borders, and so does its reply.
 */
import type { Family } from "../../../../model/base/address.ts";
import type { Interval, IntervalSet } from "../../../../model/base/interval-set.ts";
import type { PortRange } from "../../../../model/base/layer4.ts";
import { portSet, protocolInterval, protocolNumbers } from "../../../../model/base/layer4.ts";
import { segmentsIn } from "../../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import type { LocalFlow, LocalPeer } from "../../../../model/network/local-flows.ts";
import {
  everywhere,
  localFlows,
  ofFamily,
  prefixesOf,
} from "../../../../model/network/local-flows.ts";
import { markTags } from "../../../../model/network/marks.ts";
import { roadsFrom } from "../../../../model/network/road.ts";
import type { AwsAclEntryRecord } from "./entries.ts";
import { entriesOf } from "./entries.ts";
import type { AclDirection, Allow } from "./pack.ts";

/** The ACL of a segment's subnets. What no entry allows, the rule `*` of every ACL denies. */
export interface AwsAclRecord {
  readonly name: string;
  readonly segment: string;
  /** Rules that AWS lets it have in each direction and family, the rule `*` among them. */
  readonly rulesMax: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly entries: readonly AwsAclEntryRecord[];
}

/** Lowers the `subnetRules` of one AWS place; the intent must have been checked. */
export function lowerSubnetRules(
  base: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): AwsAclRecord[] {
  if (place.subnetRules === undefined) return [];
  const { quota: rulesMax } = place.subnetRules;
  const flows = localFlows(intent, place);
  return segmentsIn(intent, place).map(({ name: segment }, index) => {
    const name = `${base}-${segment}-acl`;
    // The network attaches its roads' gateways to the subnets of its first segment.
    const lands = index === 0 && roadsFrom(intent, place).length > 0;
    const allows = flows.flatMap((flow) => [
      ...(flow.segment === segment ? ownAllows(intent, place, flow) : []),
      ...(lands && flow.segment !== segment ? landingAllows(intent, place, flow) : []),
    ]);
    return {
      name,
      segment,
      rulesMax,
      tags: markTags({ place: place.name, segment }),
      entries: allows.length === 0 ? [] : entriesOf(name, [...allows, ...tooBig]),
    };
  });
}

function ownAllows(intent: NetworkIntent, place: PlaceIntent, flow: LocalFlow): Allow[] {
  const request = flow.direction === "in" ? "ingress" : "egress";
  return pairs(request, flow.range, prefixesAt(intent, place, flow.peer, flow.families));
}

/**
 * What a transit gateway brings leaves its subnet towards the receiver, and what others send by it
 * enters that subnet ("How network ACLs work with transit gateways"): the ACL's other side is then
 * the segment in whose name the flow is.
 */
function landingAllows(intent: NetworkIntent, place: PlaceIntent, flow: LocalFlow): Allow[] {
  const { segment, direction, range, families } = flow;
  if (flow.peer.kind === "segment") return [];
  const request = direction === "in" ? "egress" : "ingress";
  return pairs(request, range, prefixesAt(intent, place, { kind: "segment", segment }, families));
}

/** A flow and its replies. */
function pairs(request: AclDirection, range: PortRange, prefixes: readonly string[]): Allow[] {
  const reply = request === "ingress" ? "egress" : "ingress";
  return prefixes.flatMap((prefix) => [
    { direction: request, prefix, selectors: portSet(range) },
    { direction: reply, prefix, selectors: repliesTo(range) },
  ]);
}

/** From where clients of every kind speak ("Custom network ACLs", Ephemeral ports). */
const clientPorts = { from: 1024, to: 65535 } as const;

function repliesTo(range: PortRange): IntervalSet {
  const { protocol } = range;
  return portSet(protocol === "tcp" || protocol === "udp" ? { protocol, ...clientPorts } : range);
}

function prefixesAt(
  intent: NetworkIntent,
  place: PlaceIntent,
  peer: LocalPeer,
  families: readonly Family[],
): string[] {
  return families.flatMap((family) => {
    if (peer.kind === "everybody") return [everywhere[family]];
    if (peer.kind !== "segment") return ofFamily(peer.prefixes, family);
    return family === 6
      ? [everywhere[6]]
      : ofFamily(prefixesOf(intent, peer.segment, place.name), family);
  });
}

/** What a router says when a packet is too big, in both directions ("Path MTU discovery"). */
const tooBig: readonly Allow[] = (["ingress", "egress"] as const).flatMap((direction) => [
  { direction, prefix: everywhere[4], selectors: [icmpMessage("icmp", 3, 4)] },
  { direction, prefix: everywhere[6], selectors: [icmpMessage("icmp6", 2, 0)] },
]);

function icmpMessage(protocol: "icmp" | "icmp6", type: number, code: number): Interval {
  const low = type * 256 + code;
  return protocolInterval(protocolNumbers[protocol], low, low);
}
