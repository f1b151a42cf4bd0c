/** Cloud Storage documentation, "Uniform bucket-level access". */
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:storage/bucket:Bucket";

export const GD01b = demandRule({
  id: "GD01b",
  sentence: "Only IAM decides about the objects of a bucket.",
  why: "An object ACL opens one object without a trace in the bucket's policy.",
  severity: "high",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Set uniformBucketLevelAccess to true.",
  demands: {
    [type]: [
      {
        path: ["uniformBucketLevelAccess"],
        holds: (value) => value === "true",
        witness: "an object ACL for allUsers takes effect",
        good: true,
        bad: false,
      },
    ],
  },
  remedy: "opt-in",
});
