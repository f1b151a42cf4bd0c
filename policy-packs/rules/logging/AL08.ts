/** Where a trail writes to must be out of reach for whoever it records. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { iso } from "../shared/benchmarks.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { someOf } from "../shared/some-of.ts";

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const AL08: Rule = {
  id: "AL08",
  sentence: "A trail writes to a bucket that is locked and not public.",
  why: "Whoever breaks in deletes the record first; a public one tells everybody how the account works.",
  severity: "high",
  tenets: ["T7"],
  controls: ["AU-9", "AU-11"],
  frameworks: [iso("aws", "A.8.15", "cloudtrail_logs_s3_bucket_is_not_publicly_accessible")],
  fix: "Plan for the trail's bucket a BucketObjectLockConfiguration with a default retention and a BucketPublicAccessBlock with all four flags.",
  subjects: [storeTypes.trail],
  needs: "plan",
  check: (subject, judge, plan) => {
    const name = subject.inputs.at("s3BucketName");
    const bucket = plan.follow(name, storeTypes.bucket);
    // A bucket of another stack is judged there.
    if (bucket.state !== "resource") return judge.notApplicable("the bucket is not planned here");
    const belongs = (property: View) => {
      const target = plan.follow(property, storeTypes.bucket);
      return target.state === "resource" && target.resource === bucket.resource;
    };
    const locked = (lock: PlannedResource) =>
      belongs(lock.inputs.at("bucket")) &&
      lock.inputs.at("rule", "defaultRetention", "mode").text() !== undefined;
    const shut = (block: PlannedResource) =>
      belongs(block.inputs.at("bucket")) && flags.every((flag) => block.inputs.at(flag).flag());
    if (someOf(judge, plan.ofType(storeTypes.objectLock), locked) === "no") {
      judge.fail(name, "s3:DeleteObjectVersion on the record of what was done");
    }
    if (someOf(judge, plan.ofType(storeTypes.publicAccessBlock), shut) === "no") {
      judge.fail(name, "a bucket policy that opens the record to everybody takes effect");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "neither lock nor block",
      expect: "fail",
      resources: [trail(), bucket()],
      path: "s3BucketName",
      witness: "DeleteObjectVersion",
    },
    {
      kind: "violating",
      says: "a block with a hole",
      expect: "fail",
      resources: [trail(), bucket(), lock(), block(false)],
      witness: "everybody",
    },
    {
      kind: "clean",
      says: "both",
      expect: "pass",
      resources: [trail(), bucket(), lock(), block(true)],
    },
    {
      kind: "unknown",
      says: "which bucket is locked is not known",
      expect: "unknown",
      resources: [trail(), bucket(), { ...lock(), dependsOn: {} }, block(true)],
      path: "bucket",
    },
    {
      kind: "absent",
      says: "a bucket of another stack",
      expect: "not-applicable",
      resources: [{ type: storeTypes.trail, name: "trail", props: { s3BucketName: "elsewhere" } }],
    },
  ],
};

function trail() {
  return referring(storeTypes.trail, "trail", "s3BucketName", "logs");
}

function bucket(): ExampleResource {
  return { type: storeTypes.bucket, name: "logs", props: { objectLockEnabled: true } };
}

function lock() {
  return referring(storeTypes.objectLock, "lock", "bucket", "logs", {
    rule: { defaultRetention: { mode: "COMPLIANCE", days: 400 } },
  });
}

function block(last: boolean) {
  return referring(storeTypes.publicAccessBlock, "block", "bucket", "logs", {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: last,
  });
}
