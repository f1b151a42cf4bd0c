/** IAM Identity Center User Guide, "Set session duration": PT1H unless it is said, at most PT12H. */
import { demandRule } from "../shared/flag-rule.ts";
import { isWithinHours } from "../shared/session-length.ts";

export const AI12 = demandRule({
  id: "AI12",
  sentence: "Sessions of permission sets end within four hours.",
  why: "A stolen session stays good for all the time that is left of it, whatever is revoked meanwhile.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["AC-12", "IA-11"],
  fix: "Set sessionDuration to PT4H or less.",
  demands: {
    "aws:ssoadmin/permissionSet:PermissionSet": [
      {
        path: ["sessionDuration"],
        holds: (duration) => duration === undefined || isWithinHours(duration, 4),
        witness: "credentials copied in the morning work in the evening",
        good: "PT4H",
        bad: "PT12H",
      },
    ],
  },
  // People who work longer sign in again.
  remedy: "opt-in",
});
