/**
 * Amazon S3 User Guide, "Locking objects with Object Lock" and "Configuring MFA delete" (which only
 * the root user can switch on, so a lock will do as well).
 */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { bucketTypes } from "../shared/bucket-parts.ts";
import { companionRule } from "../shared/companion-rule.ts";
import { referring, storeTypes } from "../shared/log-stores.ts";
import { isGiven } from "../shared/refers-to.ts";
import { forMarked } from "../shared/sensitive-data.ts";

const mode = ["rule", "defaultRetention", "mode"] as const;

export const AD35 = forMarked(
  companionRule({
    id: "AD35",
    sentence:
      "A bucket that is marked as sensitive is locked, or asks for a second factor to delete.",
    why: "Whoever gets hold of an administrator's session deletes the data and all its versions, or extorts with them.",
    severity: "medium",
    tenets: ["T5", "T6"],
    controls: ["CP-9", "CP-9(8)", "SI-7"],
    fix: "Plan a BucketObjectLockConfiguration with a defaultRetention, or set versioningConfiguration.mfaDelete to Enabled.",
    about: { [bucketTypes.bucket]: { forceDestroy: false } },
    inside: (inputs) => isGiven(inputs, "objectLockConfiguration", ...mode),
    relation: {
      from: [storeTypes.objectLock, bucketTypes.versioning],
      to: bucketTypes.bucket,
      properties: ({ inputs }) => [inputs.at("bucket")],
    },
    does: locks,
    witness: "s3:DeleteObjectVersion is carried out",
    companion: {
      type: storeTypes.objectLock,
      property: "bucket",
      props: { rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
    },
    more: [
      {
        kind: "clean",
        says: "a second factor",
        expect: "pass",
        resources: versioned({ status: "Enabled", mfaDelete: "Enabled" }),
      },
      {
        kind: "violating",
        says: "versions alone",
        expect: "fail",
        resources: versioned({ status: "Enabled" }),
      },
    ],
  }),
);

function locks(beside: View): boolean {
  const factor = beside.at("versioningConfiguration", "mfaDelete").text();
  return factor === "Enabled" || isGiven(beside, ...mode);
}

function versioned(versioningConfiguration: Json): readonly [ExampleResource, ExampleResource] {
  return [
    { type: bucketTypes.bucket, name: "data", props: { forceDestroy: false } },
    referring(bucketTypes.versioning, "versions", "bucket", "data", { versioningConfiguration }),
  ];
}
