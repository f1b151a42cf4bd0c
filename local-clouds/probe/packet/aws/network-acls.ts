/**
 * Network ACLs.
 *
 * Amazon VPC User Guide, "Network ACL basics": stateless, at the subnet's edge, rules in ascending
 * order, the first that matches decides, and a rule `*` denies the rest. Traffic inside a subnet is
 * never judged.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, holds } from "../address.ts";
import { type Deployed, type Live, numberOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { isIcmp, type Packet, protocolNumbers } from "../packet.ts";
import { drops, passes, type Stage, type Walk } from "../walk.ts";
import { vpcOf } from "./networks.ts";
import { aws } from "./tokens.ts";

/** The edge as the packet meets it: out of the subnet or into it. */
export type Direction = "ingress" | "egress";

const stages: Readonly<Record<Direction, Stage>> = {
  egress: { stage: "network ACL, outbound", document: "Amazon VPC User Guide: Network ACL basics" },
  ingress: { stage: "network ACL, inbound", document: "Amazon VPC User Guide: Network ACL basics" },
};

interface Entry {
  readonly number: number;
  readonly allows: boolean;
  readonly range: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly icmpType: number;
  readonly icmpCode: number;
}

/** Whether the ACL of a subnet lets a packet over the subnet's edge. */
export function* networkAcl(
  deployed: Deployed,
  direction: Direction,
  subnet: Live,
  packet: Packet,
): Walk {
  const acl = aclOf(deployed, subnet);
  const stage = stages[direction];
  if (acl === undefined) {
    yield passes(stage, subnet.id, "the VPC's default network ACL allows everything");
    return;
  }
  const outer = direction === "egress" ? packet.destination : packet.source;
  const entries = entriesOf(deployed, acl, direction).sort((a, b) => a.number - b.number);
  const match = entries.find((entry) => matches(entry, outer, packet));
  const rule = match === undefined ? "rule *" : `rule ${match.number}`;
  yield match?.allows === true
    ? passes(stage, acl.id, `${rule} allows ${match.range}`)
    : drops(stage, acl.id, `${rule} denies it`);
}

/** "Each subnet must be associated with a network ACL", the VPC's default one unless told otherwise. */
export function aclOf(deployed: Deployed, subnet: Live): Live | undefined {
  const associated = deployed.where("subnetId", subnet.id, aws.aclAssociation)[0];
  if (associated !== undefined) {
    return deployed.find(textOf(associated.properties, "networkAclId"), aws.defaultAcl, aws.acl);
  }
  const naming = deployed
    .all(aws.acl, aws.defaultAcl)
    .find(({ properties }) => textsOf(properties, "subnetIds").includes(subnet.id));
  if (naming !== undefined) return naming;
  const vpc = vpcOf(deployed, textOf(subnet.properties, "vpcId") ?? "");
  // The default ACL, once adopted, is the adopting resource's.
  return deployed.find(
    textOf(vpc?.properties ?? {}, "defaultNetworkAclId"),
    aws.defaultAcl,
    aws.acl,
  );
}

function entriesOf(deployed: Deployed, acl: Live, direction: Direction): Entry[] {
  const inline = objectsOf(acl.properties, direction).map((block) => entryOf(block));
  const apart = deployed
    .where("networkAclId", acl.id, aws.aclRule)
    .filter(({ properties }) => (properties["egress"] === true) === (direction === "egress"))
    .map(({ properties }) => entryOf(properties));
  return [...inline, ...apart];
}

function entryOf(block: JsonObject): Entry {
  return {
    number: numberOf(block, "ruleNo") ?? numberOf(block, "ruleNumber") ?? 0,
    allows: (textOf(block, "action") ?? textOf(block, "ruleAction")) === "allow",
    range: textOf(block, "cidrBlock") ?? textOf(block, "ipv6CidrBlock") ?? "",
    protocol: String(block["protocol"] ?? "-1").toLowerCase(),
    fromPort: numberOf(block, "fromPort") ?? 0,
    toPort: numberOf(block, "toPort") ?? 0,
    icmpType: numberOf(block, "icmpType") ?? -1,
    icmpCode: numberOf(block, "icmpCode") ?? -1,
  };
}

function matches(entry: Entry, outer: Address, packet: Packet): boolean {
  if (!holds(entry.range, outer)) return false;
  if (entry.protocol === "-1" || entry.protocol === "all") return true;
  const names: Readonly<Record<string, number>> = protocolNumbers;
  if ((names[entry.protocol] ?? Number(entry.protocol)) !== packet.protocol) return false;
  if (isIcmp(packet)) {
    const type = entry.icmpType === -1 || entry.icmpType === packet.icmpType;
    return type && (entry.icmpCode === -1 || entry.icmpCode === packet.icmpCode);
  }
  const { tcp, udp } = protocolNumbers;
  if (packet.protocol !== tcp && packet.protocol !== udp) return true;
  return entry.fromPort <= packet.port && packet.port <= entry.toPort;
}
