/** Microsoft Learn, "Authenticate access to Event Hubs resources using shared access signatures": keys are on unless it is said. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31e = demandRule({
  id: "EI31e",
  sentence: "An Event Hubs namespace takes no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set disableLocalAuth to true, and give callers roles on the namespace.",
  demands: {
    "azure-native:eventhub:Namespace": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "events read with a leaked access key",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
