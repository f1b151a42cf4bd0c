/** CloudTrail trails and CloudWatch log groups (their API references). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { arn, oneOf, regionAndTags, textOf } from "./common.ts";
import { toRole } from "./iam-references.ts";
import { letsIn, statementsOf } from "./policy-documents.ts";
import { toBucket } from "./s3-references.ts";

const trail: TypeEntry = {
  token: "aws:cloudtrail/trail:Trail",
  autoname: { property: "name", charactersMax: 128 },
  defaults: {
    enableLogFileValidation: false,
    enableLogging: true,
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
  },
  forceNew: ["name", "region"],
  check: trailFaults,
  id: (r) => arn(r, "cloudtrail", `trail/${r.text("name")}`),
  planned: regionAndTags,
  outputs: { arn: (r) => r.id, homeRegion: (r) => r.region, snsTopicArn: "" },
  keys: ["arn", "name"],
  references: [
    {
      ...toBucket("s3BucketName"),
      missing: { code: "S3BucketDoesNotExistException", says: "S3 bucket {value} does not exist!" },
    },
    {
      at: "kmsKeyId",
      to: ["aws:kms/key:Key", "aws:kms/alias:Alias"],
      by: ["arn", "id"],
      within: "world",
      missing: { code: "KmsKeyNotFoundException", says: "The KMS key {value} does not exist." },
    },
    {
      at: "cloudWatchLogsGroupArn",
      to: "aws:cloudwatch/logGroup:LogGroup",
      by: "arn",
      key: (_r, value) => value.replace(/:\*$/, ""),
      missing: {
        code: "InvalidCloudWatchLogsLogGroupArnException",
        says: "CloudTrail cannot validate the specified log group ARN {value}.",
      },
    },
    toRole("cloudWatchLogsRoleArn", {
      code: "InvalidCloudWatchLogsRoleArnException",
      says: "CloudTrail cannot validate the specified role ARN {value}.",
    }),
  ],
  taken: { code: "TrailAlreadyExistsException", says: "Trail {id} already exists for customer" },
  admit: refuseTrail,
};

function trailFaults(r: Resource): readonly InputFault[] {
  const both =
    r.given("eventSelectors") !== undefined && r.given("advancedEventSelectors") !== undefined;
  const roleWithout =
    (r.given("cloudWatchLogsGroupArn") === undefined) !==
    (r.given("cloudWatchLogsRoleArn") === undefined);
  return [
    ...(both
      ? [
          {
            property: "advancedEventSelectors",
            reason: '"advancedEventSelectors": conflicts with eventSelectors',
          },
        ]
      : []),
    ...(roleWithout
      ? [
          {
            property: "cloudWatchLogsGroupArn",
            reason: "cloudWatchLogsGroupArn and cloudWatchLogsRoleArn belong together",
          },
        ]
      : []),
  ];
}

/** CloudTrail tries whether it may write before it accepts a trail (CreateTrail, errors). */
function refuseTrail(r: Resource): ServiceError | undefined {
  if (r.flag("isMultiRegionTrail") && !r.flag("includeGlobalServiceEvents")) {
    return {
      code: "InvalidParameterCombinationException",
      says: "Multi-Region trail must include global service events.",
    };
  }
  const bucket = r.target("s3BucketName");
  const policy = r
    .all("aws:s3/bucketPolicy:BucketPolicy")
    .find(({ properties }) => properties["bucket"] === bucket?.id);
  const own = bucket === undefined || bucket.account === r.account;
  if (
    own &&
    !letsIn(textOf(policy?.properties ?? {}, "policy") ?? "", "cloudtrail.", "s3:putobject")
  ) {
    return {
      code: "InsufficientS3BucketPolicyException",
      says: `Incorrect S3 bucket policy is detected for bucket: ${r.text("s3BucketName")}`,
    };
  }
  const key = r.target("kmsKeyId");
  return key === undefined ||
    key.token !== "aws:kms/key:Key" ||
    letsIn(textOf(key.properties, "policy") ?? "", "cloudtrail.", "kms:generatedatakey")
    ? undefined
    : {
        code: "InsufficientEncryptionPolicyException",
        says: `Insufficient permissions to access S3 bucket ${r.text("s3BucketName")} or KMS key ${r.text("kmsKeyId")}.`,
      };
}

/** Days that log events may be kept; 0 is for ever (PutRetentionPolicy). */
const retentionDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];
const groupClasses = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];

const logGroup: TypeEntry = {
  token: "aws:cloudwatch/logGroup:LogGroup",
  autoname: { property: "name", charactersMax: 512 },
  defaults: { retentionInDays: 0, skipDestroy: false },
  forceNew: ["name", "namePrefix", "logGroupClass", "region"],
  check: (r) => {
    const days = r.number("retentionInDays", 0);
    return [
      ...oneOf(r.text("logGroupClass", "STANDARD"), "logGroupClass", groupClasses),
      ...(retentionDays.includes(days)
        ? []
        : [
            {
              property: "retentionInDays",
              reason: `expected retentionInDays to be one of [${retentionDays.join(" ")}], got ${days}`,
            },
          ]),
    ];
  },
  id: (r) => r.text("name"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "logs", `log-group:${r.text("name")}`),
    deletionProtectionEnabled: false,
    kmsKeyId: "",
    logGroupClass: "STANDARD",
    namePrefix: "",
  },
  keys: ["arn", "name"],
  references: [
    {
      at: "kmsKeyId",
      to: "aws:kms/key:Key",
      by: "arn",
      missing: {
        code: "InvalidParameterException",
        says: "The specified KMS key does not exist or is not allowed to be used: {value}",
      },
    },
  ],
  taken: { code: "ResourceAlreadyExistsException", says: "The specified log group already exists" },
  admit: refuseLogGroup,
};

/** The key must let CloudWatch Logs of the region use it (CloudWatch Logs user guide, "Encrypt log data"). */
function refuseLogGroup(r: Resource): ServiceError | undefined {
  const key = r.target("kmsKeyId");
  if (key === undefined) return undefined;
  const allowed = statementsOf(textOf(key.properties, "policy") ?? "").some(
    ({ effect, principals }) =>
      effect === "Allow" &&
      (principals["Service"] ?? []).some((service) => /^logs\./.test(service)),
  );
  return allowed
    ? undefined
    : {
        code: "InvalidParameterException",
        says: `The specified KMS key does not exist or is not allowed to be used with Arn '${arn(r, "logs", `log-group:${r.text("name")}`)}'`,
      };
}

/** The entries of trails and log groups. */
export const trailTypes: readonly TypeEntry[] = [trail, logGroup];
