/**
 * Reads lowered records as each vendor documents its plane, so that the verifier can judge them.
 * Deliberately plain, and apart from the reading that policy packs do of planned resources.
 */
import type { AwsSegmentationPlan } from "../../../components/segmentation/aws/lower.ts";
import type { AzureSegmentationPlan } from "../../../components/segmentation/azure/lower.ts";
import type { GcpSegmentationPlan } from "../../../components/segmentation/gcp/lower.ts";
import type { SegmentationPlan } from "../../../components/segmentation/plan.ts";
import { cidrSet, everyAddress, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet } from "../../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval } from "../../../model/base/layer4.ts";
import type { Direction, Filter, FilterRule } from "../../../model/network/filter.ts";

const directions = ["in", "out"] as const;

/** Filters of every segment of the plan's place, both directions. */
export function filtersOf(plan: SegmentationPlan, segments: readonly string[]): Filter[] {
  switch (plan.cloud) {
    case "aws":
      return forAll(plan.place, segments, (segment, direction) =>
        awsRules(plan, segment, direction),
      );
    case "azure":
      return forAll(plan.place, segments, (segment, direction) =>
        azureRules(plan, segment, direction),
      );
    case "gcp":
      return forAll(plan.place, segments, (segment, direction) =>
        gcpRules(plan, segment, direction),
      );
  }
}

function forAll(
  place: string,
  segments: readonly string[],
  rules: (segment: string, direction: Direction) => FilterRule[],
): Filter[] {
  return segments.flatMap((segment) =>
    directions.map((direction) => ({
      place,
      segment,
      direction,
      rules: rules(segment, direction),
      otherwise: "deny",
      otherwiseOrigin: "default",
    })),
  );
}

function awsRules(plan: AwsSegmentationPlan, segment: string, direction: Direction): FilterRule[] {
  return plan.rules
    .filter((rule) => rule.segment === segment)
    .filter((rule) => (rule.direction === "ingress") === (direction === "in"))
    .map((rule) => ({
      action: "allow",
      peers: addresses([rule.cidrIpv4, rule.cidrIpv6].filter((cidr) => cidr !== undefined)),
      peerSegments: rule.peerSegment === undefined ? [] : [rule.peerSegment],
      selectors: selectors(rule.ipProtocol, rule.fromPort, rule.toPort),
      origin: { urn: rule.name, path: "" },
    }));
}

function azureRules(
  plan: AzureSegmentationPlan,
  segment: string,
  direction: Direction,
): FilterRule[] {
  return plan.rules
    .filter((rule) => rule.segment === segment)
    .filter((rule) => (rule.direction === "Inbound") === (direction === "in"))
    .sort((a, b) => a.priority - b.priority)
    .map((rule) => ({
      action: "allow",
      peers:
        rule.peers === "*"
          ? everyAddress
          : addresses("prefixes" in rule.peers ? rule.peers.prefixes : []),
      peerSegments: rule.peers !== "*" && "segment" in rule.peers ? [rule.peers.segment] : [],
      selectors: selectors(rule.protocol.toLowerCase(), ...portRange(rule.destinationPortRange)),
      origin: { urn: rule.name, path: "" },
    }));
}

function gcpRules(plan: GcpSegmentationPlan, segment: string, direction: Direction): FilterRule[] {
  return plan.rules
    .filter((rule) => rule.segment === segment || rule.segment === undefined)
    .filter((rule) => (rule.direction === "INGRESS") === (direction === "in"))
    .sort((a, b) => a.priority - b.priority)
    .map((rule) => ({
      action: rule.action,
      peers: addresses(rule.ranges ?? []),
      peerSegments: rule.peerSegment === undefined ? [] : [rule.peerSegment],
      selectors: selectors(rule.ipProtocol, ...portRange(rule.ports[0] ?? "*")),
      origin: { urn: rule.name, path: "" },
    }));
}

function addresses(cidrs: readonly string[]): IntervalSet {
  return cidrs.length === 0 ? emptySet : cidrSet(cidrs.map((cidr) => parseCidr(cidr, cidr)));
}

function portRange(text: string): [number, number] {
  if (text === "*") return [0, 65535];
  const [from = "", to = from] = text.split("-");
  return [Number(from), Number(to)];
}

const numbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  icmpv6: 58,
  "58": 58,
  sctp: 132,
  "132": 132,
};

function selectors(protocol: string, from = 0, to = 65535): IntervalSet {
  if (protocol === "-1" || protocol === "*" || protocol === "all") return everyLayer4;
  const number = numbers[protocol];
  if (number === undefined) throw new Error(`unread protocol ${protocol}`);
  return [from < 0 ? protocolInterval(number, 0, 65535) : protocolInterval(number, from, to)];
}
