/** Google Cloud IAM documentation, "Roles for service account authentication": grant them on one account. */
import { cis } from "../shared/benchmarks.ts";
import { bindingRule, hierarchy } from "../shared/gcp-bindings.ts";

const member = "group:developers@example.com";

/** Roles whose holder acts as the service accounts below. */
const acting = [
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.workloadIdentityUser",
];

export const GI08 = bindingRule({
  id: "GI08",
  sentence: "Who acts as service accounts is named on the account.",
  why: "On a project the role covers all its accounts, those of tomorrow too: the holder becomes the strongest.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  frameworks: [cis("cis-gcp-3.0.0", "1.6")],
  fix: "Use serviceaccount.IAMMember on the account that is meant.",
  families: hierarchy,
  judge: ({ role, members }, judge) => {
    if (!acting.includes(role.text() ?? "") || members.length === 0) return;
    judge.fail(role, "iam.serviceAccounts.getAccessToken of the strongest account");
  },
  bad: { role: "roles/iam.serviceAccountUser", member },
  good: { "another role": { role: "roles/logging.viewer", member } },
  names: "role",
});
