/** AWS CloudTrail User Guide: a trail of one region does not see the others. */
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:cloudtrail/trail:Trail";

export const AL01 = demandRule({
  id: "AL01",
  sentence: "A trail records every region.",
  why: "An attacker works in a region that nobody records.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.1"),
    iso("aws", "A.8.15", "cloudtrail_multi_region_enabled_logging_management_events"),
  ],
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
