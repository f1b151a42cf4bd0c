/** AWS CloudTrail User Guide: identities belong to no region, and a trail can be switched off. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:cloudtrail/trail:Trail";

export const AL05 = demandRule({
  id: "AL05",
  sentence: "A trail is on and records the global services.",
  why: "Whoever creates an identity, or works while the trail is off, leaves no record.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Leave includeGlobalServiceEvents and enableLogging on.",
  demands: {
    [type]: [
      {
        path: ["includeGlobalServiceEvents"],
        holds: (value) => value !== "false",
        witness: "iam:CreateUser leaves no record",
        good: true,
        bad: false,
      },
      {
        path: ["enableLogging"],
        holds: (value) => value !== "false",
        witness: "the trail exists and records nothing",
        good: true,
        bad: false,
      },
    ],
  },
  remedy: "safe",
});
