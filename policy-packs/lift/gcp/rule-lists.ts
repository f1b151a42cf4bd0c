/** Which lists of firewall rules guard a network, in order ("Firewall policy and rule evaluation order"). */
import type { Plan, PlannedResource, Reference } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import { defaultRules } from "./default-rules.ts";
import { accountOf, secureTagsOf } from "./ends.ts";
import type { FirewallRule, Named } from "./firewall-rules.ts";
import { readPolicyRule, readVpcRule } from "./firewall-rules.ts";
import { inheritedPolicies } from "./hierarchy.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { defaultNetwork } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** Rules of one kind that are read together. */
export interface RuleList {
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
    const rules = rulesOfPolicy(plan, policy, hierarchicalKind, draft).map((rule) => ({
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
    { type: gcpTypes.association, says: "global network firewall policy", kind: globalKind },
    {
      type: gcpTypes.regionAssociation,
      says: "regional network firewall policy",
      kind: regionalKind,
    },
  ];
  return kinds.flatMap(({ type, says, kind }) =>
    plan.ofType(type).flatMap(({ urn, inputs }) => {
      const lists: RuleList[] = [];
      draft.attempt(() => {
        if (found.networkOf(inputs.at("attachmentTarget"))?.id !== network.id) return;
        const regional = kind === regionalKind;
        const where = regional ? (inputs.at("region").text() ?? "") : "";
        if (regional && where !== region && where !== "" && region !== "") return;
        const doubts =
          regional && where !== region ? [unknownCondition({ urn, path: "region" })] : [];
        const rules = rulesOfPolicy(plan, inputs.at("firewallPolicy"), kind, draft).map((rule) => ({
          ...rule,
          conditions: [...rule.conditions, ...doubts],
        }));
        lists.push({ says, rules });
      });
      return lists;
    }),
  );
}

/** A kind of policy: of what types it and its rules are. */
interface PolicyKind {
  readonly policies: readonly string[];
  readonly rule: string;
}

const globalKind: PolicyKind = {
  policies: [gcpTypes.policy, gcpTypes.policyWithRules],
  rule: gcpTypes.policyRule,
};
const regionalKind: PolicyKind = {
  policies: [gcpTypes.regionPolicy, gcpTypes.regionPolicyWithRules],
  rule: gcpTypes.regionPolicyRule,
};
const hierarchicalKind: PolicyKind = {
  policies: [gcpTypes.hierarchicalPolicy, gcpTypes.hierarchicalWithRules],
  rule: gcpTypes.hierarchicalRule,
};

/** Rules of a policy, inside it or standing alone; priorities in a policy are unique. */
function rulesOfPolicy(
  plan: Plan,
  reference: PlannedResource["inputs"],
  { policies, rule }: PolicyKind,
  draft: Draft,
): FirewallRule[] {
  const rules: FirewallRule[] = [];
  draft.attempt(() => {
    const policy = plan.follow(reference, ...policies);
    // What else an existing policy says is not seen here.
    if (policy.state === "outside") draft.open(reference);
    if (policy.state === "resource") {
      rules.push(...entriesOf(policy.resource.inputs.at("rules")).flatMap(readPolicyRule));
    }
    for (const { inputs } of plan.ofType(rule)) {
      draft.attempt(() => {
        const owner = plan.follow(inputs.at("firewallPolicy"), ...policies);
        if (isSame(owner, policy)) rules.push(...readPolicyRule(inputs));
      });
    }
  });
  return rules.toSorted((a, b) => a.priority - b.priority);
}

function isSame(a: Reference, b: Reference): boolean {
  if (a.state === "resource") return b.state === "resource" && a.resource === b.resource;
  return a.state === "outside" && b.state === "outside" && a.value === b.value;
}

/** The network tags, secure tags and accounts by which the rules of a network name ends. */
export function namesIn(plan: Plan, lists: readonly RuleList[]) {
  const lines = lists.flatMap(({ rules }) =>
    rules.flatMap(({ peers, targets: own }) => [peers, own]),
  );
  const all = lines.flat();
  const of = (kind: Named["kind"], read: (at: PlannedResource["inputs"]) => string) =>
    all.flatMap((one) => {
      if (one.kind !== kind || one.kind === "addresses") return [];
      const value = settle(() => read(one.at));
      return value instanceof Undecided ? [] : [value];
    });
  return {
    networkTags: new Set(of("network-tag", (at) => at.text() ?? "")),
    secureTags: new Set(
      lines.flatMap((line) => {
        const tags = settle(() => secureTagsOf(plan, line));
        return tags instanceof Undecided ? [] : tags;
      }),
    ),
    accounts: new Set(of("account", (at) => accountOf(plan, at))),
  };
}
