/** The rules of security groups in the model's terms. */
import { cidrSet, everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Direction, PeerTerm, Rule } from "../../../model/network/topology.ts";
import type { AwsWrittenRule } from "../aws-rules.ts";
import type { Peer } from "../edge-rule.ts";
import { networkGroup } from "../network-groups.ts";
import { readOr, unknownCondition } from "../uncertain.ts";
import type { AwsGroup, AwsGroups, GroupTarget } from "./groups.ts";
import { groupsAt } from "./groups.ts";
import { mayReference } from "./references.ts";
import { trace } from "./trace.ts";
import { awsTypes } from "./types.ts";
import type { AwsWorld } from "./world.ts";

/** Group of the ends of which not all groups are known. */
export const maybeGrouped = "perhaps any security group";

/** What a group allows, by direction. */
export type GroupRules = Readonly<Record<Direction, readonly Rule[]>>;

interface Reader {
  readonly world: AwsWorld;
  readonly groups: AwsGroups;
  readonly group: AwsGroup;
}

/** A peer and what it hangs on. */
interface SettledPeer {
  readonly peer: PeerTerm;
  readonly conditions: readonly Condition[];
}

/** The rules of one group. */
export function groupRules(world: AwsWorld, groups: AwsGroups, group: AwsGroup): GroupRules {
  const reader: Reader = { world, groups, group };
  const of = (direction: Direction) => [
    ...givenRules(group, direction),
    ...group.written.flatMap((written) => writtenRules(reader, written, direction)),
  ];
  return { in: of("in"), out: of("out") };
}

function givenRules(group: AwsGroup, direction: Direction): Rule[] {
  const origin = { urn: group.id, path: "" };
  const rule = (peer: PeerTerm, conditions: readonly Condition[] = []): Rule => ({
    action: "allow",
    peers: [peer],
    selectors: everyLayer4,
    origin,
    ...(conditions.length === 0 ? {} : { conditions }),
  });
  if (group.outside) {
    const input = { urn: "", path: group.id };
    return [rule({}, [unknownCondition(input)])];
  }
  switch (group.given[direction]) {
    case "self":
      return members(group, []).map(({ peer, conditions }) => rule(peer, conditions));
    case "everywhere":
      return [rule({ addresses: everyAddress })];
    case "none":
      return [];
  }
}

/** One rule for all that is settled, and one for each peer that hangs on something. */
function writtenRules(reader: Reader, written: AwsWrittenRule, direction: Direction): Rule[] {
  const where = readOr(written.direction, direction);
  if (where.value !== direction) return [];
  const selectors = readOr(written.selectors, everyLayer4);
  const peers = readOr<readonly Peer[] | undefined>(written.peers, undefined);
  const settled =
    peers.value === undefined
      ? [{ peer: {}, conditions: peers.conditions }]
      : peers.value.flatMap((peer) => peersOf(reader, peer, direction));
  const outer = [...where.conditions, ...selectors.conditions];
  const sure = settled.filter(({ conditions }) => conditions.length === 0);
  const { urn, path } = (peers.value?.length === 1 ? peers.value[0]?.at : undefined) ?? written.at;
  const rule = (terms: readonly PeerTerm[], conditions: readonly Condition[]): Rule => ({
    action: "allow",
    peers: terms,
    selectors: selectors.value,
    origin: { urn, path },
    ...(conditions.length === 0 ? {} : { conditions }),
  });
  return [
    ...(sure.length === 0
      ? []
      : [
          rule(
            sure.map(({ peer }) => peer),
            outer,
          ),
        ]),
    ...settled
      .filter(({ conditions }) => conditions.length > 0)
      .map(({ peer, conditions }) => rule([peer], [...outer, ...conditions])),
  ];
}

function peersOf(reader: Reader, peer: Peer, direction: Direction): SettledPeer[] {
  switch (peer.kind) {
    case "addresses": {
      const { value, conditions } = readOr<IntervalSet>(peer.addresses, everyAddress);
      return [{ peer: { addresses: value }, conditions }];
    }
    case "self": {
      const { state, urn, path } = peer.at;
      const conditions = state === "unknown" ? [unknownCondition({ urn, path })] : [];
      return members(reader.group, conditions);
    }
    case "group":
      return listPeers(reader, peer) ?? groupPeers(reader, peer, direction);
    case "tag":
      return [];
  }
}

/** A prefix list, in one of the properties that also name groups; otherwise undefined. */
function listPeers({ world }: Reader, { at }: Peer): SettledPeer[] | undefined {
  const isList = /prefixList/i.test(at.path);
  if (!isList) return undefined;
  const target = trace(world.lift.tracer, at, awsTypes.prefixList, awsTypes.vpcEndpoint);
  const unknown = unknownCondition({ urn: at.urn, path: at.path });
  if (target.kind === "absent") return [];
  if (target.kind !== "resource") return [{ peer: {}, conditions: [unknown] }];
  const { type, urn } = target.resource;
  // A service's own list: its addresses are those of the end behind the gateway endpoint.
  if (type === awsTypes.vpcEndpoint) {
    return [{ peer: { group: networkGroup(urn) }, conditions: [] }];
  }
  const { cidrs, open } = world.lists.get(urn) ?? { cidrs: [], open: [] };
  return [
    ...(cidrs.length === 0 ? [] : [{ peer: { addresses: cidrSet(cidrs) }, conditions: [] }]),
    ...open.map((condition) => ({ peer: {}, conditions: [condition] })),
  ];
}

function groupPeers(reader: Reader, { at }: Peer, direction: Direction): SettledPeer[] {
  const { world, groups, group } = reader;
  return groupsAt(world, groups, [at], group.network).flatMap((target: GroupTarget) => {
    if (target.kind === "group") return referenced(reader, target.group, direction, at.path);
    const conditions = [unknownCondition(target.input)];
    if (target.candidates.length === 0) return [{ peer: {}, conditions }];
    return target.candidates.map((one) => ({ peer: { group: one.members }, conditions }));
  });
}

function referenced(
  reader: Reader,
  other: AwsGroup,
  direction: Direction,
  path: string,
): SettledPeer[] {
  const { world, group } = reader;
  switch (mayReference(world, group.network, other.network, direction)) {
    case "yes":
      return members(other, []);
    case "perhaps":
      return members(other, [unknownCondition({ urn: group.id, path: "vpcId" })]);
    case "no":
      world.lift.notes.push({
        code: "reference-stale",
        urn: group.id,
        path,
        says: `a rule of ${group.name} names ${other.name}, which is in a network that it cannot refer to: it matches nobody`,
      });
      return [];
  }
}

/** Members, and the ends of which nobody knows whether they are. */
function members({ members: id }: AwsGroup, conditions: readonly Condition[]): SettledPeer[] {
  const maybe = unknownCondition({ urn: id, path: "members" });
  return [
    { peer: { group: id }, conditions },
    { peer: { group: maybeGrouped }, conditions: [...conditions, maybe] },
  ];
}
