/** What a bucket says inside itself, in its present and its older type, or in a resource beside it. */
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { Relation } from "./refers-to.ts";

/** Canonical types of what belongs to a bucket. */
export const bucketTypes = {
  bucket: "aws:s3/bucket:Bucket",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  acl: "aws:s3/bucketAcl:BucketAcl",
  website: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  accountBlock: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  encryption:
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  logging: "aws:s3/bucketLogging:BucketLogging",
} as const;

/** What stands beside a bucket and names it. */
export function besideBucket(...from: readonly string[]): Relation {
  return { from, to: bucketTypes.bucket, properties: ({ inputs }) => [inputs.at("bucket")] };
}

/** A part of a bucket that its older type has as a list under another name. */
export function partsOf(bucket: View, now: string, before: string): readonly View[] {
  return [bucket.at(now), ...entriesOf(bucket.at(before))].filter(
    ({ state }) => state !== "absent",
  );
}

/** Rules of a configuration of its own, and of one inside the bucket. */
export function encryptionRules(inputs: View): readonly View[] {
  const inside = partsOf(
    inputs,
    "serverSideEncryptionConfiguration",
    "serverSideEncryptionConfigurations",
  );
  const lists = [inputs, ...inside].flatMap((one) => entriesOf(one.at("rules")));
  return [...lists, ...inside.map((one) => one.at("rule"))];
}

/** Buckets to which the resource has its access logs written. */
export function logTargets(inputs: View): readonly View[] {
  const inside = partsOf(inputs, "logging", "loggings").map((one) => one.at("targetBucket"));
  return [
    inputs.at("targetBucket"),
    inputs.at("accessLogs", "bucket"),
    inputs.at("loggingConfig", "bucket"),
    ...inside,
  ];
}
