/** Microsoft Learn, "Enable or disable role-based access control in Azure AI Search": keys are on unless it is said. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31i = demandRule({
  id: "EI31i",
  sentence: "A search service takes no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set disableLocalAuth to true, and give callers roles on the indexes.",
  demands: {
    "azure-native:search:Service": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "a query with a leaked admin key",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
