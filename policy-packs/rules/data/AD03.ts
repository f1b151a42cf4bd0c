/** Amazon S3 User Guide, "Access control list (ACL) overview": canned ACLs, and groups that are everybody. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { bucketTypes } from "../shared/bucket-parts.ts";
import { aclParts, isForEverybody } from "../shared/public-bucket.ts";

const { bucket, acl: bucketAcl } = bucketTypes;
const objects = [
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/objectCopy:ObjectCopy",
] as const;
const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

export const AD03: Rule = {
  id: "AD03",
  sentence: "No bucket and no object has an ACL for everybody.",
  why: "Such a bucket is found within hours by those who list public buckets all day.",
  severity: "critical",
  tenets: ["T2", "T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Remove the ACL, plan a BucketOwnershipControls with BucketOwnerEnforced, and let IAM decide.",
  subjects: [bucket, bucketAcl, ...objects],
  needs: "resource",
  check: (subject, judge) => {
    for (const part of aclParts(subject.inputs)) {
      judge.part(() => {
        if (!isForEverybody(part)) return;
        judge.fail(part, `an anonymous request under the ACL ${part.text()}`);
      });
    }
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
      kind: "violating",
      says: "a grant to everybody",
      expect: "fail",
      resources: alone(bucket, {
        grants: [{ type: "Group", permissions: ["READ"], uri: everybody }],
      }),
      path: "grants[0].uri",
    },
    {
      kind: "violating",
      says: "a policy of grants, one to everybody",
      expect: "fail",
      resources: alone(bucketAcl, {
        accessControlPolicy: {
          owner: { id: "owner" },
          grants: [{ permission: "READ", grantee: { type: "Group", uri: everybody } }],
        },
      }),
      path: "accessControlPolicy.grants[0].grantee.uri",
    },
    ...objects.map((type) => ({
      kind: "violating" as const,
      says: `in ${type}`,
      expect: "fail" as const,
      resources: alone(type, { acl: "public-read" }),
      path: "acl",
    })),
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
