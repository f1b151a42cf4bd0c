/**
 * How CloudTrail names an operation (CloudTrail user guide, "CloudTrail record contents for management, data, and network activity
 * events", "Logging data events"; Service Authorization Reference).
 */

/** What the log says of an operation, whoever asked for it. */
export interface Operation {
  readonly eventName: string;
  readonly eventSource: string;
  readonly readOnly: boolean;
  /** The service's events are of one region, wherever they were asked for ("Global service events"). */
  readonly global: boolean;
  /** `AWS::S3::Object` and so on; `undefined` for management events. */
  readonly dataType: string | undefined;
  /** Type under which `resources` names what a management event is about; `undefined` where it names nothing. */
  readonly namedType: string | undefined;
}

/** Services whose name in records is not their prefix in IAM. */
const sources: Readonly<Record<string, string>> = {
  cloudwatch: "monitoring",
  "execute-api": "apigateway",
};

/** Calls that records name otherwise: S3's and Lambda's (Amazon S3 user guide, "Amazon S3 CloudTrail events"; AWS Lambda developer guide, "Logging AWS Lambda API calls using AWS CloudTrail"). */
const names: Readonly<Record<string, string>> = {
  "s3:ListBucket": "ListObjects",
  "s3:ListAllMyBuckets": "ListBuckets",
  "lambda:InvokeFunction": "Invoke",
  "lambda:CreateFunction": "CreateFunction20150331",
  "lambda:DeleteFunction": "DeleteFunction20150331",
  "lambda:UpdateFunctionCode": "UpdateFunctionCode20150331v2",
  "lambda:UpdateFunctionConfiguration": "UpdateFunctionConfiguration20150331v2",
  "lambda:AddPermission": "AddPermission20150331v2",
  "lambda:RemovePermission": "RemovePermission20150331v2",
  "lambda:CreateEventSourceMapping": "CreateEventSourceMapping20150331",
  "lambda:UpdateEventSourceMapping": "UpdateEventSourceMapping20150331",
  "lambda:DeleteEventSourceMapping": "DeleteEventSourceMapping20150331",
};

/** Data events by service: the type of resource, and the calls. */
const data: readonly (readonly [service: string, type: string, calls: RegExp])[] = [
  [
    "s3",
    "AWS::S3::Object",
    /^((Get|Put|Delete|Copy|Restore)Object|ListBucket$|AbortMultipartUpload)/,
  ],
  ["lambda", "AWS::Lambda::Function", /^InvokeFunction$/],
  [
    "dynamodb",
    "AWS::DynamoDB::Table",
    /^((Get|Put|Update|Delete)Item|Batch(Get|Write)Item|Query|Scan|PartiQL\w+|ConditionCheckItem)$/,
  ],
  ["sqs", "AWS::SQS::Queue", /^(Send|Receive|Delete)Message$/],
  ["sns", "AWS::SNS::Topic", /^Publish$/],
];

/** S3's settings of a bucket are management events though their names begin alike. */
const bucketSettings = /^(Get|Put|Delete)ObjectLockConfiguration$/;

const globalServices: ReadonlySet<string> = new Set([
  "cloudfront",
  "iam",
  "organizations",
  "route53",
  "shield",
]);

/** Reads by their first word. */
const readWords =
  /^(Get|List|Describe|Head|Lookup|Search|Query|Scan|BatchGet|Receive|ConditionCheck|View|Select)/;

/** Calls that read though their name does not say so (AWS STS and AWS KMS: samples of their entries). */
const reads: ReadonlySet<string> = new Set([
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:Sign",
  "kms:Verify",
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
]);

/** Services that name what a management event is about under `resources`. */
const namedTypes: Readonly<Record<string, string>> = {
  kms: "AWS::KMS::Key",
  sts: "AWS::IAM::Role",
};

/** The operation of an IAM action. */
export function operationOf(action: string): Operation {
  const [service = "", name = ""] = action.split(":");
  const [, dataType] =
    data.find(
      ([prefix, , calls]) => prefix === service && calls.test(name) && !bucketSettings.test(name),
    ) ?? [];
  return {
    eventName: names[action] ?? name,
    eventSource: `${sources[service] ?? service}.amazonaws.com`,
    readOnly: readWords.test(name) || reads.has(action),
    global: globalServices.has(service),
    dataType,
    namedType: namedTypes[service],
  };
}
