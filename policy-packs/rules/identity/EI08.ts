/** Microsoft Learn, "Restrict your app to a set of users": one tenant unless it is said. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const audience: Demand = {
  path: ["signInAudience"],
  holds: (value) => value === undefined || value === "AzureADMyOrg",
  witness: "a sign-in of a user of any tenant, which anybody can found",
  good: "AzureADMyOrg",
  bad: "AzureADMultipleOrgs",
};

export const EI08 = demandRule({
  id: "EI08",
  sentence: "An application serves one tenant.",
  why: "Users of every tenant sign in; what checks only that a token is valid lets all of them in.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-3", "IA-8"],
  fix: "Set signInAudience to AzureADMyOrg, and invite partners as guests.",
  demands: {
    "azuread:index/application:Application": [audience],
    "azuread:index/applicationRegistration:ApplicationRegistration": [audience],
  },
});
