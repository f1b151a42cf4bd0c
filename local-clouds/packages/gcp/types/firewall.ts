/** Firewall rules, firewall policies and secure tags (Compute Engine and Resource Manager APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  globalPath,
  lastPart,
  notFound,
  project,
  selfLink,
  toId,
  toNetwork,
  twentyMinutes,
} from "./common.ts";

import { refuseFirewall } from "./firewall-rules.ts";
import { tagValueToken } from "./secure-tags.ts";

const policyToken = "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy";
const ruleToken = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
const associationToken =
  "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation";
const _tagKeyToken = "gcp:tags/tagKey:TagKey";

/** Highest priority number a policy's rule may have (Cloud NGFW, "Firewall policy rule details"). */
const policyPriorityMax = 2_147_483_547;
/** Secure tags of one rule (same page). */
const tagsPerRuleMax = 256;
const firewallPriorityMax = 65_535;

const firewall: TypeEntry = {
  token: "gcp:compute/firewall:Firewall",
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: { priority: 1000 },
  check: (r) => [...oneKind(r), ...priorityWithin(r, firewallPriorityMax)],
  // The network is not among them: the service refuses its change instead.
  forceNew: ["name", "direction", "project"],
  id: (r) => globalPath(r, "firewalls", r.text("name")),
  planned: { ...project, "allows[*].ports": [], "denies[*].ports": [] },
  normalised: {
    network: (r, given) =>
      selfLink(globalPath(r, "networks", String(given)).replace(/^https:.*\/v1\//, "")),
  },
  outputs: {
    selfLink: (r) => selfLink(r.id),
    creationTimestamp: (r) => r.createdAt,
    description: "",
    direction: "INGRESS",
    disabled: false,
    allows: [],
    denies: [],
    ...absent("logConfig"),
    destinationRanges: [],
    sourceRanges: (r) => (silentSource(r) ? ["0.0.0.0/0"] : []),
    sourceServiceAccounts: [],
    sourceTags: [],
    targetServiceAccounts: [],
    targetTags: [],
  },
  references: [toNetwork("network")],
  admit: (r) =>
    r.before !== undefined && !sameNetwork(r, String(r.before["network"]), r.text("network"))
      ? badRequest("Invalid value for field 'resource.network': the network cannot be changed")
      : refuseFirewall(r),
  timeouts: twentyMinutes,
  schemaVersion: 1,
};

function sameNetwork(r: Resource, before: string, now: string): boolean {
  const path = (value: string) => globalPath(r, "networks", value).replace(/^https:.*\/v1\//, "");
  return path(before) === path(now);
}

function oneKind(r: Resource): InputFault[] {
  const both = r.list("allows").length > 0 && r.list("denies").length > 0;
  return both ? [{ property: "allows", reason: '"allow": conflicts with deny' }] : [];
}

function priorityWithin(r: Resource, most: number): InputFault[] {
  const priority = r.number("priority", 0);
  return Number.isInteger(priority) && priority >= 0 && priority <= most
    ? []
    : [
        {
          property: "priority",
          reason: `expected priority to be in the range (0 - ${most}), got ${priority}`,
        },
      ];
}

/** An ingress rule without any source means everybody (VPC firewall rules, "Source"). */
function silentSource(r: Resource): boolean {
  const none = ["sourceRanges", "sourceTags", "sourceServiceAccounts"].every(
    (key) => r.list(key).length === 0,
  );
  return none && r.text("direction", "INGRESS") === "INGRESS";
}

const policy: TypeEntry = {
  token: policyToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  forceNew: ["name", "project", "policyType"],
  id: (r) => globalPath(r, "firewallPolicies", r.text("name")),
  planned: project,
  outputs: {
    networkFirewallPolicyId: (r) => r.digits("number", 19),
    selfLink: (r) => selfLink(r.id),
    selfLinkWithId: (r) => selfLink(globalPath(r, "firewallPolicies", r.digits("number", 19))),
    creationTimestamp: (r) => r.createdAt,
    fingerprint: (r) => `${r.characters(r.content(), 11)}=`,
    ruleTupleCount: 0,
    policyType: "VPC_POLICY",
  },
  keys: ["selfLink", "selfLinkWithId", "networkFirewallPolicyId"],
  timeouts: twentyMinutes,
};

const association: TypeEntry = {
  token: associationToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  forceNew: ["name", "attachmentTarget", "firewallPolicy", "project"],
  id: (r) =>
    `${globalPath(r, "firewallPolicies", lastPart(r.text("firewallPolicy")))}/associations/${r.text("name")}`,
  planned: project,
  outputs: { shortName: (r) => lastPart(r.text("firewallPolicy")) },
  references: [toNetwork("attachmentTarget"), { ...toPolicy(), holds: true }],
  timeouts: { create: 1200, delete: 1200 },
};

function toPolicy(): {
  at: string;
  to: string;
  key: (r: Resource, value: string) => string;
  missing: ServiceError;
} {
  return {
    at: "firewallPolicy",
    to: policyToken,
    key: (r, value) => globalPath(r, "firewallPolicies", value),
    missing: notFound("The resource 'firewallPolicies/{value}' was not found"),
  };
}

/** What the rules of all kinds of policies have in common. */
export const policyRule = {
  check: (r: Resource): InputFault[] => [
    ...priorityWithin(r, policyPriorityMax),
    ...needsLayer4(r),
  ],
  outputs: {
    kind: "compute#firewallPolicyRule",
    creationTimestamp: (r: Resource) => r.createdAt,
    ruleTupleCount: (r: Resource) => Math.max(1, r.every("match.layer4Configs[*]").length),
    disabled: false,
    "targetSecureTags[*].state": "EFFECTIVE",
    "match.srcSecureTags[*].state": "EFFECTIVE",
  },
  taken: {
    code: "400",
    says: "Invalid value for field 'resource.priority': rule priorities must be unique in a policy, invalid",
  },
  admit: refuseRule,
  timeouts: twentyMinutes,
} as const;

const rule: TypeEntry = {
  ...policyRule,
  token: ruleToken,
  forceNew: ["firewallPolicy", "priority", "project"],
  id: (r) =>
    `${globalPath(r, "firewallPolicies", lastPart(r.text("firewallPolicy")))}/${r.number("priority")}`,
  planned: project,
  references: [
    { ...toPolicy(), cascades: true },
    toId("targetSecureTags[*].name", tagValueToken),
    toId("match.srcSecureTags[*].name", tagValueToken),
  ],
};

function needsLayer4(r: Resource): InputFault[] {
  return r.every("match.layer4Configs[*].ipProtocol").length > 0
    ? []
    : [{ property: "match.layer4Configs", reason: "at least 1 layer4_configs block is required" }];
}

/** What a policy's rule may combine (Cloud NGFW, "Sources and destinations"). */
function refuseRule(r: Resource): ServiceError | undefined {
  const ranges = [...textsAt(r, "match.srcIpRanges[*]"), ...textsAt(r, "match.destIpRanges[*]")];
  const families = new Set(ranges.map((range) => range.includes(":")));
  if (families.size > 1) {
    return badRequest(
      "Invalid value for field 'resource.match': IPv4 and IPv6 ranges cannot be mixed in a rule",
    );
  }
  const ingress = r.text("direction") === "INGRESS";
  const sources = r.every("match.srcIpRanges[*]").length + r.every("match.srcSecureTags[*]").length;
  if (ingress && sources === 0) {
    return badRequest(
      "Invalid value for field 'resource.match': an ingress rule must have a source",
    );
  }
  if (!ingress && r.every("match.destIpRanges[*]").length === 0) {
    return badRequest(
      "Invalid value for field 'resource.match': an egress rule must have a destination",
    );
  }
  if (!ingress && r.every("match.srcSecureTags[*]").length > 0) {
    return badRequest(
      "Invalid value for field 'resource.match.srcSecureTags': not allowed in an egress rule",
    );
  }
  const tags = r.list("targetSecureTags").length;
  return tags > tagsPerRuleMax
    ? badRequest(
        `Invalid value for field 'resource.targetSecureTags': at most ${tagsPerRuleMax} tags`,
      )
    : undefined;
}

function textsAt(r: Resource, path: string): string[] {
  return r.every(path).filter((value): value is string => typeof value === "string");
}

/** The entries of firewalls and secure tags. */
export const firewallTypes: readonly TypeEntry[] = [firewall, policy, association, rule];
