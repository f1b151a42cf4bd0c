/** Creates a lowered log store. */
import * as kms from "@pulumi/aws/kms/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { BucketRecord, LogStore } from "./lower-store.ts";

export interface CreatedStore {
  readonly key: kms.Key;
  /** The bucket that takes the logs, by its name. */
  readonly bucket: s3.Bucket;
  /** What must be there before a service may write. */
  readonly ready: readonly pulumi.Resource[];
}

export function createStore(
  parent: pulumi.ComponentResource,
  name: string,
  store: LogStore,
): CreatedStore {
  const key = createKey(parent, name, store);
  const buckets = new Map<string, s3.Bucket>();
  let ready: pulumi.Resource[] = [];
  for (const record of store.buckets) {
    const bucket = createBucket(parent, `${name}-${record.key}`, record, store, key);
    ready = protectBucket(parent, `${name}-${record.key}`, record, store, bucket);
    if (record.accessLog !== undefined) {
      new s3.BucketLogging(
        `${name}-${record.key}`,
        {
          bucket: bucket.bucket,
          targetBucket: mustGet(buckets, record.accessLog.bucket).bucket,
          targetPrefix: record.accessLog.prefix,
          region: store.region,
        },
        childOf(parent),
      );
    }
    buckets.set(record.key, bucket);
  }
  return { key, bucket: mustGet(buckets, "logs"), ready };
}

function createKey(parent: pulumi.ComponentResource, name: string, store: LogStore): kms.Key {
  const { region } = store;
  const key = new kms.Key(
    `${name}-key`,
    {
      description: store.key.description,
      policy: JSON.stringify(store.key.policy),
      enableKeyRotation: true,
      deletionWindowInDays: store.key.deletionWindowDays,
      region,
    },
    childOf(parent),
  );
  new kms.Alias(
    `${name}-key`,
    { name: store.key.alias, targetKeyId: key.keyId, region },
    childOf(parent),
  );
  return key;
}

function createBucket(
  parent: pulumi.ComponentResource,
  name: string,
  record: BucketRecord,
  { region }: LogStore,
  key: kms.Key,
): s3.Bucket {
  const bucket = new s3.Bucket(
    name,
    { bucket: record.name, objectLockEnabled: record.lock !== undefined, region },
    childOf(parent),
  );
  const ofBucket = { bucket: bucket.bucket, region };
  const byKey = {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
    bucketKeyEnabled: true,
  };
  const byService = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    { ...ofBucket, rules: [record.encryption === "key" ? byKey : byService] },
    childOf(parent),
  );
  new s3.BucketOwnershipControls(
    name,
    { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    childOf(parent),
  );
  return bucket;
}

/** Everything that keeps a bucket's content private and unchanged. */
function protectBucket(
  parent: pulumi.ComponentResource,
  name: string,
  record: BucketRecord,
  { region }: LogStore,
  bucket: s3.Bucket,
): pulumi.Resource[] {
  const ofBucket = { bucket: bucket.bucket, region };
  const closed = new s3.BucketPublicAccessBlock(
    name,
    {
      ...ofBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    childOf(parent),
  );
  const versioning = new s3.BucketVersioning(
    name,
    { ...ofBucket, versioningConfiguration: { status: "Enabled" } },
    childOf(parent),
  );
  new s3.BucketLifecycleConfiguration(
    name,
    {
      ...ofBucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: {},
          expiration: { days: record.expireDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    childOf(parent, { dependsOn: [versioning] }),
  );
  const policy = new s3.BucketPolicy(
    name,
    { ...ofBucket, policy: JSON.stringify(record.policy) },
    // S3 refuses two changes of one bucket's access at once.
    childOf(parent, { dependsOn: [closed] }),
  );
  return [policy, ...lockBucket(parent, name, record, ofBucket, versioning)];
}

function lockBucket(
  parent: pulumi.ComponentResource,
  name: string,
  { lock }: BucketRecord,
  ofBucket: { readonly bucket: pulumi.Output<string>; readonly region: string },
  versioning: s3.BucketVersioning,
): pulumi.Resource[] {
  if (lock === undefined) return [];
  return [
    new s3.BucketObjectLockConfiguration(
      name,
      {
        ...ofBucket,
        objectLockEnabled: "Enabled",
        rule: { defaultRetention: { mode: lock.mode, days: lock.days } },
      },
      childOf(parent, { dependsOn: [versioning] }),
    ),
  ];
}
