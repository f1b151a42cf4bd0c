/** Firewall rules of GCP that are for every machine of a network. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import type { WrittenRule } from "../../lift/edge-rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { gcpRulesOf } from "../../lift/gcp-rules.ts";
import type { Relation } from "./refers-to.ts";
import { sureReferrersOf } from "./refers-to.ts";

const policies = [
  gcpTypes.policy,
  gcpTypes.policyWithRules,
  gcpTypes.regionPolicy,
  gcpTypes.regionPolicyWithRules,
] as const;

const firewalls: Relation = {
  from: [gcpTypes.firewall],
  to: [gcpTypes.network],
  properties: ({ inputs }) => [inputs.at("network")],
};

const associations: Relation = {
  from: [gcpTypes.association, gcpTypes.regionAssociation],
  to: [gcpTypes.network],
  properties: ({ inputs }) => [inputs.at("attachmentTarget")],
};

const policyRules: Relation = {
  from: [gcpTypes.policyRule, gcpTypes.regionPolicyRule],
  to: policies,
  properties: ({ inputs }) => [inputs.at("firewallPolicy")],
};

const targets = [
  "targetTags",
  "targetServiceAccounts",
  "targetSecureTags",
  "targetForwardingRules",
];

/**
 * The rules without target of VPC firewalls and of policies; undefined where a policy that is not in
 * the plan guards the network too. Throws `Undecided` where it is not known whose a rule is.
 */
export function rulesForAll(network: PlannedResource, plan: Plan): WrittenRule[] | undefined {
  const attached = sureReferrersOf(plan, network, associations).map(({ inputs }) =>
    plan.follow(inputs.at("firewallPolicy"), ...policies),
  );
  if (attached.some(({ state }) => state !== "resource")) return undefined;
  const planned = attached.flatMap((one) => (one.state === "resource" ? [one.resource] : []));
  return [
    ...sureReferrersOf(plan, network, firewalls),
    ...planned,
    ...planned.flatMap((policy) => sureReferrersOf(plan, policy, policyRules)),
  ]
    .flatMap(gcpRulesOf)
    .map(forAll);
}

/** A rule for some machines lets and stops nobody else: then it is read as one that stops nobody. */
function forAll({ at, read }: WrittenRule): WrittenRule {
  return { at, read: () => (isForAll(at) ? read() : { ...read(), action: "pass" }) };
}

/** Whether the rule names no machines. Throws `Undecided` where that is not known. */
export function isForAll(rule: View): boolean {
  return targets.every((property) => isEmpty(rule.at(property)));
}
