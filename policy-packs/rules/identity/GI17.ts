/** Google Cloud IAM documentation, "Configure temporary access": conditions on what gives rights. */
import { alone } from "../shared/alone.ts";
import { isAlwaysTrue } from "../shared/always-true.ts";
import { bindingRule, hierarchy } from "../shared/gcp-bindings.ts";

const member = "group:admins@example.com";

/** Roles whose holder gives rights to others or to himself. Basic roles take no condition. */
const privileged = [
  "roles/iam.organizationRoleAdmin",
  "roles/iam.roleAdmin",
  "roles/iam.securityAdmin",
  "roles/iam.serviceAccountAdmin",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.workloadIdentityPoolAdmin",
  "roles/orgpolicy.policyAdmin",
  "roles/resourcemanager.folderIamAdmin",
  "roles/resourcemanager.organizationAdmin",
  "roles/resourcemanager.projectIamAdmin",
];

export const GI17 = bindingRule({
  id: "GI17",
  sentence: "A privileged role has a condition or an end.",
  why: "A stolen session of its holder gives the attacker every other role, at any hour.",
  severity: "medium",
  tenets: ["T3", "T4"],
  controls: ["AC-2", "AC-6(5)"],
  fix: "Add a condition on request.time, or on the roles that may be granted; or use a Privileged Access Manager entitlement.",
  families: hierarchy,
  judge: ({ role, members, condition }, judge) => {
    if (!privileged.includes(role.text() ?? "") || members.length === 0) return;
    if (!isAlwaysTrue(condition.at("expression").text() ?? "")) return;
    judge.fail(role, "a grant of roles/owner to the attacker, in the night");
  },
  bad: { role: "roles/resourcemanager.projectIamAdmin", member },
  good: {
    "until a day": {
      role: "roles/resourcemanager.projectIamAdmin",
      member,
      condition: { title: "until", expression: "request.time < timestamp('2027-01-01T00:00:00Z')" },
    },
    "a role that gives no rights": { role: "roles/logging.admin", member },
  },
  names: "role",
  more: [
    {
      kind: "violating",
      says: "a condition that always holds",
      expect: "fail",
      resources: alone("gcp:projects/iAMMember:IAMMember", {
        role: "roles/resourcemanager.projectIamAdmin",
        member,
        condition: { title: "always", expression: "true" },
      }),
      path: "role",
    },
  ],
});
