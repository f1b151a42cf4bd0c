/** Lifts network firewall policies and VPC firewalls of a GCP place. */
import { emptySet } from "../../model/base/interval-set.ts";
import type { SegmentAddresses } from "../../model/network/address-plan.ts";
import type { Direction, FilterRule } from "../../model/network/filter.ts";
import type { PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import type { EdgeRule, Peer } from "./edge-rule.ts";
import { entriesOf } from "./entries.ts";
import { gcpRulesOf, gcpRuleTypes, isDisabled } from "./gcp-rules.ts";
import type { PlaceLift } from "./network-context.ts";
import { addFilter, attempt, filterRule, marksOf } from "./network-context.ts";

/** What VPC networks do where no rule matches (VPC documentation, "Implied rules"). */
const implied = {
  in: { action: "deny", origin: "GCP's implied rule denies what comes in" },
  out: { action: "allow", origin: "GCP's implied rule allows what goes out" },
} as const;

interface Placed {
  readonly resource: PlannedResource;
  readonly at: View;
  readonly rule: EdgeRule;
}

/** Adds the filters of every segment; the implied rules guard those without rules. */
export function liftGcpPlace(lift: PlaceLift): void {
  const rules = inOrder(lift, planes(lift));
  for (const segment of lift.segments) {
    const kept: Record<Direction, (FilterRule | undefined)[]> = { in: [], out: [] };
    for (const { resource, at, rule } of rules) {
      attempt(lift, () => {
        if (!targets(lift, resource, segment)) return;
        kept[rule.direction].push(
          filterRule(lift, at, rule, segment, (peer) => resolve(lift, peer)),
        );
      });
    }
    for (const direction of ["in", "out"] as const) {
      const { action, origin } = implied[direction];
      addFilter(lift, segment.segment, direction, kept[direction], action, origin);
    }
  }
}

/** VPC firewalls come first unless the network says otherwise ("Policy evaluation order"). */
function planes(lift: PlaceLift): readonly string[] {
  const order = [gcpRuleTypes.firewall, gcpRuleTypes.policyRule];
  let policyFirst = false;
  for (const network of lift.plan.ofType(gcpRuleTypes.network)) {
    attempt(lift, () => {
      if (marksOf(network)?.place !== lift.place.name) return;
      const text = network.inputs.at("networkFirewallPolicyEnforcementOrder").text();
      policyFirst ||= text === "BEFORE_CLASSIC_FIREWALL";
    });
  }
  return policyFirst ? order.toReversed() : order;
}

/** Rules of the place: plane by plane, lower priority first, deny before allow where equal. */
function inOrder(lift: PlaceLift, order: readonly string[]): Placed[] {
  return order.flatMap((type) => {
    const placed: Placed[] = [];
    for (const resource of lift.plan.ofType(type)) {
      attempt(lift, () => {
        if (isDisabled(resource) || !isHere(lift, resource) || !isAttached(lift, resource)) return;
        for (const { at, read } of gcpRulesOf(resource))
          placed.push({ resource, at, rule: read() });
      });
    }
    const rank = ({ rule }: Placed) => rule.priority * 2 + (rule.action === "deny" ? 0 : 1);
    return placed.sort((a, b) => rank(a) - rank(b));
  });
}

/**
 * Whether the rule belongs to the place: by the marks of its policy or network, and without them
 * if the intent has only one place in GCP.
 */
function isHere(lift: PlaceLift, resource: PlannedResource): boolean {
  const alone = lift.intent.places.filter((place) => place.cloud === "gcp").length === 1;
  const property = resource.type === gcpRuleTypes.firewall ? "network" : "firewallPolicy";
  const reference = resource.inputs.at(property);
  const type = property === "network" ? gcpRuleTypes.network : gcpRuleTypes.policy;
  try {
    const target = lift.plan.follow(reference, type);
    const marks = target.state === "resource" ? marksOf(target.resource) : undefined;
    if (marks !== undefined) return marks.place === lift.place.name;
  } catch (error) {
    if (!alone || !(error instanceof Undecided)) throw error;
  }
  if (alone) return true;
  throw new Undecided(reference.urn, reference.path, "unreadable");
}

/** A policy that is attached to no network filters nothing. */
function isAttached(lift: PlaceLift, rule: PlannedResource): boolean {
  if (rule.type !== gcpRuleTypes.policyRule) return true;
  const policy = lift.plan.follow(rule.inputs.at("firewallPolicy"), gcpRuleTypes.policy);
  if (policy.state !== "resource") return true;
  return lift.plan.ofType(gcpRuleTypes.association).some((association) => {
    const attached = lift.plan.follow(association.inputs.at("firewallPolicy"), gcpRuleTypes.policy);
    return attached.state === "resource" && attached.resource === policy.resource;
  });
}

/** A rule without targets is for the whole network. */
function targets(lift: PlaceLift, resource: PlannedResource, segment: SegmentAddresses): boolean {
  const tags = entriesOf(resource.inputs.at("targetSecureTags"));
  for (const property of ["targetTags", "targetServiceAccounts"]) {
    const view = resource.inputs.at(property);
    // Network tags and service accounts name machines, which the model does not know.
    if (entriesOf(view).length > 0) throw new Undecided(view.urn, view.path, "unreadable");
  }
  if (tags.length === 0) return true;
  return tags.some((tag) => segmentOfTag(lift, tag.at("name")) === segment.segment);
}

function segmentOfTag(lift: PlaceLift, name: View): string | undefined {
  const value = lift.plan.follow(name, gcpRuleTypes.tagValue);
  if (value.state !== "resource") throw new Undecided(name.urn, name.path, "unreadable");
  return marksOf(value.resource)?.segment ?? value.resource.inputs.at("shortName").text();
}

function resolve(lift: PlaceLift, peer: Peer): Pick<FilterRule, "peers" | "peerSegments"> {
  const segment = segmentOfTag(lift, peer.at);
  if (lift.segments.some((known) => known.segment === segment)) {
    return { peers: emptySet, peerSegments: [segment ?? ""] };
  }
  throw new Undecided(peer.at.urn, peer.at.path, "unreadable");
}
