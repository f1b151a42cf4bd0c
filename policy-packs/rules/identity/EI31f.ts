/** Microsoft Learn, "Authenticate Azure Event Grid clients using access keys or shared access signatures". */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31f = demandRule({
  id: "EI31f",
  sentence: "An Event Grid topic takes no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set disableLocalAuth to true, and give publishers roles on the topic.",
  demands: {
    "azure-native:eventgrid:Domain": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "an event published with a leaked access key",
        good: true,
        bad: false,
      },
    ],
    "azure-native:eventgrid:Topic": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "an event published with a leaked access key",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
