/** AWS CloudTrail User Guide: a trail of one region does not see the others. */
import type { Rule } from "../../model/policy/rule.ts";
import type { Demand } from "./shared/flag-rule.ts";
import { checkDemands, demandExamples } from "./shared/flag-rule.ts";

const type = "aws:cloudtrail/trail:Trail";

const demands: readonly Demand[] = [
  {
    path: ["isMultiRegionTrail"],
    holds: (value) => value === "true",
    witness: "calls in any region but the trail's own leave no record",
    good: true,
    bad: false,
  },
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
];

export const AL01: Rule = {
  id: "AL01",
  sentence: "A trail records every region and the global services.",
  why: "An attacker works in a region that nobody records, or creates identities, which are global.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set isMultiRegionTrail and includeGlobalServiceEvents to true, and leave enableLogging on.",
  subjects: [type],
  needs: "resource",
  check: checkDemands(demands),
  examples: demandExamples(type, demands, {}),
};
