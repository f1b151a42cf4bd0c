/** Google Cloud IAM documentation, "Permissions that allow impersonation" and custom roles. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const taking =
  /^(iam\.serviceAccounts\.(actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt|setIamPolicy)|iam\.serviceAccountKeys\.create|iam\.roles\.update|resourcemanager\.(projects|folders|organizations)\.setIamPolicy)$/;

const permission: Demand = {
  path: ["permissions", "*"],
  holds: (one) => !taking.test(one ?? ""),
  witness: "a token of the strongest service account",
  good: "storage.objects.get",
  bad: "iam.serviceAccounts.getAccessToken",
};

export const GI16 = demandRule({
  id: "GI16",
  sentence: "No custom role lets its holder take on other identities.",
  why: "Its name says nothing of it: whoever has the role becomes any service account it is granted on.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Leave the permission out, and grant a predefined role on the one account that is meant.",
  demands: {
    "gcp:organizations/iAMCustomRole:IAMCustomRole": [permission],
    "gcp:projects/iAMCustomRole:IAMCustomRole": [permission],
  },
});
