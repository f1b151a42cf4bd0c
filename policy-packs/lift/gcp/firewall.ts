/**
 * The firewall of a network for what stands in it: tiers in the order of "Firewall policy and rule
 * evaluation order", each handing on what none of its rules matches, the implied rules last.
 */
import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, union } from "../../../model/base/interval-set.ts";
import type { Condition, Direction, Rule, Stage, Tier } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { settle, underConditions, unknownCondition } from "../uncertain.ts";
import { accountOf, endsOf, secureTagOf } from "./ends.ts";
import type { FirewallRule, Named } from "./firewall-rules.ts";
import { readPolicyRule, readVpcRule } from "./firewall-rules.ts";
import { inheritedPolicies } from "./hierarchy.ts";
import { defaultRules } from "./default-rules.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { defaultNetwork } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** Whom rules may be for. */
export interface Identity {
  readonly network: GcpNetwork;
  readonly region: string;
  readonly networkTags: readonly string[];
  /** URNs or ids of secure tags. */
  readonly secureTags: readonly string[];
  /** URN or address of its service account. */
  readonly account: string | undefined;
  /** Why it may carry tags, or run as an account, that nobody sees. */
  readonly open: readonly Condition[];
}

/** Rules of one kind that are read together. */
interface RuleList {
  readonly says: string;
  readonly rules: readonly FirewallRule[];
}

/** All lists of rules that guard a network, in order; `region` is empty where it is not known. */
export function ruleLists(
  plan: Plan,
  found: GcpNetworks,
  network: GcpNetwork,
  region: string,
  draft: Draft,
): RuleList[] {
  const hierarchical = inheritedPolicies(plan, network).map(({ policy, conditions }) => {
    const rules = rulesOfPolicy(plan, policy, draft).map((rule) => ({
      ...rule,
      conditions: [...rule.conditions, ...conditions],
    }));
    return { says: "hierarchical firewall policy", rules };
  });
  const classic = { says: "VPC firewall rules", rules: vpcRules(plan, found, network, draft) };
  const policies = networkPolicies(plan, found, network, region, draft);
  const order = settle(() =>
    network.resource?.inputs.at("networkFirewallPolicyEnforcementOrder").text(),
  );
  if (order instanceof Undecided) draft.open(order);
  const isFirst = order === "BEFORE_CLASSIC_FIREWALL";
  return [...hierarchical, ...(isFirst ? [...policies, classic] : [classic, ...policies])];
}

function vpcRules(
  plan: Plan,
  found: GcpNetworks,
  network: GcpNetwork,
  draft: Draft,
): FirewallRule[] {
  const rules: FirewallRule[] = network.id === defaultNetwork ? [...defaultRules()] : [];
  for (const { inputs } of plan.ofType(gcpTypes.firewall)) {
    draft.attempt(() => {
      if (found.networkOf(inputs.at("network"))?.id === network.id)
        rules.push(...readVpcRule(inputs));
    });
  }
  // Of equal priorities, the one that denies takes precedence.
  const rank = ({ priority, action }: FirewallRule) => priority * 2 + (action === "deny" ? 0 : 1);
  return rules.toSorted((a, b) => rank(a) - rank(b));
}

function networkPolicies(
  plan: Plan,
  found: GcpNetworks,
  network: GcpNetwork,
  region: string,
  draft: Draft,
): RuleList[] {
  const kinds = [
    { type: gcpTypes.association, says: "global network firewall policy", regional: false },
    { type: gcpTypes.regionAssociation, says: "regional network firewall policy", regional: true },
  ];
  return kinds.flatMap(({ type, says, regional }) =>
    plan.ofType(type).flatMap(({ urn, inputs }) => {
      const lists: RuleList[] = [];
      draft.attempt(() => {
        if (found.networkOf(inputs.at("attachmentTarget"))?.id !== network.id) return;
        const where = regional ? (inputs.at("region").text() ?? "") : "";
        if (regional && where !== region && where !== "" && region !== "") return;
        const doubts =
          regional && where !== region ? [unknownCondition({ urn, path: "region" })] : [];
        const rules = rulesOfPolicy(plan, inputs.at("firewallPolicy"), draft).map((rule) => ({
          ...rule,
          conditions: [...rule.conditions, ...doubts],
        }));
        lists.push({ says, rules });
      });
      return lists;
    }),
  );
}

const policyTypes = [
  gcpTypes.policy,
  gcpTypes.policyWithRules,
  gcpTypes.regionPolicy,
  gcpTypes.regionPolicyWithRules,
  gcpTypes.hierarchicalPolicy,
  gcpTypes.hierarchicalWithRules,
] as const;

/** Rules of a policy, inside it or standing alone; priorities in a policy are unique. */
function rulesOfPolicy(
  plan: Plan,
  reference: PlannedResource["inputs"],
  draft: Draft,
): FirewallRule[] {
  const policy = plan.follow(reference, ...policyTypes);
  // What an existing policy says is not seen here.
  if (policy.state !== "resource") throw new Undecided(reference.urn, reference.path, "unreadable");
  const rules = entriesOf(policy.resource.inputs.at("rules")).flatMap(readPolicyRule);
  const types = [gcpTypes.policyRule, gcpTypes.regionPolicyRule, gcpTypes.hierarchicalRule];
  for (const { inputs } of plan.ofType(...types)) {
    draft.attempt(() => {
      const owner = plan.follow(inputs.at("firewallPolicy"), ...policyTypes);
      const isOwn = owner.state === "resource" && owner.resource === policy.resource;
      if (isOwn) rules.push(...readPolicyRule(inputs));
    });
  }
  return rules.toSorted((a, b) => a.priority - b.priority);
}

/** What VPC networks do where no rule matches ("Implied rules"). */
const implied = {
  in: { otherwise: "deny", otherwiseOrigin: "implied rule: ingress is denied (65535)" },
  out: { otherwise: "allow", otherwiseOrigin: "implied rule: egress is allowed (65535)" },
} as const;

/** The stage of one direction for an identity. */
export function firewallStage(
  id: string,
  plan: Plan,
  found: GcpNetworks,
  direction: Direction,
  lists: readonly RuleList[],
  identity: Identity,
): Stage {
  const tiers = lists.flatMap(({ says, rules }): Tier[] => {
    const compiled = rules
      .filter((rule) => rule.direction === direction)
      .flatMap((rule) => compile(plan, found, rule, identity));
    if (compiled.length === 0) return [];
    return [{ rules: compiled, otherwise: "pass", otherwiseOrigin: `${says}: no rule matches` }];
  });
  const last: Tier = { rules: [], ...implied[direction] };
  return { id, plane: "firewall", direction, stateful: true, tiers: [...tiers, last] };
}

function compile(plan: Plan, found: GcpNetworks, rule: FirewallRule, identity: Identity): Rule[] {
  const target = targets(plan, found, rule, identity);
  if (target === "no") return [];
  const ends = endsOf(plan, found, identity.network, rule);
  const own = ownSide(rule);
  const conditions = [...rule.conditions, ...target, ...own.conditions];
  const common = {
    action: rule.action,
    ...(own.addresses === undefined ? {} : { own: own.addresses }),
    selectors: rule.selectors,
    origin: rule.origin,
  };
  const more = [...conditions, ...ends.conditions];
  return [
    ...(ends.sure.length === 0
      ? []
      : [{ ...common, peers: ends.sure, ...underConditions(conditions) }]),
    ...(ends.perhaps.length === 0
      ? []
      : [{ ...common, peers: ends.perhaps, ...underConditions(more) }]),
  ];
}

function ownSide({ own }: FirewallRule): {
  readonly addresses: IntervalSet | undefined;
  readonly conditions: readonly Condition[];
} {
  if (own.length === 0) return { addresses: undefined, conditions: [] };
  const read = settle(() => own.map(addressesOf).reduce(union, []));
  if (read instanceof Undecided) {
    return { addresses: undefined, conditions: [unknownCondition(read)] };
  }
  return { addresses: covers(read, everyAddress) ? undefined : read, conditions: [] };
}

/** Whether the rule is for the identity: surely not, or under which conditions. */
function targets(
  plan: Plan,
  found: GcpNetworks,
  rule: FirewallRule,
  identity: Identity,
): "no" | readonly Condition[] {
  const networks = among(rule.networks, (at) => found.networkOf(at)?.id === identity.network.id);
  if (networks === "no") return "no";
  const named = among(rule.targets, (target) => isNamed(plan, target, identity));
  if (named !== "no") return [...networks, ...named];
  return identity.open.length > 0 ? [...networks, ...identity.open] : "no";
}

/** Whether one of the list is meant; an empty list means everybody. */
function among<T>(list: readonly T[], isMeant: (one: T) => boolean): "no" | readonly Condition[] {
  if (list.length === 0) return [];
  const answers = list.map((one) => settle(() => isMeant(one)));
  if (answers.includes(true)) return [];
  const open = answers.filter((answer) => answer instanceof Undecided);
  return open.length === 0 ? "no" : open.map(unknownCondition);
}

function isNamed(plan: Plan, target: Named, identity: Identity): boolean {
  switch (target.kind) {
    case "network-tag":
      return identity.networkTags.includes(target.at.text() ?? "");
    case "secure-tag":
      return identity.secureTags.includes(secureTagOf(plan, target.at));
    case "account":
      return identity.account === accountOf(plan, target.at);
    default:
      return false;
  }
}

/** The network tags, secure tags and accounts by which the rules of a network name ends. */
export function namesIn(plan: Plan, lists: readonly RuleList[]) {
  const all = lists.flatMap(({ rules }) =>
    rules.flatMap(({ peers, targets: own }) => [...peers, ...own]),
  );
  const of = (kind: Named["kind"], read: (at: PlannedResource["inputs"]) => string) =>
    all.flatMap((one) => {
      if (one.kind !== kind || one.kind === "addresses") return [];
      const value = settle(() => read(one.at));
      return value instanceof Undecided ? [] : [value];
    });
  return {
    networkTags: new Set(of("network-tag", (at) => at.text() ?? "")),
    secureTags: new Set(of("secure-tag", (at) => secureTagOf(plan, at))),
    accounts: new Set(of("account", (at) => accountOf(plan, at))),
  };
}
