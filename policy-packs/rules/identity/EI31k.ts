/** Microsoft Learn, "Disable local authentication in Azure AI Services". */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31k = demandRule({
  id: "EI31k",
  sentence: "Cognitive services take no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set properties.disableLocalAuth to true, and give callers roles.",
  demands: {
    "azure-native:cognitiveservices:Account": [
      {
        path: ["properties", "disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "a call with a leaked key",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
