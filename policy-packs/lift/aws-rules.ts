/**
 * The rules of AWS security groups, from all the resources in which one can write them. Groups
 * only allow (Amazon VPC User Guide, "Security group rules").
 */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../model/base/layer4.ts";
import type { Direction } from "../../model/network/topology.ts";
import type { PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { addressesOf, portMax } from "./address-set.ts";
import type { Peer, WrittenRule } from "./edge-rule.ts";
import { entriesOf } from "./entries.ts";

/** Canonical types of AWS groups and rules. */
export const awsRuleTypes = {
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  rule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

/** A rule whose parts can also be read one by one, so that one unknown hides no other. */
export interface AwsWrittenRule extends WrittenRule {
  readonly direction: () => Direction;
  readonly selectors: () => IntervalSet;
  readonly peers: () => readonly Peer[];
}

/** Every rule written in the resource. */
export function awsRulesOf(resource: PlannedResource): AwsWrittenRule[] {
  const { inputs } = resource;
  switch (resource.type) {
    case awsRuleTypes.ingress:
      return [single(inputs, "in")];
    case awsRuleTypes.egress:
      return [single(inputs, "out")];
    case awsRuleTypes.rule:
      return [listing(inputs, () => directionOf(inputs.at("type")), "protocol", classicPeers)];
    case awsRuleTypes.group:
    case awsRuleTypes.defaultGroup:
      return (["in", "out"] as const).flatMap((direction) =>
        entriesOf(inputs.at(direction === "in" ? "ingress" : "egress")).map((entry) =>
          listing(entry, () => direction, "protocol", inlinePeers),
        ),
      );
    default:
      return [];
  }
}

/** The group to which a standalone rule belongs. */
export function awsGroupOf(resource: PlannedResource): View {
  return resource.inputs.at("securityGroupId");
}

function single(inputs: View, direction: Direction): AwsWrittenRule {
  return listing(
    inputs,
    () => direction,
    "ipProtocol",
    (at) => [
      ...addressPeers([at.at("cidrIpv4"), at.at("cidrIpv6")]),
      ...groupPeers([at.at("referencedSecurityGroupId"), at.at("prefixListId")]),
    ],
  );
}

function listing(
  at: View,
  direction: () => Direction,
  protocol: string,
  peersOf: (at: View) => Peer[],
): AwsWrittenRule {
  const selectors = () => selectorsOf(at.at(protocol), at.at("fromPort"), at.at("toPort"));
  const peers = () => peersOf(at);
  const read = () => ({
    direction: direction(),
    action: "allow" as const,
    priority: 0,
    selectors: selectors(),
    peers: peers(),
  });
  return { at, read, direction, selectors, peers };
}

function directionOf(type: View): Direction {
  const text = type.text();
  if (text === "ingress") return "in";
  if (text === "egress") return "out";
  throw new Undecided(type.urn, type.path, "unreadable");
}

function classicPeers(at: View): Peer[] {
  return [
    ...commonPeers(at),
    ...groupPeers([at.at("sourceSecurityGroupId"), ...entriesOf(at.at("prefixListIds"))]),
  ];
}

function inlinePeers(at: View): Peer[] {
  const groups = [...entriesOf(at.at("securityGroups")), ...entriesOf(at.at("prefixListIds"))];
  return [...commonPeers(at), ...groupPeers(groups)];
}

function commonPeers(at: View): Peer[] {
  const prefixes = [...entriesOf(at.at("cidrBlocks")), ...entriesOf(at.at("ipv6CidrBlocks"))];
  const self = at.at("self");
  const itself: Peer[] =
    self.state === "unknown" || self.flag() === true ? [{ kind: "self", at: self }] : [];
  return [...addressPeers(prefixes), ...itself];
}

function addressPeers(views: readonly View[]): Peer[] {
  return views
    .filter((view) => view.state !== "absent")
    .map((at) => ({ kind: "addresses", at, addresses: () => addressesOf(at) }));
}

function groupPeers(views: readonly View[]): Peer[] {
  return views.filter((view) => view.state !== "absent").map((at) => ({ kind: "group", at }));
}

/** `-1` is every protocol; numbers other than TCP, UDP and ICMP open all their ports. */
function selectorsOf(protocol: View, from: View, to: View): IntervalSet {
  const name = (protocol.text() ?? "").toLowerCase();
  if (name === "-1" || name === "all") return everyLayer4;
  const number = numberOf(name, protocol);
  if (number === protocolNumbers.icmp || number === protocolNumbers.icmp6) {
    return [icmpInterval(number, from.number() ?? -1, to.number() ?? -1)];
  }
  const ported: readonly number[] = [protocolNumbers.tcp, protocolNumbers.udp];
  if (!ported.includes(number)) return [protocolInterval(number, 0, portMax)];
  const first = from.number() ?? 0;
  const last = to.number() ?? portMax;
  if (first < 0 || first > last || last > portMax) {
    throw new Undecided(from.urn, from.path, "unreadable");
  }
  return [protocolInterval(number, first, last)];
}

function numberOf(name: string, protocol: View): number {
  const known: Record<string, number> = { ...protocolNumbers, icmpv6: protocolNumbers.icmp6 };
  const number = known[name] ?? (/^\d{1,3}$/.test(name) ? Number(name) : undefined);
  if (number === undefined || number > protocolMax) {
    throw new Undecided(protocol.urn, protocol.path, "unreadable");
  }
  return number;
}

const protocolMax = 255;

/** For ICMP, `fromPort` is the type and `toPort` the code; -1 is all. */
function icmpInterval(number: number, type: number, code: number) {
  if (type < 0) return protocolInterval(number, 0, portMax);
  const base = type * 256;
  return code < 0
    ? protocolInterval(number, base, base + 255)
    : protocolInterval(number, base + code, base + code);
}
