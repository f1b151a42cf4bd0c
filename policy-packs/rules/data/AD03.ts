/** Amazon S3 User Guide, "Canned ACL". */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { bucketTypes } from "../shared/bucket-parts.ts";
import { publicAcls } from "../shared/public-bucket.ts";

const { bucket, acl: bucketAcl } = bucketTypes;

export const AD03: Rule = {
  id: "AD03",
  sentence: "No bucket has an ACL for everybody.",
  why: "Such a bucket is found within hours by those who list public buckets all day.",
  severity: "critical",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Remove the ACL, plan a BucketOwnershipControls with BucketOwnerEnforced, and let IAM decide.",
  subjects: [bucket, bucketAcl],
  needs: "resource",
  check: (subject, judge) => {
    const acl = subject.inputs.at("acl");
    const text = acl.text() ?? "";
    if (publicAcls.includes(text)) judge.fail(acl, `an anonymous request under the ACL ${text}`);
  },
  examples: [
    {
      kind: "violating",
      says: "a public ACL",
      expect: "fail",
      resources: alone(bucketAcl, { acl: "public-read" }),
      path: "acl",
    },
    {
      kind: "clean",
      says: "private",
      expect: "pass",
      resources: alone(bucketAcl, { acl: "private" }),
    },
    {
      kind: "unknown",
      says: "the ACL is not known",
      expect: "unknown",
      resources: alone(bucket, { acl: unknownHere }),
      path: "acl",
    },
    { kind: "absent", says: "no ACL", expect: "pass", resources: alone(bucket, {}) },
  ],
};
