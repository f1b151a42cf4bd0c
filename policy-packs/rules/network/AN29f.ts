/** Amazon S3 User Guide, "Managing public access to access points": all four are on unless said. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

function flag(name: string): Demand {
  return {
    path: ["publicAccessBlockConfiguration", name],
    holds: (value) => value !== "false",
    witness: "an anonymous request by the access point",
    good: true,
    bad: false,
  };
}

export const AN29f = demandRule({
  id: "AN29f",
  sentence: "An access point of S3 blocks public access.",
  why: "What the bucket's own policy does not open to everybody, the access point's may.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "SC-7"],
  fix: "Leave the four flags of publicAccessBlockConfiguration on; they cannot be changed later.",
  demands: {
    "aws:s3/accessPoint:AccessPoint": [
      flag("blockPublicAcls"),
      flag("blockPublicPolicy"),
      flag("ignorePublicAcls"),
      flag("restrictPublicBuckets"),
    ],
  },
  // The access point is replaced.
  remedy: "opt-in",
});
