/**
 * What the clouds refuse of lists of rules: two rules of one number where each must have its own,
 * numbers out of range, and more rules than the usual quota. Such a plan fails half-way through.
 */
import type { Plan, PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { awsTypes } from "./aws/types.ts";
import { awsRuleTypes } from "./aws-rules.ts";
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
  /** As people call it: `inbound rules of web`, `rules of policy`. */
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

/** Where rules are written: in a list of the resource that holds them, or each as a resource. */
interface Source {
  readonly type: string;
  /** The list in the resource. */
  readonly list?: string;
  /** The reference of a rule to what holds it, and the type of that. */
  readonly holder?: readonly [key: string, type: string];
  /** What the rules are told apart by, beside what holds them. */
  readonly word: (rule: View) => string;
  /** The property with the rule's number. */
  readonly number?: string;
  readonly limits: Limits;
}

const inbound = () => "inbound";
const outbound = () => "outbound";
const azureWord = (rule: View) => rule.at("direction").text()?.toLowerCase() ?? "";
const { awsGroup, awsAcl, azureGroup, gcpPolicy } = limits;
const sources: readonly Source[] = [
  { type: awsRuleTypes.group, list: "ingress", word: inbound, limits: awsGroup },
  { type: awsRuleTypes.group, list: "egress", word: outbound, limits: awsGroup },
  {
    type: awsRuleTypes.ingress,
    holder: ["securityGroupId", awsRuleTypes.group],
    word: inbound,
    limits: awsGroup,
  },
  {
    type: awsRuleTypes.egress,
    holder: ["securityGroupId", awsRuleTypes.group],
    word: outbound,
    limits: awsGroup,
  },
  { type: awsTypes.acl, list: "ingress", word: inbound, number: "ruleNo", limits: awsAcl },
  { type: awsTypes.acl, list: "egress", word: outbound, number: "ruleNo", limits: awsAcl },
  {
    type: awsTypes.aclRule,
    holder: ["networkAclId", awsTypes.acl],
    word: (rule) => (rule.at("egress").flag() === true ? "outbound" : "inbound"),
    number: "ruleNumber",
    limits: awsAcl,
  },
  {
    type: azureTypes.securityGroup,
    list: "securityRules",
    word: azureWord,
    number: "priority",
    limits: azureGroup,
  },
  {
    type: azureTypes.securityRule,
    holder: ["networkSecurityGroupName", azureTypes.securityGroup],
    word: azureWord,
    number: "priority",
    limits: azureGroup,
  },
  {
    type: gcpTypes.policyRule,
    holder: ["firewallPolicy", gcpTypes.policy],
    word: () => "",
    number: "priority",
    limits: gcpPolicy,
  },
];

/** Everything of the kind in the plan. What cannot be read keeps the verdict open elsewhere. */
export function ruleNotes(plan: Plan): RuleNote[] {
  const lists = new Map<string, RuleList>();
  for (const source of sources) {
    for (const resource of plan.ofType(source.type)) {
      settle(() => addRules(plan, source, resource, lists));
    }
  }
  return [...lists.values()].flatMap((list) => [...twice(list), ...strange(list), ...many(list)]);
}

function addRules(
  plan: Plan,
  { list, holder, word, number, limits }: Source,
  resource: PlannedResource,
  lists: Map<string, RuleList>,
): void {
  const held = holder === undefined ? resource : holderOf(plan, resource, ...holder);
  if (held === undefined) return;
  for (const at of list === undefined ? [resource.inputs] : entriesOf(resource.inputs.at(list))) {
    const read = number === undefined ? undefined : settle(() => at.at(number).number());
    const key = `${held.urn} ${word(at)}`;
    const known = lists.get(key) ?? {
      name: `${word(at)} rules of ${held.name}`.trim(),
      rules: [],
      limits,
    };
    known.rules.push({ at, number: read instanceof Undecided ? undefined : read });
    lists.set(key, known);
  }
}

function holderOf(
  plan: Plan,
  { inputs }: PlannedResource,
  key: string,
  type: string,
): PlannedResource | undefined {
  const found = plan.follow(inputs.at(key), type);
  return found.state === "resource" ? found.resource : undefined;
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
