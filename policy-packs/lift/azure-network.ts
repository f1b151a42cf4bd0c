/** Lifts the network security groups of an Azure place. */
import { everyAddress } from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { covers, emptySet, subtract } from "../../model/base/interval-set.ts";
import { everyLayer4 } from "../../model/base/layer4.ts";
import type { SegmentAddresses } from "../../model/network/address-plan.ts";
import type { Direction, FilterRule } from "../../model/network/filter.ts";
import type { PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { addressesOf } from "./address-set.ts";
import { azureRulesOf, azureRuleTypes } from "./azure-rules.ts";
import type { EdgeRule, Peer, WrittenRule } from "./edge-rule.ts";
import { entriesOf } from "./entries.ts";
import type { PlaceLift } from "./network-context.ts";
import {
  addFilter,
  addressesOfPlace,
  addressesOfSegment,
  attempt,
  filterRule,
  markedFor,
} from "./network-context.ts";

/** Azure's own rules behind every group's (Microsoft Learn, "Network security groups"). */
const defaults = {
  in: { name: "AllowVnetInBound (65000)", tag: "VirtualNetwork" },
  out: { name: "AllowVnetOutBound and AllowInternetOutBound (65000, 65001)", tag: "*" },
} as const;
const otherwiseOrigin = "Azure's own DenyAll (65500)";

/** Adds the filters of every segment that a group guards; one without stays open, as in Azure. */
export function liftAzurePlace(lift: PlaceLift): void {
  const standalone = rulesByGroup(lift);
  for (const segment of lift.segments) {
    attempt(lift, () => {
      const group = guardOf(lift, segment);
      if (group !== undefined) liftGroup(lift, segment, group, standalone.get(group.urn) ?? []);
    });
  }
}

/**
 * The group on the segment's subnet. Where the subnet is not planned here, because the network
 * existed before, the group marked for the segment.
 */
function guardOf(lift: PlaceLift, segment: SegmentAddresses): PlannedResource | undefined {
  const subnets: PlannedResource[] = [];
  for (const subnet of lift.plan.ofType(azureRuleTypes.subnet)) {
    attempt(lift, () => {
      if (holds(subnet, segment)) subnets.push(subnet);
    });
  }
  if (subnets.length === 0) return markedFor(lift, [azureRuleTypes.group], segment.segment)[0];
  const guards = subnets.map((subnet) => {
    const id = subnet.inputs.at("networkSecurityGroup", "id");
    const group = lift.plan.follow(id, azureRuleTypes.group);
    if (group.state === "outside") throw new Undecided(id.urn, id.path, "unreadable");
    return group.state === "resource" ? group.resource : undefined;
  });
  const unguarded = guards.indexOf(undefined);
  if (unguarded >= 0) return undefined;
  const other = guards.findIndex((group) => group !== guards[0]);
  if (other >= 0) {
    // Two subnets of one segment under different groups: no single filter says what holds.
    const id = subnets[other]?.inputs.at("networkSecurityGroup", "id");
    throw new Undecided(id?.urn ?? "", id?.path ?? "", "unreadable");
  }
  return guards[0];
}

function holds(subnet: PlannedResource, segment: SegmentAddresses): boolean {
  const single = subnet.inputs.at("addressPrefix");
  const list = entriesOf(subnet.inputs.at("addressPrefixes"));
  const range = addressesOfSegment(segment);
  return [...(single.state === "absent" ? [] : [single]), ...list].some((view) =>
    covers(range, addressesOf(view)),
  );
}

function rulesByGroup(lift: PlaceLift): Map<string, WrittenRule[]> {
  const byGroup = new Map<string, WrittenRule[]>();
  for (const resource of lift.plan.ofType(azureRuleTypes.rule)) {
    attempt(lift, () => {
      const name = resource.inputs.at("networkSecurityGroupName");
      const group = lift.plan.follow(name, azureRuleTypes.group);
      if (group.state !== "resource") return;
      const rules = byGroup.get(group.resource.urn) ?? [];
      byGroup.set(group.resource.urn, [...rules, ...azureRulesOf(resource)]);
    });
  }
  return byGroup;
}

function liftGroup(
  lift: PlaceLift,
  segment: SegmentAddresses,
  group: PlannedResource,
  standalone: readonly WrittenRule[],
): void {
  const read: { readonly at: View; readonly rule: EdgeRule }[] = [];
  for (const written of [...azureRulesOf(group), ...standalone]) {
    attempt(lift, () => {
      read.push({ at: written.at, rule: written.read() });
    });
  }
  read.sort((a, b) => a.rule.priority - b.rule.priority);
  for (const direction of ["in", "out"] as const) {
    const rules: (FilterRule | undefined)[] = [];
    for (const { at, rule } of read.filter((one) => one.rule.direction === direction)) {
      attempt(lift, () => {
        rules.push(filterRule(lift, at, rule, segment, (peer) => resolve(lift, peer)));
      });
    }
    rules.push(defaultRule(lift, group, direction));
    addFilter(lift, segment.segment, direction, rules, "deny", otherwiseOrigin);
  }
}

function defaultRule(lift: PlaceLift, group: PlannedResource, direction: Direction): FilterRule {
  const { name, tag } = defaults[direction];
  return {
    action: "allow",
    peers: tag === "*" ? everyAddress : addressesOfPlace(lift.place),
    peerSegments: [],
    selectors: everyLayer4,
    origin: { urn: group.urn, path: name },
  };
}

function resolve(lift: PlaceLift, peer: Peer): Pick<FilterRule, "peers" | "peerSegments"> {
  return { peers: addressesOfPeer(lift, peer), peerSegments: [] };
}

function addressesOfPeer(lift: PlaceLift, peer: Peer): IntervalSet {
  if (peer.kind === "addresses") return addressesOf(peer.at);
  const tag = peer.kind === "tag" ? peer.tag.toLowerCase() : "";
  switch (tag) {
    case "virtualnetwork":
      return addressesOfPlace(lift.place);
    case "internet":
      return subtract(everyAddress, addressesOfPlace(lift.place));
    case "azureloadbalancer":
      // Only the platform's health probes come from there; no workload can.
      return emptySet;
    default:
      throw new Undecided(peer.at.urn, peer.at.path, "unreadable");
  }
}
