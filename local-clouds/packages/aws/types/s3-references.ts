/** References to buckets. */

import type { Reference } from "../../../types/type.ts";

/** Both spellings of a bucket. */
export const bucketTokens: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** A bucket's name in its ARN, whatever prefix follows it. */
export function bucketOfArn(arn: string): string {
  return arn.replace(/^arn:[\w-]+:s3:::/, "").split("/")[0] ?? "";
}

/** A property that names a bucket; buckets share one name space over all regions. */
export function toBucket(at: string): Reference {
  return {
    at,
    to: bucketTokens,
    by: ["id", "bucket"],
    within: "world",
    key: (_r, value) => bucketOfArn(value),
    missing: { code: "NoSuchBucket", says: "The specified bucket does not exist: {value}" },
  };
}
