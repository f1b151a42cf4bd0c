/** Creates the organisation's lowered trail. */
import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { AwsTrail } from "./lower-trail.ts";
import { createStore } from "./store.ts";

export function createTrail(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AwsTrail,
): cloudtrail.Trail {
  const store = createStore(parent, name, lowered.store);
  const { region } = lowered.store;
  const group = new cloudwatch.LogGroup(
    name,
    {
      name: lowered.logGroup.name,
      retentionInDays: lowered.logGroup.retentionDays,
      kmsKeyId: store.key.arn,
      region,
    },
    childOf(parent),
  );
  const { writer, attachment } = createWriter(parent, name, lowered);
  return new cloudtrail.Trail(
    name,
    {
      name: lowered.name,
      s3BucketName: store.bucket.bucket,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      kmsKeyId: store.key.arn,
      cloudWatchLogsGroupArn: pulumi.interpolate`${group.arn}:*`,
      cloudWatchLogsRoleArn: writer.arn,
      advancedEventSelectors: lowered.selectors.map((selector) => ({
        name: selector.name,
        fieldSelectors: selector.fields.map(({ field, equals, notStartsWiths }) => ({
          field,
          ...(equals === undefined ? {} : { equals: [...equals] }),
          ...(notStartsWiths === undefined ? {} : { notStartsWiths: [...notStartsWiths] }),
        })),
      })),
      region,
    },
    // CloudTrail writes a test object and tries the role before it says yes.
    childOf(parent, { dependsOn: [...store.ready, attachment] }),
  );
}

function createWriter(
  parent: pulumi.ComponentResource,
  name: string,
  { writer: record }: AwsTrail,
): { writer: iam.Role; attachment: iam.RolePolicyAttachment } {
  const writer = new iam.Role(
    `${name}-writer`,
    {
      name: record.name,
      path: "/bulkhead/",
      description: "CloudTrail writes the organisation's trail into its log group.",
      assumeRolePolicy: JSON.stringify(record.trust),
      maxSessionDuration: 3600,
    },
    childOf(parent),
  );
  const policy = new iam.Policy(
    `${name}-writer`,
    {
      name: record.name,
      path: "/bulkhead/",
      description: "Writing into one log group.",
      policy: JSON.stringify(record.policy),
    },
    childOf(parent),
  );
  const attachment = new iam.RolePolicyAttachment(
    `${name}-writer`,
    { role: writer.name, policyArn: policy.arn },
    childOf(parent),
  );
  return { writer, attachment };
}
