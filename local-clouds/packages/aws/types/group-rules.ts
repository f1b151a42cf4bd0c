/**
 * The rules of a security group, wherever a program writes them: in the group, as a rule of its own
 * (`vpc.SecurityGroupIngressRule`), or as the older `ec2.SecurityGroupRule`.
 */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { isUpdate, objectsIn, textOf, textsIn } from "./common.ts";

/** Rules per group, direction and address family (VPC quotas, "Inbound or outbound rules per security group"). */
export const rulesPerGroupMax = 60;

/** Which way a rule looks. */
export type Direction = "ingress" | "egress";

/** One permission of EC2: one protocol, one port range, one peer. */
export interface GroupRule {
  readonly direction: Direction;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: string;
  readonly kind: "ipv4" | "ipv6" | "list" | "group";
}

const protocolNames: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

/** The rule types of their own, and which way each looks. */
const standalone: readonly (readonly [string, Direction])[] = [
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ingress"],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "egress"],
];
const classicToken = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** The rules written as the properties of a `vpc.SecurityGroup…Rule`. */
export function rulesOfStandalone(
  direction: Direction,
  properties: JsonObject,
): readonly GroupRule[] {
  return rulesOfBlock(direction, {
    protocol: properties["ipProtocol"] ?? "-1",
    fromPort: properties["fromPort"] ?? -1,
    toPort: properties["toPort"] ?? -1,
    cidrBlocks: one(properties["cidrIpv4"]),
    ipv6CidrBlocks: one(properties["cidrIpv6"]),
    prefixListIds: one(properties["prefixListId"]),
    securityGroups: one(properties["referencedSecurityGroupId"]),
  });
}

/** The rules written as the properties of an `ec2.SecurityGroupRule`. */
export function rulesOfClassic(properties: JsonObject): readonly GroupRule[] {
  const direction = properties["type"] === "egress" ? "egress" : "ingress";
  const own = properties["self"] === true ? one(properties["securityGroupId"]) : [];
  const source = one(properties["sourceSecurityGroupId"]);
  return rulesOfBlock(direction, {
    ...properties,
    self: false,
    securityGroups: [...own, ...source],
  });
}

/** The rules written inside a group. */
export function rulesOfInline(group: string, properties: JsonObject): readonly GroupRule[] {
  return (["ingress", "egress"] as const).flatMap((direction) =>
    objectsIn(properties[direction]).flatMap((block) =>
      rulesOfBlock(direction, {
        ...block,
        securityGroups: [
          ...textsIn(block["securityGroups"]),
          ...(block["self"] === true ? [group] : []),
        ],
      }),
    ),
  );
}

function one(value: Json | undefined): readonly string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}

function rulesOfBlock(direction: Direction, block: JsonObject): readonly GroupRule[] {
  const written = String(block["protocol"] ?? "-1").toLowerCase();
  const protocol = protocolNames[written] ?? written;
  const ports =
    protocol === "-1"
      ? { fromPort: -1, toPort: -1 }
      : {
          fromPort: Number(block["fromPort"] ?? -1),
          toPort: Number(block["toPort"] ?? -1),
        };
  const peers = [
    ...textsIn(block["cidrBlocks"]).map((peer) => ({ peer, kind: "ipv4" as const })),
    ...textsIn(block["ipv6CidrBlocks"]).map((peer) => ({ peer, kind: "ipv6" as const })),
    ...textsIn(block["prefixListIds"]).map((peer) => ({ peer, kind: "list" as const })),
    ...textsIn(block["securityGroups"]).map((peer) => ({ peer, kind: "group" as const })),
  ];
  return peers.map((peer) => ({ direction, protocol, ...ports, ...peer }));
}

/** All rules a group has in the world, without those of the resource at hand. */
function existingRules(r: Resource, group: string): readonly GroupRule[] {
  const self = isUpdate(r) ? r.id : undefined;
  const beside = (token: string) =>
    r
      .all(token)
      .filter(
        ({ id, properties }) =>
          properties["securityGroupId"] === group && !(token === r.token && id === self),
      );
  const adopted = r.find("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", group);
  const holder = adopted ?? r.find("aws:ec2/securityGroup:SecurityGroup", group);
  return [
    ...(holder === undefined || group === self ? [] : rulesOfInline(group, holder.properties)),
    ...beside(classicToken).flatMap(({ properties }) => rulesOfClassic(properties)),
    ...standalone.flatMap(([token, direction]) =>
      beside(token).flatMap(({ properties }) => rulesOfStandalone(direction, properties)),
    ),
  ];
}

/** The service's refusal of new rules in a group: one is there already, or there would be too many. */
export function refuseRules(
  r: Resource,
  group: string,
  added: readonly GroupRule[],
): ServiceError | undefined {
  const bad = added.find((rule) => !portsFit(rule));
  if (bad !== undefined) {
    return {
      code: "InvalidParameterValue",
      says: `Invalid value for portRange. Must be a single integer or a range between 0 and 65535: ${bad.fromPort}-${bad.toPort}`,
    };
  }
  const existing = existingRules(r, group);
  const keys = new Set(existing.map(keyOf));
  for (const rule of added) {
    if (keys.has(keyOf(rule))) return duplicate(rule);
    keys.add(keyOf(rule));
  }
  return overfull([...existing, ...added]);
}

function portsFit(rule: GroupRule): boolean {
  if (rule.protocol !== "tcp" && rule.protocol !== "udp") return true;
  return rule.fromPort >= 0 && rule.fromPort <= rule.toPort && rule.toPort <= 65_535;
}

function keyOf(rule: GroupRule): string {
  return [rule.direction, rule.protocol, rule.fromPort, rule.toPort, rule.peer].join(" ");
}

function duplicate(rule: GroupRule): ServiceError {
  const ports =
    rule.protocol === "-1"
      ? "ALL"
      : `${rule.protocol.toUpperCase()}, from port: ${rule.fromPort}, to port: ${rule.toPort}`;
  return {
    code: "InvalidPermission.Duplicate",
    says: `the specified rule "peer: ${rule.peer}, ${ports}, ALLOW" already exists`,
  };
}

/** IPv4 and IPv6 are counted apart; a peer that is a group or a list counts in both. */
function overfull(rules: readonly GroupRule[]): ServiceError | undefined {
  for (const direction of ["ingress", "egress"]) {
    for (const other of ["ipv6", "ipv4"]) {
      const counted = rules.filter((rule) => rule.direction === direction && rule.kind !== other);
      if (counted.length > rulesPerGroupMax) {
        return {
          code: "RulesPerSecurityGroupLimitExceeded",
          says: "The maximum number of rules per security group has been reached.",
        };
      }
    }
  }
  return undefined;
}

/**
 * A peer group must be of the same network, of one peered with it, or of one attached to the same transit
 * gateway (VPC user guide, "Security group rules"; Transit Gateway guide, "Security group referencing").
 */
export function refusePeers(
  r: Resource,
  group: string,
  rules: readonly GroupRule[],
): ServiceError | undefined {
  const networkOf = (id: string) =>
    textOf(r.find("aws:ec2/securityGroup:SecurityGroup", id)?.properties ?? {}, "vpcId");
  const own = networkOf(group);
  for (const { kind, peer } of rules) {
    const theirs = kind === "group" ? networkOf(peer) : undefined;
    if (own === undefined || theirs === undefined || theirs === own) continue;
    if (!joined(r, own, theirs)) {
      return {
        code: "InvalidGroup.NotFound",
        says: "You have specified two resources that belong to different networks.",
      };
    }
  }
  return undefined;
}

/** Whether a peering or a transit gateway joins two networks. */
function joined(r: Resource, own: string, theirs: string): boolean {
  const gatewaysOf = (vpcId: string) =>
    r
      .all("aws:ec2transitgateway/vpcAttachment:VpcAttachment")
      .filter(({ properties }) => properties["vpcId"] === vpcId)
      .map(({ properties }) => properties["transitGatewayId"]);
  const shared = gatewaysOf(theirs);
  return (
    gatewaysOf(own).some((gateway) => shared.includes(gateway)) ||
    r.all("aws:ec2/vpcPeeringConnection:VpcPeeringConnection").some(({ properties }) => {
      const ends = [properties["vpcId"], properties["peerVpcId"]];
      return ends.includes(own) && ends.includes(theirs);
    })
  );
}
