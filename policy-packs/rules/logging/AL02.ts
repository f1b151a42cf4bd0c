/** AWS CloudTrail User Guide, "Validating log file integrity". */
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const type = "aws:cloudtrail/trail:Trail";

export const AL02 = demandRule({
  id: "AL02",
  sentence: "A trail signs what it records.",
  why: "A record that was deleted or changed cannot be told from one that never was.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-9", "AU-10"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.2"),
    iso("aws", "A.8.15", "cloudtrail_log_file_validation_enabled"),
  ],
  fix: "Set enableLogFileValidation to true.",
  demands: {
    [type]: [
      {
        path: ["enableLogFileValidation"],
        holds: (value) => value === "true",
        witness: "a log file can be changed without a trace",
        good: true,
        bad: false,
      },
    ],
  },
  remedy: "safe",
});
