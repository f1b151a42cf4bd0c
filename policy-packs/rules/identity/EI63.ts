/** Microsoft Learn, "Make your container registry content publicly available": off unless it is enabled. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI63 = demandRule({
  id: "EI63",
  sentence: "A registry asks who pulls.",
  why: "Images hold code, addresses and forgotten keys, and everybody may look through them.",
  severity: "high",
  tenets: ["T1", "T6"],
  controls: ["AC-3", "IA-2", "AC-14"],
  fix: "Set anonymousPullEnabled to false, and give pullers the role AcrPull.",
  demands: {
    "azure-native:containerregistry:Registry": [
      {
        path: ["anonymousPullEnabled"],
        holds: (value) => value !== "true",
        witness: "docker pull by anybody",
        good: false,
        bad: true,
      },
    ],
  },
  // Whoever pulls without a login is shut out.
  remedy: "opt-in",
});
