/**
 * Network ACLs where a transit gateway has an interface ("How network ACLs work with transit
 * gateways"). What instances send is asked by the inbound rules of the gateway's subnet, too; what
 * they get, by its outbound rules, unless they stand in that subnet: then no rule is asked at all.
 */
import { everyAddress } from "../../../model/base/address.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Direction, PeerTerm, Rule } from "../../../model/network/topology.ts";
import { networkGroup } from "../network-groups.ts";
import { aclOf, openKey } from "./acl-rules.ts";
import type { AwsAcls } from "./acls.ts";
import { otherSide } from "./peerings.ts";
import type { AwsSubnet } from "./subnets.ts";
import { unknownCondition } from "./trace.ts";
import type { TransitAttachment } from "./transit.ts";
import type { Part } from "./within.ts";
import type { AwsWorld } from "./world.ts";

/** Whom a subnet's own ACL does not hear of: what comes in by an interface in the same subnet. */
export function unheardPeers(world: AwsWorld, subnet: AwsSubnet): PeerTerm[] {
  return attachmentsOf(world, subnet)
    .filter((attachment) => {
      const where = landings(world, attachment, subnet);
      return where.length > 0 && where.every(({ id }) => id === subnet.id);
    })
    .flatMap((attachment) => peersBehind(world, attachment));
}

/** What the ACLs of the gateways' subnets make of packets of ends in a subnet. */
export function transitAclPart(
  world: AwsWorld,
  acls: AwsAcls,
  subnet: AwsSubnet,
  direction: Direction,
): Part {
  const parts = attachmentsOf(world, subnet).flatMap((attachment) => {
    const peers = peersBehind(world, attachment);
    const where = landings(world, attachment, subnet);
    // Into its own subnet the gateway crosses no border.
    const crossed = direction === "out" ? where : where.filter(({ id }) => id !== subnet.id);
    return peers.length === 0 || crossed.length === 0
      ? []
      : [landingRules(acls, crossed, direction, peers)];
  });
  const rules = parts.flat();
  if (rules.length === 0) return { key: openKey, rules: [] };
  return { key: `transit at ${subnet.id}`, rules };
}

function attachmentsOf({ transit }: AwsWorld, { network }: AwsSubnet): TransitAttachment[] {
  return [...transit.attachments.values()].filter((one) => one.network.id === network.id);
}

/** The gateway's subnets for a zone; any of them where it has none there or zones are not known. */
function landings(
  { subnets }: AwsWorld,
  attachment: TransitAttachment,
  { zone }: AwsSubnet,
): AwsSubnet[] {
  const all = (attachment.subnets ?? []).flatMap((urn) => subnets.get(urn) ?? []);
  const near = all.filter((one) => zone !== undefined && one.zone === zone);
  return near.length > 0 ? near : all;
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
  where: readonly AwsSubnet[],
  direction: Direction,
  peers: readonly PeerTerm[],
): Rule[] {
  const found = where.map((subnet) => ({ subnet, acl: aclOf(acls, subnet) }));
  const [first] = found;
  if (first === undefined || found.every(({ acl }) => acl === "open")) return [];
  const { acl, subnet } = first;
  const base = { peers, selectors: everyLayer4, origin: subnet.input };
  const isOne = found.every((one) => one.acl === acl);
  if (!isOne || typeof acl === "string") {
    return [{ ...base, action: "deny", conditions: [unknownCondition(subnet.input)] }];
  }
  const own = acl.rules[direction === "out" ? "in" : "out"].flatMap((rule) =>
    rule.peers.map(({ addresses = everyAddress }) => ({ ...rule, peers, own: addresses })),
  );
  return [...own, { ...base, action: "deny", origin: { urn: acl.id, path: "" } }];
}
