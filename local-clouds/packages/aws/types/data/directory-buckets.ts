/** Directory buckets of S3 Express One Zone (Amazon S3 API reference, "Directory bucket naming rules"). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { error, form, ordinary, refuseIf } from "../ordinary.ts";

/** `BASE--ZONE--x-s3`: the base and the zone that the bucket lies in. */
const nameForm = /^[a-z0-9](?:[a-z0-9-]{0,57}[a-z0-9])?--([a-z0-9-]+)--x-s3$/;

const directoryBucket = ordinary("aws:s3/directoryBucket:DirectoryBucket", {
  id: "{bucket}",
  framework: true,
  forceNew: ["bucket", "dataRedundancy", "location", "type"],
  defaults: { forceDestroy: false },
  planned: { type: "Directory" },
  check: (r) => [
    ...(nameForm.test(r.text("bucket"))
      ? []
      : [
          {
            property: "bucket",
            reason:
              '"bucket" must be in the format [bucket_name]--[azid]--x-s3. Use the aws_s3_bucket resource to manage general purpose buckets',
          },
        ]),
    ...oneOf(r.text("dataRedundancy", "SingleAvailabilityZone"), "dataRedundancy", [
      "SingleAvailabilityZone",
      "SingleLocalZone",
    ]),
  ],
  outputs: {
    arn: form("arn:{partition}:s3express:{region}:{account}:bucket/{bucket}"),
    dataRedundancy: "SingleAvailabilityZone",
    tags: {},
    "location.type": "AvailabilityZone",
  },
  keys: ["arn"],
  taken: error("BucketAlreadyExists", "The requested bucket name is not available."),
  takenByOwn: error(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
  ),
  uniqueInWorld: true,
  admit: (r) =>
    refuseIf(
      nameForm.exec(r.text("bucket"))?.[1] !== r.given("location.name"),
      "InvalidBucketName",
      `The specified bucket is not valid: ${r.text("bucket")} does not name the zone ${String(r.given("location.name"))}`,
    ),
});

/** The entries of directory buckets. */
export const directoryBucketTypes: readonly TypeEntry[] = [directoryBucket];
