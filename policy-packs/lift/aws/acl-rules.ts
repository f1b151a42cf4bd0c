/** What network ACLs make of the packets that cross a subnet's border. */
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Direction, PeerTerm, Rule } from "../../../model/network/topology.ts";
import { every4, every6 } from "../address-set.ts";
import { networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import type { AwsAcl, AwsAcls } from "./acls.ts";
import type { AwsSubnet } from "./subnets.ts";
import type { Part } from "./within.ts";

/** Group of the ends that stand in the subnet. */
export function subnetGroup(id: string): string {
  return `subnet:${id}`;
}

/** Group of the ends that may stand in the subnet, or in another. */
export function maybeSubnetGroup(id: string): string {
  return `perhaps subnet:${id}`;
}

/** Key of the part that filters nothing. */
export const openKey = "open";

/** What the ACL of a subnet says of packets that cross the border. */
export function aclPart(acls: AwsAcls, subnet: AwsSubnet, direction: Direction): Part {
  const all = everything(subnet, "default network ACL");
  const acl = aclOf(acls, subnet);
  if (acl === "open") return { key: openKey, rules: () => [all] };
  if (acl === "unknown") {
    const conditions = [unknownCondition(subnet.input)];
    return { key: `unknown ${subnet.id}`, rules: () => [{ ...all, conditions }] };
  }
  return { key: acl.id, rules: () => acl.rules[direction] };
}

/**
 * What no ACL is asked about, whichever it is: what stays inside the subnet, and what else the
 * border does not hear of. Apart from the ACL, so that an end which may stand in either of two
 * subnets with one ACL surely has that.
 */
export function unaskedPart(subnet: AwsSubnet, unheard: readonly Rule[]): Part {
  return {
    key: `at ${subnet.id}`,
    rules: () => [...insideRules(subnet, everything(subnet, "inside")), ...unheard],
  };
}

/** Nobody wrote it: the origin says what it comes from. */
function everything({ input }: AwsSubnet, path: string): Rule {
  const origin = { urn: input.urn, path };
  return { action: "allow", peers: [{}], selectors: everyLayer4, origin };
}

/** The ACL of a subnet, where any filters there. */
export function aclOf(acls: AwsAcls, subnet: AwsSubnet): AwsAcl | "open" | "unknown" {
  if (acls.ofSubnet.has(subnet.id)) return acls.ofSubnet.get(subnet.id) ?? "unknown";
  if (!subnet.planned) return "unknown";
  return acls.defaultOf.get(subnet.network.id) ?? "open";
}

/** Traffic inside a subnet crosses no border. */
function insideRules(subnet: AwsSubnet, all: Rule): Rule[] {
  const group = networkGroup(subnet.network.id);
  const inside: PeerTerm[] = [{ group: subnetGroup(subnet.id) }];
  if (subnet.addresses.length > 0) inside.push({ group, addresses: subnet.addresses });
  const perhaps = subnet.open.map((family) => ({
    group: maybeSubnetGroup(subnet.id),
    addresses: family === 4 ? every4 : every6,
  }));
  return [
    { ...all, peers: inside },
    ...(perhaps.length === 0
      ? []
      : [{ ...all, peers: perhaps, conditions: [unknownCondition(subnet.input)] }]),
  ];
}
