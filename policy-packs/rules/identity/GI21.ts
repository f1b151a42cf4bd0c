/**
 * Google Cloud Resource Manager documentation, "Restricting service account usage" and "Restricting
 * identities by domain". A stack that sets two or more policies on an organisation is taken for where
 * the organisation's policies are kept; one alone says nothing of the others.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { someOf } from "../shared/some-of.ts";

const now = "gcp:orgpolicy/policy:Policy";
const before = "gcp:organizations/policy:Policy";

/** Constraints by what they forbid, each under its older name and its newer one. */
const wanted: Readonly<Record<string, RegExp>> = {
  "a key of a service account, made and carried out":
    /(^|\/)iam\.(managed\.)?disableServiceAccountKeyCreation$/,
  "a role for an account of another domain":
    /(^|\/)iam\.(allowedPolicyMemberDomains|managed\.allowedPolicyMembers)$/,
};

export const GI21: Rule = {
  id: "GI21",
  sentence: "The organisation forbids keys of service accounts and members of foreign domains.",
  why: "One project's mistake otherwise gives a stranger a role, or a key that never ends.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "CM-7", "IA-5"],
  fix: "Plan orgpolicy.Policy for iam.disableServiceAccountKeyCreation and iam.allowedPolicyMemberDomains.",
  subjects: [now, before],
  needs: "plan",
  check: (subject, judge, plan) => {
    const policies = plan.ofType(now, before).filter(isOfOrganisation);
    if (policies[0] !== subject) return judge.notApplicable("the first policy stands for all");
    if (policies.length < 2)
      return judge.notApplicable("these are not the organisation's policies");
    for (const [witness, constraint] of Object.entries(wanted)) {
      const found = someOf(judge, policies, (one) => constraint.test(constraintOf(one)));
      if (found === "no") judge.fail({ urn: subject.urn, path: "" }, witness);
    }
  },
  examples: [
    {
      kind: "violating",
      says: "keys alone",
      expect: "fail",
      resources: [
        policy("iam.disableServiceAccountKeyCreation"),
        policy("compute.skipDefaultNetworkCreation"),
      ],
      path: "",
      witness: "another domain",
    },
    {
      kind: "violating",
      says: "older policies about something else",
      expect: "fail",
      resources: [
        older("compute.disableSerialPortAccess"),
        older("constraints/compute.requireOsLogin"),
      ],
    },
    {
      kind: "clean",
      says: "both",
      expect: "pass",
      resources: [
        policy("iam.managed.disableServiceAccountKeyCreation"),
        older("constraints/iam.allowedPolicyMemberDomains"),
      ],
    },
    {
      kind: "clean",
      says: "one policy, of many kept elsewhere",
      expect: "not-applicable",
      resources: [policy("compute.requireOsLogin")],
    },
    {
      kind: "unknown",
      says: "what a policy is about is not known",
      expect: "unknown",
      resources: [
        policy("iam.disableServiceAccountKeyCreation"),
        { ...policy("x"), props: { parent: "organizations/1", name: unknownHere } },
      ],
    },
    {
      kind: "absent",
      says: "a policy of a project",
      expect: "not-applicable",
      resources: [{ type: now, name: "project", props: { parent: "projects/shop" } }],
    },
  ],
};

function isOfOrganisation({ type, inputs }: PlannedResource): boolean {
  return type === before || (inputs.at("parent").text() ?? "").startsWith("organizations/");
}

function constraintOf({ type, inputs }: PlannedResource): string {
  return inputs.at(type === before ? "constraint" : "name").text() ?? "";
}

function policy(constraint: string): ExampleResource {
  const props = { parent: "organizations/1", name: `organizations/1/policies/${constraint}` };
  return { type: now, name: constraint, props };
}

function older(constraint: string): ExampleResource {
  return { type: before, name: constraint, props: { orgId: "1", constraint } };
}
