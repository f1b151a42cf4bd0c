/**
 * AWS KMS Developer Guide, "Customer managed keys": what is encrypted by itself, or as AD07 and AD31
 * demand, is under a key of AWS unless another one is named. Buckets and tables are AD05's and AD07f's.
 */
import { alone } from "../shared/alone.ts";
import { awsKeys, awsUntagged } from "../shared/aws-keys.ts";
import { keyRule } from "../shared/key-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

export const AD30 = forMarked(
  keyRule({
    id: "AD30",
    sentence: "What is marked as sensitive in AWS is encrypted under a key of one's own.",
    why: "Under AWS's key, leave to use the service is leave to read the data; nobody can withdraw that key, or see it used.",
    severity: "medium",
    tenets: ["T2"],
    controls: ["SC-12", "SC-28", "SC-28(1)"],
    fix: "Name a customer managed key of KMS at the place of the finding, or take the mark away where the data is not sensitive.",
    cloud: "aws",
    places: awsKeys,
    more: [
      {
        kind: "violating",
        says: "a workgroup whose clients may write elsewhere",
        expect: "fail",
        resources: alone("aws:athena/workgroup:Workgroup", {
          configuration: {
            enforceWorkgroupConfiguration: false,
            resultConfiguration: { encryptionConfiguration: { kmsKeyArn: key } },
          },
        }),
        path: "configuration.enforceWorkgroupConfiguration",
      },
      {
        kind: "violating",
        says: "a repository that does not use the key it names",
        expect: "fail",
        resources: alone("aws:ecr/repository:Repository", {
          encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: key }],
        }),
        path: "encryptionConfigurations[0].encryptionType",
      },
      {
        kind: "violating",
        says: "a repository of which nothing is said",
        expect: "fail",
        resources: alone("aws:ecr/repository:Repository", {}),
        path: "encryptionConfigurations",
      },
      {
        kind: "violating",
        says: "the key that AWS makes for a service",
        expect: "fail",
        resources: alone("aws:sqs/queue:Queue", { kmsMasterKeyId: "alias/aws/sqs" }),
      },
      {
        kind: "clean",
        says: "the region's default key for volumes",
        expect: "pass",
        resources: [
          { type: "aws:ebs/volume:Volume", name: "data", props: { size: 8 } },
          {
            type: "aws:ebs/defaultKmsKey:DefaultKmsKey",
            name: "default",
            props: { keyArn: key },
          },
        ],
      },
      {
        kind: "clean",
        says: "an object of which its bucket decides",
        expect: "not-applicable",
        resources: alone("aws:s3/bucketObjectv2:BucketObjectv2", { key: "orders.csv" }),
      },
      {
        kind: "clean",
        says: "a log of talks that goes to CloudWatch",
        expect: "pass",
        resources: alone("aws:lex/botAlias:BotAlias", {
          conversationLogs: { logSettings: [{ destination: "CLOUDWATCH_LOGS" }] },
        }),
      },
    ],
  }),
  awsUntagged,
);
