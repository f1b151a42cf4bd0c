/** Microsoft Learn, "Disable access key authentication for an Azure App Configuration store". */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31j = demandRule({
  id: "EI31j",
  sentence: "An App Configuration store takes no keys.",
  why: "A key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set disableLocalAuth to true, and give callers roles on the data.",
  demands: {
    "azure-native:appconfiguration:ConfigurationStore": [
      {
        path: ["disableLocalAuth"],
        holds: (value) => value === "true",
        witness: "settings read or changed with a leaked access key",
        good: true,
        bad: false,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
