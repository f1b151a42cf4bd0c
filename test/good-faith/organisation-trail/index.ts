/**
 * Follows "Creating a trail for an organization" of AWS CloudTrail:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 * with "Security best practices in AWS CloudTrail":
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const { accountId } = aws.getCallerIdentityOutput();
const region = "eu-west-1";
const trailName = "organisation";
const trailArn = pulumi.interpolate`arn:aws:cloudtrail:${region}:${accountId}:trail/${trailName}`;
const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const fromTrail = { "aws:SourceArn": trailArn };

const organisation = new aws.organizations.Organization("acme", {
  featureSet: "ALL",
  awsServiceAccessPrincipals: ["cloudtrail.amazonaws.com"],
});

const key = new aws.kms.Key("trail", {
  description: "Log files of the organisation",
  enableKeyRotation: true,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudTrailEncrypts",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "kms:GenerateDataKey*",
        Resource: "*",
        Condition: {
          StringEquals: fromTrail,
          StringLike: {
            "kms:EncryptionContext:aws:cloudtrail:arn": pulumi.interpolate`arn:aws:cloudtrail:*:${accountId}:trail/*`,
          },
        },
      },
      {
        Sid: "CloudTrailDescribes",
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "kms:DescribeKey",
        Resource: "*",
        Condition: { StringEquals: fromTrail },
      },
    ],
  }),
});

const logs = new aws.s3.Bucket("trail", { objectLockEnabled: true });
new aws.s3.BucketPublicAccessBlock("trail", {
  bucket: logs.bucket,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});
new aws.s3.BucketVersioning("trail", {
  bucket: logs.bucket,
  versioningConfiguration: { status: "Enabled" },
});
const mayWrite = (owner: pulumi.Input<string>) => ({
  Effect: "Allow",
  Principal: cloudTrail,
  Action: "s3:PutObject",
  Resource: pulumi.interpolate`${logs.arn}/AWSLogs/${owner}/*`,
  Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...fromTrail } },
});
const letIn = new aws.s3.BucketPolicy("trail", {
  bucket: logs.bucket,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: cloudTrail,
        Action: "s3:GetBucketAcl",
        Resource: logs.arn,
        Condition: { StringEquals: fromTrail },
      },
      mayWrite(accountId),
      mayWrite(organisation.id),
    ],
  }),
});

const stream = new aws.cloudwatch.LogGroup("trail", { retentionInDays: 365 });
const role = new aws.iam.Role("trail-to-logs", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal(cloudTrail),
});
const mayLog = new aws.iam.RolePolicy("trail-to-logs", {
  role: role.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${stream.arn}:*`,
      },
    ],
  }),
});

const trail = new aws.cloudtrail.Trail(
  "organisation",
  {
    name: trailName,
    s3BucketName: logs.bucket,
    isOrganizationTrail: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    kmsKeyId: key.arn,
    cloudWatchLogsGroupArn: pulumi.interpolate`${stream.arn}:*`,
    cloudWatchLogsRoleArn: role.arn,
  },
  { dependsOn: [letIn, mayLog, organisation] },
);

export const arn = trail.arn;
