/**
 * The rules of AWS security groups, from all the resources in which one can write them. Groups
 * only allow (Amazon VPC User Guide, "Security group rules").
 */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../model/base/layer4.ts";
import type { Direction } from "../../model/network/topology.ts";
import type { PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { addressesOf } from "./address-set.ts";
import type { Peer, WrittenRule } from "./edge-rule.ts";
import { entriesOf } from "./entries.ts";
import { meaningOf, messagesOf, portMax, portOf, protocolOf, unreadable } from "./layer4.ts";
import { settle } from "./uncertain.ts";

/** Canonical types of AWS groups and rules. */
export const awsRuleTypes = {
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  rule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

/** Everything that writes rules about who may call. */
export const awsIngressWriters = [
  awsRuleTypes.group,
  awsRuleTypes.defaultGroup,
  awsRuleTypes.rule,
  awsRuleTypes.ingress,
] as const;

/** A rule whose parts can also be read one by one, so that one unknown hides no other. */
export interface AwsWrittenRule extends WrittenRule {
  readonly direction: () => Direction;
  readonly selectors: () => IntervalSet;
  readonly peers: () => readonly Peer[];
}

const known = new WeakMap<PlannedResource, readonly AwsWrittenRule[]>();

/** Every rule written in the resource; each is read once, however many ask. */
export function awsRulesOf(resource: PlannedResource): readonly AwsWrittenRule[] {
  const before = known.get(resource);
  if (before !== undefined) return before;
  const rules = writtenIn(resource).map(({ at, read, direction, selectors, peers }) => ({
    at,
    read: once(read),
    direction: once(direction),
    selectors: once(selectors),
    peers: once(peers),
  }));
  known.set(resource, rules);
  return rules;
}

function once<T>(read: () => T): () => T {
  let first: { readonly value: T | Undecided } | undefined;
  return () => {
    first ??= { value: settle(read) };
    if (first.value instanceof Undecided) throw first.value;
    return first.value;
  };
}

function writtenIn(resource: PlannedResource): AwsWrittenRule[] {
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
  // For ICMP, `fromPort` is the type and `toPort` the code.
  const [from, to] = [at.at("fromPort"), at.at("toPort")];
  const selectors = () => awsSelectors(at.at(protocol), { from, to, type: from, code: to });
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
  return meaningOf(type, { ingress: "in", egress: "out" } as const);
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
    .map((at) => ({ kind: "addresses", at, addresses: once(() => addressesOf(at)) }));
}

function groupPeers(views: readonly View[]): Peer[] {
  return views.filter((view) => view.state !== "absent").map((at) => ({ kind: "group", at }));
}

/** Where a rule of AWS writes its ports, and its types and codes of ICMP. */
export interface AwsPorts {
  readonly from: View;
  readonly to: View;
  readonly type: View;
  readonly code: View;
}

const protocols = {
  ...protocolNumbers,
  icmpv6: protocolNumbers.icmp6,
  "ipv6-icmp": protocolNumbers.icmp6,
};

/** `-1` is every protocol; numbers other than TCP, UDP and ICMP open all their ports. */
export function awsSelectors(protocol: View, { from, to, type, code }: AwsPorts): IntervalSet {
  const name = (protocol.text() ?? "").toLowerCase();
  if (name === "-1" || name === "all") return everyLayer4;
  const number = protocolOf(protocol, protocols);
  if (number === protocolNumbers.icmp || number === protocolNumbers.icmp6) {
    return [messagesOf(number, type, code)];
  }
  const ported: readonly number[] = [protocolNumbers.tcp, protocolNumbers.udp];
  if (!ported.includes(number)) return [protocolInterval(number, 0, portMax)];
  // Both ports must be there (EC2 API Reference, IpPermission).
  const [first, last] = [portOf(from), portOf(to)];
  if (first > last) throw unreadable(from);
  return [protocolInterval(number, first, last)];
}
