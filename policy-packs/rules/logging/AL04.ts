/** AWS CloudTrail User Guide, "Monitoring CloudTrail log files with Amazon CloudWatch Logs". */
import { iso } from "../shared/benchmarks.ts";
import { givenRule } from "../shared/given-rule.ts";

export const AL04 = givenRule({
  id: "AL04",
  sentence: "A trail goes to CloudWatch Logs as well, where alarms see it.",
  why: "Files in a bucket wake nobody: an attacker works until somebody happens to look.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-6", "SI-4"],
  frameworks: [iso("aws", "A.8.16", "cloudtrail_cloudwatch_logging_enabled")],
  fix: "Set cloudWatchLogsGroupArn and cloudWatchLogsRoleArn.",
  places: {
    "aws:cloudtrail/trail:Trail": {
      path: ["cloudWatchLogsGroupArn"],
      witness: "a call that no alarm can see",
      good: "arn:aws:logs:eu-central-1:111122223333:log-group:trail:*",
      base: { s3BucketName: "logs" },
    },
  },
});
