/** Google Cloud IAM documentation, "Use IAM securely": grant roles to groups instead of people. */
import { bindingRule, hierarchy, memberText } from "../shared/gcp-bindings.ts";

export const GI14 = bindingRule({
  id: "GI14",
  sentence: "Roles on project, folder and organisation go to groups, not to users.",
  why: "Rights of single users are forgotten when the person changes jobs, and no review of groups shows them.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-2", "AC-6"],
  fix: "Grant the role to a group, and make the person its member.",
  families: hierarchy,
  judge: ({ members }, judge, plan) => {
    for (const member of members) {
      judge.part(() => {
        if (!memberText(member, plan).startsWith("user:")) return;
        judge.fail(member, "what the role allows, long after the person's job has changed");
      });
    }
  },
  bad: { role: "roles/viewer", member: "user:alice@example.com" },
  good: {
    "a group": { role: "roles/viewer", member: "group:admins@example.com" },
    "a workload": {
      role: "roles/viewer",
      member: "serviceAccount:app@shop.iam.gserviceaccount.com",
    },
  },
  names: "member",
});
