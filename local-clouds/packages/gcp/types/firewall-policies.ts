/** Firewall policies of organisations, folders and regions (Compute Engine API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, TypeEntry } from "../../../types/type.ts";
import { fingerprint, lastPart, notFound, selfLink, toId, toNetwork } from "./common.ts";
import { policyRule } from "./firewall.ts";
import { computeShaped, shaped } from "./shaped.ts";

const hierarchical = "gcp:compute/firewallPolicy:FirewallPolicy";
const regional = "gcp:compute/regionNetworkFirewallPolicy:RegionNetworkFirewallPolicy";
const tagValueToken = "gcp:tags/tagValue:TagValue";

/** A policy of an organisation or a folder; Google numbers it, its short name is the owner's. */
const policy: TypeEntry = {
  token: hierarchical,
  forceNew: ["parent", "shortName"],
  global: true,
  id: (r) => `locations/global/firewallPolicies/${r.digits("number", 12)}`,
  outputs: {
    creationTimestamp: (r) => r.createdAt,
    description: "",
    fingerprint,
    firewallPolicyId: (r) => r.digits("number", 12),
    name: (r) => r.digits("number", 12),
    ruleTupleCount: 0,
    selfLink: (r) => selfLink(r.id),
    selfLinkWithId: (r) => selfLink(r.id),
  },
  keys: ["name", "firewallPolicyId", "selfLink"],
  admit: (r) =>
    r.before === undefined &&
    r
      .all(hierarchical)
      .some(
        ({ properties }) =>
          properties["parent"] === r.text("parent") &&
          properties["shortName"] === r.text("shortName"),
      )
      ? {
          code: "409",
          says: `A firewall policy with short name '${r.text("shortName")}' already exists in ${r.text("parent")}, alreadyExists`,
        }
      : undefined,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

function to(policyToken: string, path: (r: Resource, value: string) => string): Reference {
  return {
    at: "firewallPolicy",
    to: policyToken,
    key: path,
    within: "world",
    missing: notFound("The resource 'firewallPolicies/{value}' was not found"),
  };
}

const globalPolicy = (_: Resource, value: string): string =>
  `locations/global/firewallPolicies/${lastPart(value)}`;
const regionPolicy = (r: Resource, value: string): string =>
  value.includes("/")
    ? value
    : `projects/${r.account}/regions/${r.region}/firewallPolicies/${value}`;

const rule: TypeEntry = shaped({
  ...policyRule,
  token: "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
  form: "locations/global/firewallPolicies/{firewallPolicy}/rules/{priority}",
  global: true,
  references: [
    { ...to(hierarchical, globalPolicy), cascades: true },
    toId("targetSecureTags[*].name", tagValueToken),
    toId("match.srcSecureTags[*].name", tagValueToken),
  ],
});

const association: TypeEntry = shaped({
  token: "gcp:compute/firewallPolicyAssociation:FirewallPolicyAssociation",
  form: "locations/global/firewallPolicies/{firewallPolicy}/associations/{name}",
  forceNew: ["attachmentTarget"],
  global: true,
  outputs: { shortName: (r) => r.target("firewallPolicy")?.properties["shortName"] ?? "" },
  references: [{ ...to(hierarchical, globalPolicy), holds: true }],
  timeouts: { create: 1200, delete: 1200 },
});

const regionalPolicy: TypeEntry = computeShaped({
  token: regional,
  form: "projects/{project}/regions/{region}/firewallPolicies/{name}",
  forceNew: ["policyType"],
  outputs: {
    fingerprint,
    regionNetworkFirewallPolicyId: (r) => r.digits("number", 19),
    ruleTupleCount: 0,
    policyType: "VPC_POLICY",
    selfLinkWithId: (r) =>
      selfLink(
        `projects/${r.account}/regions/${r.region}/firewallPolicies/${r.digits("number", 19)}`,
      ),
  },
  keys: ["selfLinkWithId"],
});

const regionalRule: TypeEntry = shaped({
  ...policyRule,
  token: "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
  form: "projects/{project}/regions/{region}/firewallPolicies/{firewallPolicy}/{priority}",
  references: [
    { ...to(regional, regionPolicy), cascades: true },
    toId("targetSecureTags[*].name", tagValueToken),
    toId("match.srcSecureTags[*].name", tagValueToken),
  ],
});

const regionalAssociation: TypeEntry = shaped({
  token:
    "gcp:compute/regionNetworkFirewallPolicyAssociation:RegionNetworkFirewallPolicyAssociation",
  form: "projects/{project}/regions/{region}/firewallPolicies/{firewallPolicy}/associations/{name}",
  forceNew: ["attachmentTarget"],
  outputs: { shortName: (r) => lastPart(r.text("firewallPolicy")) },
  references: [toNetwork("attachmentTarget"), { ...to(regional, regionPolicy), holds: true }],
  timeouts: { create: 1200, delete: 1200 },
});

/** The entries of firewall policies beside the global ones of networks. */
export const firewallPolicyTypes: readonly TypeEntry[] = [
  policy,
  rule,
  association,
  regionalPolicy,
  regionalRule,
  regionalAssociation,
];
