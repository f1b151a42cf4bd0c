/** Google Cloud IAM documentation, "Basic roles": not in production. */
import { bindingRule, hierarchy } from "../shared/gcp-bindings.ts";

const group = "group:admins@example.com";
const basic = ["roles/owner", "roles/editor"];

export const GI07 = bindingRule({
  id: "GI07",
  sentence: "Nobody has owner's or editor's role on project, folder or organisation.",
  why: "One stolen session, or one flaw in a workload, changes and reads everything in the project.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Grant predefined roles on the resources that are needed.",
  families: hierarchy,
  judge: ({ role, members }, judge) => {
    if (!basic.includes(role.text() ?? "") || members.length === 0) return;
    judge.fail(role, "gcloud projects add-iam-policy-binding for the attacker, or a new machine");
  },
  bad: { role: "roles/editor", member: group },
  good: { "a predefined role": { role: "roles/compute.viewer", member: group } },
  names: "role",
});
