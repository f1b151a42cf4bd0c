/**
 * Network ACLs where a transit gateway has an interface ("How network ACLs work with transit
 * gateways"). What instances send is asked by the inbound rules of the gateway's subnet, too; what
 * they get, by its outbound rules, unless they stand in that subnet: then no rule is asked at all.
 */
import { everyAddress } from "../../../model/base/address.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Direction, PeerTerm, Rule } from "../../../model/network/topology.ts";
import { networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import { aclOf, openKey } from "./acl-rules.ts";
import type { AwsAcls } from "./acls.ts";
import { otherSide } from "./peerings.ts";
import type { AwsSubnet } from "./subnets.ts";
import type { TransitAttachment } from "./transit.ts";
import type { Part } from "./within.ts";
import type { AwsWorld } from "./world.ts";

/** What a subnet's own ACL does not hear of: what comes in by an interface in the same subnet. */
export function unheardRules(world: AwsWorld, subnet: AwsSubnet): Rule[] {
  return attachmentsOf(world, subnet).flatMap((attachment): Rule[] => {
    const peers = peersBehind(world, attachment);
    const where = landings(world, attachment, subnet);
    if (peers.length === 0 || where.every(({ id }) => id !== subnet.id)) return [];
    const conditions = where.length === 1 ? [] : [unknownLanding(attachment)];
    return [{ action: "allow", peers, selectors: everyLayer4, conditions, origin: subnet.input }];
  });
}

/** What the ACLs of the gateways' subnets make of packets of ends in a subnet. */
export function transitAclPart(
  world: AwsWorld,
  acls: AwsAcls,
  subnet: AwsSubnet,
  direction: Direction,
): Part {
  const rules = attachmentsOf(world, subnet).flatMap((attachment) => {
    const where = landings(world, attachment, subnet);
    // Into its own subnet the gateway crosses no border.
    const crossed = direction === "out" ? where : where.filter(({ id }) => id !== subnet.id);
    const peers = peersBehind(world, attachment);
    return peers.length === 0 ? [] : landingRules(acls, attachment, crossed, direction, peers);
  });
  if (rules.length === 0) return { key: openKey, rules: () => [] };
  return { key: `transit at ${subnet.id}`, rules: () => rules };
}

function attachmentsOf({ transit }: AwsWorld, { network }: AwsSubnet): TransitAttachment[] {
  return [...transit.attachments.values()].filter((one) => one.network.id === network.id);
}

/**
 * Where a gateway's interface for a subnet may be: a zone has one of them. Any of them where zones
 * are not known, in any subnet where nothing is.
 */
function landings(
  { subnets }: AwsWorld,
  attachment: TransitAttachment,
  { id, zone }: AwsSubnet,
): AwsSubnet[] {
  if (attachment.subnets === undefined) {
    return [...subnets.values()].filter(({ network }) => network.id === attachment.network.id);
  }
  const all = attachment.subnets.flatMap((urn) => subnets.get(urn) ?? []);
  const own = all.filter((one) => one.id === id);
  if (own.length > 0) return own;
  const near = all.filter((one) => zone !== undefined && one.zone === zone);
  return near.length > 0 ? near : all;
}

function unknownLanding({ id }: TransitAttachment): Condition {
  return unknownCondition({ urn: id, path: "subnetIds" });
}

/** Networks on the gateway's other sides; which way those take that are peered, too, routes decide. */
function peersBehind(world: AwsWorld, attachment: TransitAttachment): PeerTerm[] {
  const { network, gateway } = attachment;
  const peered = [...world.peerings.values()].map((one) => otherSide(one, network)?.id);
  const others = [...world.transit.attachments.values()]
    .filter((one) => one.gateway === gateway && one.network.id !== network.id)
    .map((one) => one.network.id);
  return [...new Set(others)]
    .filter((id) => !peered.includes(id))
    .map((id) => ({ group: networkGroup(id) }));
}

/** Seen from the end: the ACL's other side is the end itself. */
function landingRules(
  acls: AwsAcls,
  attachment: TransitAttachment,
  where: readonly AwsSubnet[],
  direction: Direction,
  peers: readonly PeerTerm[],
): Rule[] {
  const found = where.map((subnet) => aclOf(acls, subnet));
  const [acl] = found;
  if (acl === undefined || found.every((one) => one === "open")) return [];
  const base = { peers, selectors: everyLayer4 };
  const isSettled = attachment.subnets !== undefined && found.every((one) => one === acl);
  if (!isSettled || typeof acl === "string") {
    const origin = { urn: attachment.id, path: "subnetIds" };
    return [{ ...base, action: "deny", conditions: [unknownLanding(attachment)], origin }];
  }
  const own = acl.rules[direction === "out" ? "in" : "out"].flatMap((rule) =>
    rule.peers.map(({ addresses = everyAddress }) => ({ ...rule, peers, own: addresses })),
  );
  return [...own, { ...base, action: "deny", origin: { urn: acl.id, path: "" } }];
}
