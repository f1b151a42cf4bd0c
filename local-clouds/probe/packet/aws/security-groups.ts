/**
 * Security groups.
 *
 * Amazon VPC User Guide, "Security group rules": rules only allow; the rules of all groups of an
 * interface apply together; a rule that names a group means the private addresses of the
 * interfaces that have it. "Connection tracking": replies pass whatever the rules say.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, holds } from "../address.ts";
import { type Deployed, type Live, numberOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { hasPorts, isIcmp, type Packet, protocolNumbers } from "../packet.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import type { AwsInterface } from "./interface.ts";
import { prefixesOf } from "./prefix-lists.ts";
import { aws } from "./tokens.ts";

type Direction = "ingress" | "egress";

const stages: Readonly<Record<Direction, Stage>> = {
  egress: {
    stage: "security groups, outbound",
    document: "Amazon VPC User Guide: Security group rules",
  },
  ingress: {
    stage: "security groups, inbound",
    document: "Amazon VPC User Guide: Security group rules",
  },
};

/** One permission: protocol, ports and its peers. */
interface Rule {
  readonly group: string;
  /** How a person finds it again. */
  readonly name: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly ranges: readonly string[];
  readonly lists: readonly string[];
  readonly groups: readonly string[];
}

/** The other end, as far as rules that name groups reach it. */
export interface Peer {
  readonly address: Address;
  /** The interface at the other end, where groups can be referenced over the way taken. */
  readonly interface: AwsInterface | undefined;
  /** AWS's own prefix list that holds the address. */
  readonly list?: string | undefined;
}

/** Whether an interface's groups let the packet in or out. */
export function* securityGroups(
  deployed: Deployed,
  direction: Direction,
  own: AwsInterface,
  peer: Peer,
  packet: Packet,
): Walk {
  if (own.groups === undefined) return;
  const stage = stages[direction];
  const rules = own.groups.flatMap((group) => rulesOf(deployed, group, direction));
  const carrying = rules.filter((rule) => carries(rule, packet));
  const match = carrying.find((rule) => reaches(deployed, rule, peer));
  const at = own.groups.join(", ");
  if (match !== undefined) {
    yield passes(stage, match.group, match.name);
    return;
  }
  const foreign = carrying
    .flatMap(({ lists }) => lists)
    .find((list) => prefixesOf(deployed, list) === undefined);
  yield foreign === undefined
    ? drops(stage, at, `no ${direction} rule of ${at} allows it`)
    : cannotTell(stage, at, `what prefix list ${foreign} holds`);
}

function reaches(deployed: Deployed, rule: Rule, peer: Peer): boolean {
  if (peer.list !== undefined && rule.lists.includes(peer.list)) return true;
  const listed = rule.lists.flatMap((list) => prefixesOf(deployed, list) ?? []);
  if ([...rule.ranges, ...listed].some((range) => holds(range, peer.address))) return true;
  const { interface: other } = peer;
  if (other === undefined || !other.addresses.some(({ onLine }) => onLine === peer.address.onLine))
    return false;
  return rule.groups.some((group) => other.groups?.includes(group) === true);
}

/** Names a rule may give a protocol, beside its number. */
const names: Readonly<Record<string, number>> = protocolNumbers;

/**
 * "If you specify -1 or a protocol other than tcp, udp, icmp, icmpv6, traffic on all ports is
 * allowed, regardless of any port range" (EC2 API, AuthorizeSecurityGroupIngress, IpProtocol).
 */
function carries(rule: Rule, packet: Packet): boolean {
  if (rule.protocol === "-1" || rule.protocol === "all") return true;
  if ((names[rule.protocol] ?? Number(rule.protocol)) !== packet.protocol) return false;
  if (isIcmp(packet)) {
    const type = rule.fromPort === -1 || rule.fromPort === packet.icmpType;
    return type && (rule.fromPort === -1 || rule.toPort === -1 || rule.toPort === packet.icmpCode);
  }
  const judged = hasPorts(packet) && packet.protocol !== protocolNumbers["sctp"];
  return !judged || (rule.fromPort <= packet.port && packet.port <= rule.toPort);
}

/** The rules of a group, wherever a program or a person wrote them. */
function rulesOf(deployed: Deployed, group: string, direction: Direction): readonly Rule[] {
  return deployed.once(direction === "ingress" ? ingressRules : egressRules, group);
}

function ingressRules(deployed: Deployed, group: string): readonly Rule[] {
  return readRules(deployed, group, "ingress");
}

function egressRules(deployed: Deployed, group: string): readonly Rule[] {
  return readRules(deployed, group, "egress");
}

function readRules(deployed: Deployed, group: string, direction: Direction): readonly Rule[] {
  // The default group, once adopted, is the adopting resource's.
  const holder = deployed.find(group, aws.defaultGroup, aws.group);
  const inline = objectsOf(holder?.properties ?? {}, direction).map((block, i) =>
    ruleOf(group, `${direction}[${i}] of ${group}`, block, block["self"] === true),
  );
  return [
    ...inline,
    ...classicRules(deployed, group, direction),
    ...apart(deployed, group, direction),
  ];
}

function classicRules(deployed: Deployed, group: string, direction: Direction): readonly Rule[] {
  return deployed
    .where("securityGroupId", group, aws.classicRule)
    .filter(({ properties }) => properties["type"] === direction)
    .map((live) => ruleOf(group, nameOf(live), live.properties, live.properties["self"] === true));
}

function apart(deployed: Deployed, group: string, direction: Direction): readonly Rule[] {
  const token = direction === "ingress" ? aws.ingressRule : aws.egressRule;
  return deployed
    .where("securityGroupId", group, token)
    .map((live) => ruleOf(group, nameOf(live), live.properties, false));
}

function nameOf(live: Live): string {
  return live.urn === ""
    ? live.id
    : `${live.id} (${live.urn.slice(live.urn.lastIndexOf("::") + 2)})`;
}

function ruleOf(group: string, name: string, block: JsonObject, self: boolean): Rule {
  const one = (key: string) => textOf(block, key) ?? [];
  return {
    group,
    name,
    protocol: String(block["protocol"] ?? block["ipProtocol"] ?? "-1").toLowerCase(),
    fromPort: numberOf(block, "fromPort") ?? -1,
    toPort: numberOf(block, "toPort") ?? -1,
    ranges: [
      ...textsOf(block, "cidrBlocks"),
      ...textsOf(block, "ipv6CidrBlocks"),
      one("cidrIpv4"),
      one("cidrIpv6"),
    ].flat(),
    lists: [...textsOf(block, "prefixListIds"), one("prefixListId")].flat(),
    groups: [
      ...textsOf(block, "securityGroups"),
      one("sourceSecurityGroupId"),
      one("referencedSecurityGroupId"),
      self ? group : [],
    ].flat(),
  };
}
