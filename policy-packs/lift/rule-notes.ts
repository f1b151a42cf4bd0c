/**
 * What the clouds refuse of lists of rules: two rules of one number where each must have its own,
 * numbers out of range, and more rules than the usual quota. Such a plan fails half-way through.
 */
import type { Plan, PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { awsTypes } from "./aws/types.ts";
import { awsGroupOf, awsRuleTypes } from "./aws-rules.ts";
import { azureTypes } from "./azure/types.ts";
import { entriesOf } from "./entries.ts";
import { gcpTypes } from "./gcp/types.ts";
import { settle } from "./uncertain.ts";

/** One thing that a cloud will refuse. */
export interface RuleNote {
  readonly code: "rule-number-twice" | "rule-number-invalid" | "rules-too-many";
  readonly urn: string;
  readonly path: string;
  readonly says: string;
}

/** A list of rules of one resource and, where numbers count for each apart, one direction. */
interface RuleList {
  /** As people call it: `inbound rules of web`. */
  readonly name: string;
  readonly rules: { readonly at: View; readonly number: number | undefined }[];
  readonly limits: Limits;
}

interface Limits {
  readonly kind: string;
  readonly rulesMax: number;
  /** Range of numbers, each of which one rule may have; absent where rules have none. */
  readonly numbers?: readonly [from: number, to: number];
}

/** Quotas for a new account; where they can be raised, a plan beyond them needs that first. */
const limits = {
  // Amazon VPC quotas: inbound or outbound rules per security group.
  awsGroup: { kind: "a security group", rulesMax: 60 },
  // Amazon VPC quotas: rules per network ACL; 32767 is the rule *.
  awsAcl: { kind: "a network ACL", rulesMax: 20, numbers: [1, 32766] },
  // Azure Virtual Network limits: rules per NSG; priority 100–4096, once for each direction.
  azureGroup: { kind: "a network security group", rulesMax: 1000, numbers: [100, 4096] },
  // Google Cloud, Firewall policies: priorities 0–2147483547, each once in a policy.
  gcpPolicy: { kind: "a firewall policy", rulesMax: 2000, numbers: [0, 2147483547] },
} as const satisfies Record<string, Limits>;

/** Everything of the kind in the plan. */
export function ruleNotes(plan: Plan): RuleNote[] {
  const lists = new Map<string, RuleList>();
  const add = (
    key: string,
    name: string,
    list: Limits,
    at: View,
    number: View | undefined,
  ): void => {
    const known = lists.get(key) ?? { name, rules: [], limits: list };
    const read = number === undefined ? undefined : settle(() => number.number());
    known.rules.push({ at, number: read instanceof Undecided ? undefined : read });
    lists.set(key, known);
  };
  for (const resource of plan.resources) {
    // What cannot be read keeps the verdict open elsewhere.
    settle(() => readResource(plan, resource, add));
  }
  return [...lists.values()].flatMap((list) => [...twice(list), ...strange(list), ...many(list)]);
}

type Add = (key: string, name: string, of: Limits, at: View, number: View | undefined) => void;

function readResource(plan: Plan, resource: PlannedResource, add: Add): void {
  const { type, urn, name, inputs } = resource;
  const inline = (list: string, word: string, of: Limits, number?: string) => {
    for (const at of entriesOf(inputs.at(list))) {
      add(`${urn} ${word}`, `${word} rules of ${name}`, of, at, number ? at.at(number) : undefined);
    }
  };
  const owner = (reference: View, ...types: readonly string[]) => {
    const found = plan.follow(reference, ...types);
    return found.state === "resource" ? found.resource : undefined;
  };
  const standalone = (
    parent: PlannedResource | undefined,
    word: string,
    of: Limits,
    number?: View,
  ) => {
    if (parent === undefined) return;
    add(`${parent.urn} ${word}`, `${word} rules of ${parent.name}`, of, inputs, number);
  };
  if (type === awsRuleTypes.group || type === awsTypes.acl) {
    const [of, number] =
      type === awsTypes.acl ? [limits.awsAcl, "ruleNo"] : [limits.awsGroup, undefined];
    inline("ingress", "inbound", of, number);
    inline("egress", "outbound", of, number);
  } else if (type === awsRuleTypes.ingress || type === awsRuleTypes.egress) {
    const word = type === awsRuleTypes.ingress ? "inbound" : "outbound";
    standalone(owner(awsGroupOf(resource), awsRuleTypes.group), word, limits.awsGroup);
  } else if (type === awsTypes.aclRule) {
    const word = inputs.at("egress").flag() === true ? "outbound" : "inbound";
    const acl = owner(inputs.at("networkAclId"), awsTypes.acl);
    standalone(acl, word, limits.awsAcl, inputs.at("ruleNumber"));
  } else if (type === azureTypes.securityGroup) {
    for (const at of entriesOf(inputs.at("securityRules"))) {
      const word = wordOf(at);
      const list = `${word} rules of ${name}`;
      add(`${urn} ${word}`, list, limits.azureGroup, at, at.at("priority"));
    }
  } else if (type === azureTypes.securityRule) {
    const group = owner(inputs.at("networkSecurityGroupName"), azureTypes.securityGroup);
    standalone(group, wordOf(inputs), limits.azureGroup, inputs.at("priority"));
  } else if (type === gcpTypes.policyRule) {
    const policy = owner(inputs.at("firewallPolicy"), gcpTypes.policy);
    standalone(policy, "all", limits.gcpPolicy, inputs.at("priority"));
  }
}

function wordOf(at: View): string {
  return (at.at("direction").text() ?? "").toLowerCase();
}

function twice({ name, rules, limits: { kind, numbers } }: RuleList): RuleNote[] {
  if (numbers === undefined) return [];
  const seen = new Map<number, View>();
  return rules.flatMap(({ at, number }): RuleNote[] => {
    if (number === undefined) return [];
    const first = seen.get(number);
    if (first === undefined) {
      seen.set(number, at);
      return [];
    }
    const says = `two ${name} have the number ${number}; ${kind} takes each once. Give one of them another.`;
    return [{ code: "rule-number-twice", urn: at.urn, path: at.path, says }];
  });
}

function strange({ rules, limits: { kind, numbers } }: RuleList): RuleNote[] {
  if (numbers === undefined) return [];
  const [from, to] = numbers;
  return rules.flatMap(({ at, number }): RuleNote[] => {
    if (number === undefined || (number >= from && number <= to)) return [];
    const says = `the number ${number}; ${kind} takes ${from}–${to}. Choose one of these.`;
    return [{ code: "rule-number-invalid", urn: at.urn, path: at.path, says }];
  });
}

function many({ name, rules, limits: { kind, rulesMax } }: RuleList): RuleNote[] {
  const [first] = rules;
  if (first === undefined || rules.length <= rulesMax) return [];
  const says = `${rules.length} ${name}; ${kind} takes ${rulesMax}. Merge some, or have the quota raised first.`;
  return [{ code: "rules-too-many", urn: first.at.urn, path: first.at.path, says }];
}
