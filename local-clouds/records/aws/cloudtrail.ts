/**
 * CloudTrail records (AWS CloudTrail user guide, "CloudTrail record contents for management, data, and
 * network activity events", "CloudTrail userIdentity element").
 */

import { createHash, randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../protocol/value.ts";
import { type Call, type Caller, secondsText } from "../call.ts";
import type { SignIn } from "../sign-in.ts";

/** Version of the record format. */
const eventVersion = "1.11";

/** Services whose name in records is not their prefix in IAM (Service Authorization Reference). */
const sources: Readonly<Record<string, string>> = {
  cloudwatch: "monitoring",
  "execute-api": "apigateway",
};

/** API calls that IAM names differently (Service Authorization Reference, "Actions defined by Amazon S3", "… AWS Lambda"). */
const eventNames: Readonly<Record<string, string>> = {
  "s3:ListBucket": "ListObjects",
  "s3:ListAllMyBuckets": "ListBuckets",
  "lambda:InvokeFunction": "Invoke",
};

/** Data events by resource type (CloudTrail user guide, "Logging data events"). */
const dataActions: Readonly<Record<string, string>> = {
  "s3:GetObject": "AWS::S3::Object",
  "s3:PutObject": "AWS::S3::Object",
  "s3:DeleteObject": "AWS::S3::Object",
  "s3:ListBucket": "AWS::S3::Object",
  "lambda:InvokeFunction": "AWS::Lambda::Function",
  "dynamodb:GetItem": "AWS::DynamoDB::Table",
  "dynamodb:PutItem": "AWS::DynamoDB::Table",
  "dynamodb:Query": "AWS::DynamoDB::Table",
  "dynamodb:Scan": "AWS::DynamoDB::Table",
};

/** Services whose events are always of one region (CloudTrail user guide, "Global service events"). */
const globalServices: ReadonlySet<string> = new Set(["iam", "cloudfront", "organizations"]);
const globalRegion = "us-east-1";

/** What a selector can ask of an event. */
export interface TrailEvent {
  readonly record: JsonObject;
  readonly account: string;
  readonly region: string;
  readonly global: boolean;
  readonly readOnly: boolean;
  readonly eventName: string;
  readonly eventSource: string;
  /** `AWS::S3::Object` and so on; `undefined` for management events. */
  readonly dataType: string | undefined;
  readonly resource: string;
}

/** The event of a call. */
export function trailEvent(call: Call): TrailEvent {
  const [service = "", name = ""] = call.action.split(":");
  const dataType = dataActions[call.action];
  const readOnly = /^(Get|List|Describe|Head|Lookup|Search|Query|Scan)/.test(name);
  const event = {
    account: call.account,
    region: globalServices.has(service) ? globalRegion : call.region,
    global: globalServices.has(service),
    readOnly,
    eventName: eventNames[call.action] ?? name,
    eventSource: `${sources[service] ?? service}.amazonaws.com`,
    dataType,
    resource: call.resource,
  };
  const told = call.error === undefined && !readOnly && Object.keys(call.response).length > 0;
  const response = told ? call.response : null;
  return { ...event, record: recordOf(call, event, identityOf(call.caller, call.at), response) };
}

/** The event of an AssumeRoleWithWebIdentity ("userIdentity element", type `WebIdentityUser`). */
export function webIdentityEvent(signIn: SignIn): TrailEvent {
  const event = {
    account: signIn.account,
    region: signIn.region,
    global: false,
    readOnly: true,
    eventName: "AssumeRoleWithWebIdentity",
    eventSource: "sts.amazonaws.com",
    dataType: undefined,
    resource: signIn.target,
  };
  const provider = signIn.issuer.replace(/^https:\/\//, "");
  const identity = {
    type: "WebIdentityUser",
    principalId: `${provider}:${signIn.audience}:${signIn.subject}`,
    userName: signIn.subject,
    identityProvider: `arn:aws:iam::${signIn.account}:oidc-provider/${provider}`,
  };
  const call = {
    ...signIn,
    request: { roleArn: signIn.target, roleSessionName: signIn.caller.session },
    userAgent: "aws-sdk",
  };
  const session = { subjectFromWebIdentityToken: signIn.subject, audience: signIn.audience };
  const response = signIn.error === undefined ? session : null;
  return { ...event, record: recordOf(call, event, identity, response) };
}

function recordOf(
  call: Pick<Call, "at" | "sourceIp" | "userAgent" | "request" | "error" | "account">,
  event: Omit<TrailEvent, "record">,
  userIdentity: JsonObject,
  responseElements: Json,
): JsonObject {
  const { error } = call;
  const isData = event.dataType !== undefined;
  return {
    eventVersion,
    userIdentity,
    eventTime: secondsText(call.at),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: event.region,
    sourceIPAddress: call.sourceIp,
    userAgent: call.userAgent,
    ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
    requestParameters: Object.keys(call.request).length === 0 ? null : call.request,
    responseElements,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: event.readOnly,
    ...(isData ? { resources: resourcesOf(event) } : {}),
    eventType: "AwsApiCall",
    managementEvent: !isData,
    recipientAccountId: event.account,
    eventCategory: isData ? "Data" : "Management",
  };
}

function resourcesOf({ dataType, resource, account }: Omit<TrailEvent, "record">): JsonObject[] {
  const type = dataType ?? "";
  const bucket = resource.replace(/\/.*$/, "");
  const of = { accountId: account, type: "AWS::S3::Bucket", ARN: bucket };
  if (type !== "AWS::S3::Object") return [{ accountId: account, type, ARN: resource }];
  return resource === bucket ? [of] : [{ type, ARN: resource }, of];
}

function identityOf(caller: Caller, at: Date): JsonObject {
  const { kind, id, name, account, uniqueId, session } = caller;
  if (kind === "anonymous")
    return { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" };
  if (kind === "root") return { type: "Root", principalId: account, arn: id, accountId: account };
  if (kind !== "role") {
    const accessKeyId = keyId("AKIA", id);
    return {
      type: "IAMUser",
      principalId: uniqueId,
      arn: id,
      accountId: account,
      accessKeyId,
      userName: name,
    };
  }
  const issuer = {
    type: "Role",
    principalId: uniqueId,
    arn: id,
    accountId: account,
    userName: name,
  };
  return {
    type: "AssumedRole",
    principalId: `${uniqueId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: keyId("ASIA", `${id} ${session}`),
    sessionContext: {
      sessionIssuer: issuer,
      attributes: { creationDate: secondsText(at), mfaAuthenticated: "false" },
    },
  };
}

/** Access key ids have twenty characters (IAM API reference, "AccessKey"). */
function keyId(prefix: string, of: string): string {
  return `${prefix}${createHash("sha256").update(of).digest("hex").toUpperCase().slice(0, 16)}`;
}
