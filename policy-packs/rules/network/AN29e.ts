/** Amazon EMR Management Guide, "Using Amazon EMR block public access". */
import { demandRule } from "../shared/flag-rule.ts";

export const AN29e = demandRule({
  id: "AN29e",
  sentence: "EMR refuses clusters whose groups are open to everybody.",
  why: "A cluster with an open port of Hadoop or Spark runs the code of whoever finds it.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "CM-6"],
  fix: "Set blockPublicSecurityGroupRules to true.",
  demands: {
    "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration": [
      {
        path: ["blockPublicSecurityGroupRules"],
        holds: (value) => value === "true",
        witness: "a job from 203.0.113.7 to a cluster whose group is open",
        good: true,
        bad: false,
      },
    ],
  },
  // Clusters that run go on; only new ones with open groups are refused.
  remedy: "safe",
});
