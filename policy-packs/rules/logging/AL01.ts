/** AWS CloudTrail User Guide: a trail of one region does not see the others. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:cloudtrail/trail:Trail";

export const AL01 = demandRule({
  id: "AL01",
  sentence: "A trail records every region.",
  why: "An attacker works in a region that nobody records.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set isMultiRegionTrail to true.",
  demands: {
    [type]: [
      {
        path: ["isMultiRegionTrail"],
        holds: (value) => value === "true",
        witness: "calls in any region but the trail's own leave no record",
        good: true,
        bad: false,
      },
    ],
  },
  remedy: "safe",
});
