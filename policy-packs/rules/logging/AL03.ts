/** AWS CloudTrail User Guide, "Encrypting CloudTrail log files with AWS KMS keys". */
import { cis, iso } from "../shared/benchmarks.ts";
import { keyRule } from "../shared/key-rule.ts";

const type = "aws:cloudtrail/trail:Trail";

export const AL03 = keyRule({
  id: "AL03",
  sentence: "A trail encrypts what it records under a key of one's own.",
  why: "Whoever may read the bucket reads what everybody did; a key of one's own is a second lock that can be taken away.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-9", "SC-28"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.5"),
    iso("aws", "A.8.15", "cloudtrail_kms_encryption_enabled"),
  ],
  fix: "Set kmsKeyId to a key whose policy lets cloudtrail.amazonaws.com encrypt.",
  cloud: "aws",
  places: {
    [type]: [{ path: ["kmsKeyId"], witness: "s3:GetObject alone reads the whole record" }],
  },
  base: { [type]: { s3BucketName: "logs" } },
});
