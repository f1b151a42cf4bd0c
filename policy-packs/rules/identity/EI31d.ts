/** Microsoft Learn, "Disable local or shared access key authentication with Azure Service Bus". */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31d = demandRule({
  id: "EI31d",
  sentence: "A Service Bus namespace takes no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set disableLocalAuth to true, and give callers roles on the namespace.",
  demands: {
    "azure-native:servicebus:Namespace": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "a message sent with a leaked access key",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
