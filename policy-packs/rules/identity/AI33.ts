/** AWS RAM User Guide, "Creating a resource share": outsiders only where it is allowed. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI33 = demandRule({
  id: "AI33",
  sentence: "Resource shares stay within the organisation.",
  why: "Somebody who may edit the share gives subnets, keys or images to an account that nobody here governs.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "AC-21"],
  fix: "Set allowExternalPrincipals to false, or leave it out.",
  demands: {
    "aws:ram/resourceShare:ResourceShare": [
      {
        path: ["allowExternalPrincipals"],
        holds: (value) => value !== "true",
        witness: "an account outside the organisation accepts the share",
        good: false,
        bad: true,
      },
    ],
  },
  // Whoever shares with a partner on purpose stops doing so.
  remedy: "opt-in",
});
