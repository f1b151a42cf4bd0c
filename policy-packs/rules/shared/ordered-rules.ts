/** Firewalls whose rules are read in an order, in three clouds. */
import { everyAddress } from "../../../model/base/address.ts";
import { emptySet, union } from "../../../model/base/interval-set.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { AclEntry } from "../../lift/aws/acl-entry.ts";
import { aclActionOf, aclEntriesOf } from "../../lift/aws/acl-entry.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { azureRulesOf, azureRuleTypes, azureSourcePorts } from "../../lift/azure-rules.ts";
import type { EdgeRule, WrittenRule } from "../../lift/edge-rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import { gcpRulesOf, gcpRuleTypes } from "../../lift/gcp-rules.ts";
import { settle } from "../../lift/uncertain.ts";
import { addTo, perPlan } from "./per-plan.ts";
import type { OrderedRule, Side } from "./rule-shadow.ts";

/** A rule where it is written, and the resource in which it stands. */
export interface OrderedEntry {
  readonly in: PlannedResource;
  readonly at: View;
  /** What it does, where that can be told without the rest. */
  readonly action?: () => OrderedRule["action"];
  /** Throws `Undecided`. Undefined of a rule that matches by what is not said in addresses. */
  readonly read: () => OrderedRule | undefined;
}

/** Canonical types that hold ordered rules. */
export const orderedTypes = [
  awsTypes.acl,
  awsTypes.defaultAcl,
  awsTypes.aclRule,
  azureRuleTypes.group,
  azureRuleTypes.rule,
  gcpRuleTypes.firewall,
  gcpRuleTypes.policyRule,
] as const;

/** Firewalls by the resource in which any of their rules stands. */
export const orderedFirewalls = perPlan(
  (plan: Plan): ReadonlyMap<PlannedResource, readonly OrderedEntry[]> => {
    const byFirewall = new Map<PlannedResource | string, OrderedEntry[]>();
    const adrift = new Map<string, OrderedEntry[]>();
    for (const resource of plan.ofType(...orderedTypes)) {
      const firewall = settle(() => firewallOf(resource, plan));
      if (firewall instanceof Undecided) addTo(adrift, resource.type, open(resource, firewall));
      else for (const entry of entriesIn(resource, plan)) addTo(byFirewall, firewall, entry);
    }
    const found = new Map<PlannedResource, readonly OrderedEntry[]>();
    for (const entries of byFirewall.values()) {
      const types = new Set(entries.map((entry) => entry.in.type));
      // A rule of which nobody knows where it stands may stand here.
      const all = [...entries, ...ruleTypesOf(types).flatMap((type) => adrift.get(type) ?? [])];
      for (const entry of entries) found.set(entry.in, all);
    }
    for (const entries of adrift.values())
      for (const entry of entries) found.set(entry.in, [entry]);
    return found;
  },
);

/** The types whose rules may stand beside those of the given ones. */
function ruleTypesOf(types: ReadonlySet<string>): readonly string[] {
  const families: readonly (readonly string[])[] = [
    [awsTypes.acl, awsTypes.defaultAcl, awsTypes.aclRule],
    [azureRuleTypes.group, azureRuleTypes.rule],
    [gcpRuleTypes.firewall],
    [gcpRuleTypes.policyRule],
  ];
  return families.find((family) => family.some((type) => types.has(type))) ?? [];
}

/** Each rule is asked for by every other of its firewall. */
function readOnce(entry: OrderedEntry): OrderedEntry {
  let known: { readonly rule: OrderedRule | undefined | Undecided } | undefined;
  const read = () => {
    known ??= { rule: settle(entry.read) };
    if (known.rule instanceof Undecided) throw known.rule;
    return known.rule;
  };
  return { ...entry, read };
}

/** Something of which it is not known what it says. */
function open(resource: PlannedResource, undecided: Undecided): OrderedEntry {
  return {
    in: resource,
    at: resource.inputs,
    read: () => {
      throw undecided;
    },
  };
}

/** The resource, or the name, that all rules of one firewall share. */
function firewallOf(resource: PlannedResource, plan: Plan): PlannedResource | string {
  const { inputs, type } = resource;
  const shared = (property: View, ...types: readonly string[]) => {
    const target = plan.follow(property, ...types);
    if (target.state === "resource") return target.resource;
    return target.state === "outside" ? `${type} ${target.value}` : resource;
  };
  switch (type) {
    case awsTypes.aclRule:
      return shared(inputs.at("networkAclId"), awsTypes.acl, awsTypes.defaultAcl);
    case azureRuleTypes.rule:
      return shared(inputs.at("networkSecurityGroupName"), azureRuleTypes.group);
    case gcpRuleTypes.firewall:
      return shared(inputs.at("network"), gcpRuleTypes.network);
    case gcpRuleTypes.policyRule:
      return shared(inputs.at("firewallPolicy"), gcpRuleTypes.policy);
    default:
      return resource;
  }
}

function entriesIn(resource: PlannedResource, plan: Plan): readonly OrderedEntry[] {
  const entries = settle(() => writtenIn(resource, plan));
  return entries instanceof Undecided ? [open(resource, entries)] : entries.map(readOnce);
}

function writtenIn(resource: PlannedResource, plan: Plan): readonly OrderedEntry[] {
  switch (resource.type) {
    case azureRuleTypes.group:
    case azureRuleTypes.rule:
      return azureRulesOf(resource).map((rule) => edgeEntry(resource, rule));
    case gcpRuleTypes.firewall:
    case gcpRuleTypes.policyRule:
      return gcpRulesOf(resource).map((rule) => gcpEntry(resource, rule));
    default:
      return aclEntriesOf(resource, plan)
        .filter(({ at }) => at.urn === resource.urn)
        .map((entry) => aclEntry(resource, entry));
  }
}

function aclEntry(resource: PlannedResource, { at, direction, read }: AclEntry): OrderedEntry {
  const standalone = resource.type === awsTypes.aclRule;
  const number = at.at(standalone ? "ruleNumber" : "ruleNo");
  return {
    in: resource,
    at,
    action: () => aclActionOf(at.at(standalone ? "ruleAction" : "action")),
    read: () => {
      const { action, selectors, addresses } = read();
      return {
        direction: direction(),
        action,
        order: number.number() ?? 0,
        selectors,
        other: { addresses },
        own: { addresses: everyAddress },
      };
    },
  };
}

function edgeEntry(resource: PlannedResource, rule: WrittenRule): OrderedEntry {
  return {
    in: resource,
    at: rule.at,
    read: () =>
      readable(() =>
        // A rule for some source ports lets others through to the next.
        azureSourcePorts(rule.at) === undefined ? orderedRule(rule.read()) : undefined,
      ),
  };
}

/** Lower priorities come first, and of two with the same a deny. */
function gcpEntry(resource: PlannedResource, rule: WrittenRule): OrderedEntry {
  const narrowed = ["targetTags", "targetServiceAccounts", "targetSecureTags", "targetResources"];
  return {
    in: resource,
    at: rule.at,
    read: () =>
      readable(() => {
        if (rule.at.at("disabled").flag() === true) return undefined;
        const read = orderedRule(rule.read());
        if (read === undefined) return undefined;
        const targets = narrowed.filter((key) => !isEmpty(rule.at.at(key)));
        const order = read.order * 2 + (read.action === "allow" ? 1 : 0);
        if (targets.length === 0) return { ...read, order };
        const texts = targets.map((key) => textOf(rule.at.at(key)));
        return { ...read, order, own: { ...read.own, only: texts.join() } };
      }),
  };
}

/** Targets as a text; those that are not known yet are like nobody else's. */
function textOf(targets: View): string {
  const plain = settle(() => targets.plain());
  return plain instanceof Undecided ? `${targets.urn} ${targets.path}` : JSON.stringify(plain);
}

/** What the documents say in other ways than by addresses is left out, what is unknown is not. */
function readable<T>(body: () => T): T | undefined {
  const value = settle(body);
  if (!(value instanceof Undecided)) return value;
  if (value.because === "unknown") throw value;
  return undefined;
}

/** A rule that leaves the packet to the next plane stands in nobody's way. */
function orderedRule(rule: EdgeRule): OrderedRule | undefined {
  const { action } = rule;
  if (action === "pass") return undefined;
  return {
    direction: rule.direction,
    action,
    order: rule.priority,
    selectors: rule.selectors,
    other: otherSide(rule),
    own: ownSide(rule),
  };
}

function otherSide({ peers }: EdgeRule): Side {
  let addresses = emptySet;
  let doubt: Undecided | undefined;
  const named: string[] = [];
  for (const peer of peers) {
    if (peer.kind === "addresses") {
      const some = settle(peer.addresses);
      if (some instanceof Undecided) doubt ??= some;
      else addresses = union(addresses, some);
    } else if (peer.kind === "tag") named.push(`tag ${peer.tag.toLowerCase()}`);
    // Which group it is matters to nobody: a group is never everybody.
    else named.push(peer.at.state === "known" ? (peer.at.text() ?? "") : `unknown ${peer.at.urn}`);
  }
  return {
    addresses,
    ...(named.length === 0 ? {} : { only: named.sort().join() }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** Application groups on the guarded side are some of its members. */
function ownSide(rule: EdgeRule): Side {
  if (rule.own === undefined) return { addresses: everyAddress };
  const addresses = settle(rule.own);
  if (!(addresses instanceof Undecided)) return { addresses };
  if (addresses.because === "unknown") return { addresses: emptySet, doubt: addresses };
  return { addresses: emptySet, only: "some members" };
}
