/** Cloud Storage documentation, "Public access prevention". */
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:storage/bucket:Bucket";

export const GD01a = demandRule({
  id: "GD01a",
  sentence: "A bucket can not be made public.",
  why: "One allUsers binding hands data to the internet.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "SC-28"],
  fix: "Set publicAccessPrevention to enforced.",
  demands: {
    [type]: [
      {
        path: ["publicAccessPrevention"],
        holds: (value) => value === "enforced",
        witness: "a binding for allUsers takes effect",
        good: "enforced",
        bad: "inherited",
      },
    ],
  },
  remedy: "safe",
});
