/** Cloud Storage documentation, "Public access prevention" and "Uniform bucket-level access". */
import type { Rule } from "../../model/policy/rule.ts";
import type { Demand } from "./shared/flag-rule.ts";
import { checkDemands, demandExamples } from "./shared/flag-rule.ts";

const type = "gcp:storage/bucket:Bucket";

const demands: readonly Demand[] = [
  {
    path: ["publicAccessPrevention"],
    holds: (value) => value === "enforced",
    witness: "a binding for allUsers takes effect",
    good: "enforced",
    bad: "inherited",
  },
  {
    path: ["uniformBucketLevelAccess"],
    holds: (value) => value === "true",
    witness: "an object ACL for allUsers takes effect",
    good: true,
    bad: false,
  },
];

export const GD01: Rule = {
  id: "GD01",
  sentence: "A bucket can not be made public, and only IAM decides about it.",
  why: "One object ACL or one allUsers binding hands data to the internet.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "SC-28"],
  fix: "Set publicAccessPrevention to enforced and uniformBucketLevelAccess to true.",
  subjects: [type],
  needs: "resource",
  check: checkDemands(demands),
  examples: demandExamples(type, demands, {}),
};
