/** Which storage a log goes to, and what locks it. */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";

/** Canonical types of stores and locks. */
export const storeTypes = {
  trail: "aws:cloudtrail/trail:Trail",
  bucket: "aws:s3/bucket:Bucket",
  objectLock: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  publicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  account: "azure-native:storage:StorageAccount",
  container: "azure-native:storage:BlobContainer",
  immutability: "azure-native:storage:BlobContainerImmutabilityPolicy",
  gcpBucket: "gcp:storage/bucket:Bucket",
} as const;

/** A resource that refers to another one whose id is not known yet. */
export function referring(
  type: string,
  name: string,
  property: string,
  target: string,
  more: { readonly [key: string]: Json } = {},
): ExampleResource {
  const props = { ...more, [property]: unknownHere };
  return { type, name, props, dependsOn: { [property]: [target] } };
}
