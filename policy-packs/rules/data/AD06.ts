/** Amazon S3 User Guide, "Retaining multiple versions of objects"; Object Lock switches it on. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { besideBucket, partsOf, bucketTypes as types } from "../shared/bucket-parts.ts";
import { referring } from "../shared/log-stores.ts";
import { referrersOf, refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const versionings = besideBucket(types.versioning);

export const AD06: Rule = {
  id: "AD06",
  sentence: "A bucket keeps former versions of its objects.",
  why: "Whoever gets in overwrites or deletes the data, and nothing brings it back.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CP-9", "SI-7"],
  frameworks: [iso("aws", "A.8.10", "s3_bucket_object_versioning")],
  fix: "Plan a BucketVersioning for the bucket with versioningConfiguration.status Enabled.",
  subjects: [types.bucket],
  needs: "plan",
  check: (subject, judge, plan) => {
    const keeps = (one: PlannedResource) => {
      if (one !== subject) {
        const status = one.inputs.at("versioningConfiguration", "status");
        return refersTo(plan, one.inputs.at("bucket"), subject) && status.text() === "Enabled";
      }
      const parts = partsOf(one.inputs, "versioning", "versionings").map((part) =>
        part.at("enabled"),
      );
      return [one.inputs.at("objectLockEnabled"), ...parts].some((view) => view.flag() === true);
    };
    if (someOf(judge, [subject, ...referrersOf(plan, subject, versionings)], keeps) === "no") {
      judge.fail(
        { urn: subject.urn, path: "" },
        "s3:PutObject over an object destroys what it was",
      );
    }
  },
  examples: [
    {
      kind: "violating",
      says: "suspended",
      expect: "fail",
      resources: [bucket(), versioning("Suspended")],
    },
    {
      kind: "clean",
      says: "enabled",
      expect: "pass",
      resources: [bucket(), versioning("Enabled")],
    },
    {
      kind: "clean",
      says: "enabled in the bucket itself",
      expect: "pass",
      resources: alone(types.bucket, { versioning: { enabled: true } }),
    },
    {
      kind: "unknown",
      says: "the status is not known",
      expect: "unknown",
      resources: [bucket(), versioning(unknownHere)],
      path: "versioningConfiguration.status",
    },
    {
      kind: "absent",
      says: "nothing is planned",
      expect: "fail",
      resources: alone(types.bucket, {}),
    },
  ],
};

function bucket(): ExampleResource {
  return { type: types.bucket, name: "data", props: {} };
}

function versioning(status: Json) {
  const versioningConfiguration = { status };
  return referring(types.versioning, "versioning", "bucket", "data", { versioningConfiguration });
}
