/**
 * Follows "Security best practices for Amazon S3":
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 * with the log bucket of "Enabling Amazon S3 server access logging":
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const { accountId } = aws.getCallerIdentityOutput();

new aws.s3.AccountPublicAccessBlock("account", {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});

/** A bucket that is private, without access control lists, and keeps old versions. */
function privateBucket(name: string): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket(name);
  new aws.s3.BucketPublicAccessBlock(name, {
    bucket: bucket.bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketOwnershipControls(name, {
    bucket: bucket.bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new aws.s3.BucketVersioning(name, {
    bucket: bucket.bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  return bucket;
}

/** Nobody may read or write over plain HTTP. */
function onlyTls(bucket: aws.s3.Bucket) {
  return {
    Sid: "OnlyTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

const logs = privateBucket("access-logs");
new aws.s3.BucketServerSideEncryptionConfiguration("access-logs", {
  bucket: logs.bucket,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});
new aws.s3.BucketLifecycleConfiguration("access-logs", {
  bucket: logs.bucket,
  rules: [
    {
      id: "expire",
      status: "Enabled",
      filter: { prefix: "" },
      expiration: { days: 365 },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
    },
  ],
});

const key = new aws.kms.Key("orders", {
  description: "Objects with orders",
  enableKeyRotation: true,
  deletionWindowInDays: 30,
});
new aws.kms.Alias("orders", { name: "alias/orders", targetKeyId: key.keyId });
const data = privateBucket("orders");
new aws.s3.BucketServerSideEncryptionConfiguration("orders", {
  bucket: data.bucket,
  rules: [
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
      bucketKeyEnabled: true,
    },
  ],
});
new aws.s3.BucketPolicy("orders", {
  bucket: data.bucket,
  policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [onlyTls(data)] }),
});

const letLogsIn = new aws.s3.BucketPolicy("access-logs", {
  bucket: logs.bucket,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Delivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${logs.arn}/orders/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": data.arn },
          StringEquals: { "aws:SourceAccount": accountId },
        },
      },
      onlyTls(logs),
    ],
  }),
});
new aws.s3.BucketLogging(
  "orders",
  { bucket: data.bucket, targetBucket: logs.bucket, targetPrefix: "orders/" },
  { dependsOn: [letLogsIn] },
);

const reader = new aws.iam.Policy("read-orders", {
  description: "Reads orders and nothing else",
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:ListBucket", Resource: data.arn },
      { Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate`${data.arn}/*` },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: key.arn },
    ],
  }),
});

export const bucket = data.bucket;
export const readerPolicy = reader.arn;
