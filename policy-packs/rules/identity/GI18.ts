/** Google Cloud IAM documentation, "Workforce pools": an hour unless it is said, at most twelve. */
import { demandRule } from "../shared/flag-rule.ts";

const longest_s = 4 * 3600;

export const GI18 = demandRule({
  id: "GI18",
  sentence: "Workforce sessions end within four hours.",
  why: "A stolen session stays good for all the time that is left of it, whatever is revoked meanwhile.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["AC-12", "IA-11"],
  fix: "Set sessionDuration to 14400s or less.",
  demands: {
    "gcp:iam/workforcePool:WorkforcePool": [
      {
        path: ["sessionDuration"],
        holds: (text) =>
          text === undefined ||
          (/^\d+(\.\d+)?s$/.test(text) && Number.parseFloat(text) <= longest_s),
        witness: "a token copied in the morning works in the evening",
        good: "14400s",
        bad: "43200s",
      },
    ],
  },
  // People who work longer sign in again.
  remedy: "opt-in",
});
