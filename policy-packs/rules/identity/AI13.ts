/** IAM Roles Anywhere User Guide, "Profiles": sessions of an hour unless it is said, at most twelve. */
import { demandRule } from "../shared/flag-rule.ts";

const hour_s = 3600;

export const AI13 = demandRule({
  id: "AI13",
  sentence: "Sessions of Roles Anywhere end within an hour.",
  why: "The machine asks again with its certificate; whoever copied its credentials cannot, once they end.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["AC-12", "IA-11"],
  fix: "Set durationSeconds to 3600, or leave it out.",
  demands: {
    "aws:rolesanywhere/profile:Profile": [
      {
        path: ["durationSeconds"],
        holds: (seconds) => seconds === undefined || Number(seconds) <= hour_s,
        witness: "credentials copied in the morning work in the evening",
        good: hour_s,
        bad: 43200,
      },
    ],
  },
  // What runs longer with one set of credentials has to ask again.
  remedy: "opt-in",
});
