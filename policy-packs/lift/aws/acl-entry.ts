/** One entry of a network ACL as planned, inline or standing alone. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Direction } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import { awsSelectors } from "../aws-rules.ts";
import { entriesOf } from "../entries.ts";
import { meaningOf } from "../layer4.ts";
import { awsTypes } from "./types.ts";

/** An entry that has been read. */
export interface AclEdge {
  readonly action: "allow" | "deny";
  readonly selectors: IntervalSet;
  readonly addresses: IntervalSet;
}

/** An entry where it is written; reading it throws `Undecided` while something is unknown. */
export interface AclEntry {
  readonly at: View;
  readonly direction: () => Direction;
  readonly read: () => AclEdge;
}

const aclTypes = [awsTypes.acl, awsTypes.defaultAcl] as const;

/** The planned ACL to which a standalone entry belongs; undefined of an ACL itself and outside. */
export function aclOfEntry(resource: PlannedResource, plan: Plan): PlannedResource | undefined {
  if (resource.type !== awsTypes.aclRule) return undefined;
  const target = plan.follow(resource.inputs.at("networkAclId"), ...aclTypes);
  return target.state === "resource" ? target.resource : undefined;
}

/**
 * All entries of an ACL, or the one that is given, in the order of their numbers. Throws `Undecided`
 * where the order is not known.
 */
export function aclEntriesOf(resource: PlannedResource, plan: Plan): AclEntry[] {
  const numbered =
    resource.type === awsTypes.aclRule
      ? [standalone(resource)]
      : [
          ...inline(resource, "in", "ingress"),
          ...inline(resource, "out", "egress"),
          ...standaloneOf(plan, resource),
        ];
  return numbered.sort((a, b) => a.number - b.number);
}

const byAcl = new WeakMap<Plan, Map<PlannedResource, PlannedResource[]>>();

function standaloneOf(plan: Plan, acl: PlannedResource) {
  const known = byAcl.get(plan) ?? groupByAcl(plan);
  byAcl.set(plan, known);
  return (known.get(acl) ?? []).map(standalone);
}

function groupByAcl(plan: Plan): Map<PlannedResource, PlannedResource[]> {
  const found = new Map<PlannedResource, PlannedResource[]>();
  for (const rule of plan.ofType(awsTypes.aclRule)) {
    const acl = aclOfEntry(rule, plan);
    if (acl === undefined) continue;
    const list = found.get(acl);
    if (list === undefined) found.set(acl, [rule]);
    else list.push(rule);
  }
  return found;
}

function inline({ inputs }: PlannedResource, direction: Direction, key: string) {
  return entriesOf(inputs.at(key)).map((at) => ({
    at,
    number: at.at("ruleNo").number() ?? 0,
    direction: () => direction,
    read: () => edgeOf(at, at.at("action")),
  }));
}

function standalone({ inputs }: PlannedResource) {
  return {
    at: inputs,
    number: inputs.at("ruleNumber").number() ?? 0,
    direction: (): Direction => (inputs.at("egress").flag() === true ? "out" : "in"),
    read: () => {
      // Throws while it is not known which way the packets go.
      inputs.at("egress").flag();
      return edgeOf(inputs, inputs.at("ruleAction"));
    },
  };
}

function edgeOf(entry: View, action: View): AclEdge {
  const blocks = [entry.at("cidrBlock"), entry.at("ipv6CidrBlock")].filter(
    (view) => view.state === "unknown" || (view.text() ?? "") !== "",
  );
  return {
    action: aclActionOf(action),
    selectors: aclSelectorsOf(entry),
    addresses: blocks.map(addressesOf).reduce((all, one) => union(all, one), []),
  };
}

const actions = { allow: "allow", deny: "deny" } as const;

/** What an entry does. Throws `Undecided` for any other word. */
export function aclActionOf(view: View): "allow" | "deny" {
  return meaningOf(view, actions);
}

/** What an entry matches of layer 4. */
export function aclSelectorsOf(entry: View): IntervalSet {
  return awsSelectors(entry.at("protocol"), {
    from: entry.at("fromPort"),
    to: entry.at("toPort"),
    type: entry.at("icmpType"),
    code: entry.at("icmpCode"),
  });
}
