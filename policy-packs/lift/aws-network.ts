/** Lifts the security groups of an AWS place. */
import { cidrSet, parseCidr } from "../../model/base/address.ts";
import { emptySet } from "../../model/base/interval-set.ts";
import { planPlace, segmentPrefixes } from "../../model/network/address-plan.ts";
import type { Direction, FilterRule } from "../../model/network/filter.ts";
import type { PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { awsGroupOf, awsRulesOf, awsRuleTypes } from "./aws-rules.ts";
import type { Peer, WrittenRule } from "./edge-rule.ts";
import type { PlaceLift } from "./network-context.ts";
import { addFilter, attempt, filterRule, markedFor, marksOf } from "./network-context.ts";

const otherwiseOrigin = "AWS denies what no rule of a security group allows";
const standaloneTypes = [awsRuleTypes.rule, awsRuleTypes.ingress, awsRuleTypes.egress];

/** Adds the filters of every segment that a group marked for it guards. */
export function liftAwsPlace(lift: PlaceLift): void {
  const standalone = rulesByGroup(lift);
  for (const segment of lift.segments) {
    const groups = markedFor(lift, [awsRuleTypes.group], segment.segment);
    if (groups.length === 0) continue;
    const written = groups.flatMap((group) => [
      ...inlineRules(lift, group),
      ...(standalone.get(group.urn) ?? []),
    ]);
    const rules: Record<Direction, (FilterRule | undefined)[]> = { in: [], out: [] };
    for (const { at, read } of written) {
      attempt(lift, () => {
        const rule = read();
        rules[rule.direction].push(
          filterRule(lift, at, rule, segment, (peer) => resolve(lift, peer, segment.segment)),
        );
      });
    }
    for (const direction of ["in", "out"] as const) {
      addFilter(lift, segment.segment, direction, rules[direction], "deny", otherwiseOrigin);
    }
  }
}

function rulesByGroup(lift: PlaceLift): Map<string, WrittenRule[]> {
  const byGroup = new Map<string, WrittenRule[]>();
  for (const resource of lift.plan.ofType(...standaloneTypes)) {
    attempt(lift, () => {
      const group = lift.plan.follow(awsGroupOf(resource), awsRuleTypes.group);
      if (group.state !== "resource") return;
      const rules = byGroup.get(group.resource.urn) ?? [];
      byGroup.set(group.resource.urn, [...rules, ...awsRulesOf(resource)]);
    });
  }
  return byGroup;
}

function inlineRules(lift: PlaceLift, group: PlannedResource): WrittenRule[] {
  let rules: WrittenRule[] = [];
  attempt(lift, () => {
    rules = awsRulesOf(group);
  });
  return rules;
}

/**
 * A group stands for the segment that it is marked for; in another place, for that segment's
 * addresses there. Groups without marks and prefix lists leave the answer open.
 */
function resolve(
  lift: PlaceLift,
  peer: Peer,
  own: string,
): Pick<FilterRule, "peers" | "peerSegments"> {
  if (peer.kind === "self") {
    if (peer.at.state === "unknown") throw new Undecided(peer.at.urn, peer.at.path, "unknown");
    return { peers: emptySet, peerSegments: [own] };
  }
  const group = lift.plan.follow(peer.at, awsRuleTypes.group);
  const marks = group.state === "resource" ? marksOf(group.resource) : undefined;
  if (marks?.segment === undefined) {
    throw new Undecided(peer.at.urn, peer.at.path, "unreadable");
  }
  if (marks.place === lift.place.name) return { peers: emptySet, peerSegments: [marks.segment] };
  const other = lift.intent.places.find((place) => place.name === marks.place);
  const addresses =
    other === undefined
      ? undefined
      : planPlace(other, lift.intent.segments).segments.find((s) => s.segment === marks.segment);
  if (addresses === undefined) throw new Undecided(peer.at.urn, peer.at.path, "unreadable");
  const cidrs = segmentPrefixes(addresses).map((cidr) => parseCidr(cidr, peer.at.path));
  return { peers: cidrSet(cidrs), peerSegments: [] };
}
