/**
 * What prefixes, service tags and application security groups mean around one subnet (Microsoft
 * Learn, "Virtual network service tags").
 */
import { cidrSet, everyAddress, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { subtract, union } from "../../../model/base/interval-set.ts";
import type { Condition, PeerTerm } from "../../../model/network/topology.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Peer } from "../edge-rule.ts";
import { idsOfEach } from "../follow-each.ts";
import { networkGroup } from "../network-groups.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { AzureLink } from "./links.ts";
import type { AzureNetwork } from "./networks.ts";
import { anyTag, applicationGroup, azureTypes, tagGroup } from "./types.ts";

/** The host's own address, where DNS, DHCP, the agent's endpoint and health probes are. */
export const platformAddress = cidrSet([parseCidr("168.63.129.16/32", "platform")]);
/** The instance metadata service. */
export const metadataAddress = cidrSet([parseCidr("169.254.169.254/32", "metadata")]);

/** The surroundings that decide what `VirtualNetwork` and `Internet` stand for. */
export interface Scope {
  readonly network: AzureNetwork;
  /** Addresses that are surely in `VirtualNetwork`. */
  readonly inside: IntervalSet;
  /** Groups of the ends inside whose addresses are not known. */
  readonly groups: readonly string[];
  /** Why further addresses may be inside. */
  readonly open: readonly Condition[];
}

/** The scope of a subnet: its network, what that is linked to, and the prefixes of its routes. */
export function scopeOf(
  network: AzureNetwork,
  links: readonly AzureLink[],
  routed: IntervalSet,
  open: readonly Condition[],
): Scope {
  const all = [network, ...links.map(({ to }) => to)];
  return {
    network,
    inside: [...all.map(({ space }) => space), routed].reduce(union, platformAddress),
    groups: all.filter((one) => one.open.length > 0).map(({ id }) => networkGroup(id)),
    open: [...all.flatMap((one) => one.open).map(unknownCondition), ...open],
  };
}

/** Other ends, those that surely are meant and those that may be. */
export interface Ends {
  readonly sure: readonly PeerTerm[];
  readonly perhaps: readonly PeerTerm[];
  /** Why `perhaps` is not sure. */
  readonly conditions: readonly Condition[];
}

const nobody: Ends = { sure: [], perhaps: [], conditions: [] };

function allEnds(many: readonly Ends[]): Ends {
  return {
    sure: many.flatMap(({ sure }) => sure),
    perhaps: many.flatMap(({ perhaps }) => perhaps),
    conditions: many.flatMap(({ conditions }) => conditions),
  };
}

/** The ends that one side of a rule means. */
export function endsOf(plan: Plan, scope: Scope, peers: readonly Peer[]): Ends {
  const groups = peers.filter(({ kind }) => kind === "group");
  return allEnds([
    ...peers.map((peer) => endsOfPeer(scope, peer)),
    decided(() =>
      idsOfGroups(
        plan,
        groups.map(({ at }) => at),
      ).map((id) => ({ group: applicationGroup(id) })),
    ),
  ]);
}

function endsOfPeer(scope: Scope, peer: Peer): Ends {
  if (peer.kind === "tag") return endsOfTag(scope, peer.tag);
  return peer.kind === "addresses" ? decided(() => [{ addresses: peer.addresses() }]) : nobody;
}

/** URNs of planned application security groups, or the ids of those outside the plan. */
export function idsOfGroups(plan: Plan, references: readonly View[]): readonly string[] {
  return idsOfEach(plan, references, azureTypes.applicationGroup).map((id) =>
    id.startsWith("/") ? id.toLowerCase() : id,
  );
}

function decided(body: () => readonly PeerTerm[]): Ends {
  const sure = settle(body);
  if (!(sure instanceof Undecided)) return { ...nobody, sure };
  return { sure: [], perhaps: [{}], conditions: [unknownCondition(sure)] };
}

/** Tags that stand for the platform, not for other ends: see `platform.ts`. */
export const platformTags: ReadonlySet<string> = new Set([
  "azureplatformdns",
  "azureplatformimds",
  "azureplatformlkm",
]);

function endsOfTag(scope: Scope, tag: string): Ends {
  const { inside, groups, open } = scope;
  const known = open.length === 0;
  const name = tag.toLowerCase();
  if (platformTags.has(name)) return nobody;
  switch (name) {
    case "virtualnetwork": {
      const sure = [{ addresses: inside }, ...groups.map((group) => ({ group }))];
      return { sure, perhaps: known ? [] : [{}], conditions: open };
    }
    case "internet": {
      const outside = { addresses: subtract(everyAddress, inside) };
      const services = { group: anyTag };
      if (known) return { ...nobody, sure: [outside, services] };
      return { sure: [], perhaps: [outside, services], conditions: open };
    }
    case "azureloadbalancer":
      return { ...nobody, sure: [{ addresses: platformAddress }] };
    default:
      return { ...nobody, sure: [{ group: tagGroup(tag) }] };
  }
}
