/**
 * CloudTrail records (AWS CloudTrail user guide, "CloudTrail record contents for management, data, and
 * network activity events").
 */

import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../protocol/value.ts";
import { type Call, secondsText } from "../call.ts";
import type { SignIn } from "../sign-in.ts";
import { foreignIdentityOf, identityOf, keyId, webIdentityOf } from "./identity.ts";
import { type Operation, operationOf } from "./operations.ts";

/** Version of the record format. */
const eventVersion = "1.11";

/** Where the events of global services are ("Global service events"). */
const globalRegion = "us-east-1";

/** How long credentials of a role last where nobody said otherwise (AWS STS API reference, "AssumeRole"), in seconds. */
const usualSessionSeconds = 3600;

/** What a selector can ask of an event. */
export interface TrailEvent extends Operation {
  readonly record: JsonObject;
  /** The account that receives it. */
  readonly account: string;
  readonly region: string;
  readonly resource: string;
}

/** Parts of a call that its record shows. */
interface Shown {
  readonly at: Date;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly error?: Call["error"];
  readonly region: string;
  readonly resource: string;
  /** Account of the resource. */
  readonly account: string;
}

/**
 * The events of a call: one, or one for the caller's account and one for the resource's where these are two, with
 * the same `sharedEventID`.
 */
export function trailEvents(call: Call): readonly TrailEvent[] {
  const operation = operationOf(call.action);
  const { caller, account } = call;
  const own = identityOf(caller, call.at);
  const isForeign = caller.kind !== "anonymous" && caller.account !== account;
  if (!isForeign) return [eventOf(call, operation, account, own, {})];
  const shared = { sharedEventID: randomUUID() };
  return [
    eventOf(call, operation, caller.account, own, shared),
    eventOf(call, operation, account, foreignIdentityOf(caller), shared),
  ];
}

/** The event of an AssumeRoleWithWebIdentity; the id is the role's unchanging one. */
export function webIdentityEvent(signIn: SignIn, roleId: string): TrailEvent {
  const { target, caller, subject, audience, account } = signIn;
  const request = { roleArn: target, roleSessionName: caller.session };
  const identity = webIdentityOf(signIn);
  const response = {
    subjectFromWebIdentityToken: subject,
    ...sessionOf(target, roleId, caller.session, signIn.at),
    provider: identity["identityProvider"] ?? "",
    audience,
  };
  const shown = { ...signIn, request, response, userAgent: "aws-sdk", resource: target };
  return eventOf(shown, operationOf("sts:AssumeRoleWithWebIdentity"), account, identity, {});
}

/** What STS answers, without what is secret of it (AWS STS API reference, "AssumeRole"). */
function sessionOf(role: string, uniqueId: string, session: string, at: Date): JsonObject {
  const [, account = "", name = ""] =
    /^arn:[\w-]+:iam::(\d+):role\/(?:.*\/)?(.+)$/.exec(role) ?? [];
  return {
    credentials: {
      accessKeyId: keyId("ASIA", `${role} ${session}`),
      expiration: secondsText(new Date(at.getTime() + usualSessionSeconds * 1000)),
    },
    assumedRoleUser: {
      assumedRoleId: `${uniqueId}:${session}`,
      arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    },
  };
}

function eventOf(
  shown: Shown,
  operation: Operation,
  account: string,
  userIdentity: JsonObject,
  shared: JsonObject,
): TrailEvent {
  const region = operation.global ? globalRegion : shown.region;
  const event = { ...operation, account, region, resource: shown.resource };
  return { ...event, record: recordOf(shown, event, userIdentity, shared) };
}

function recordOf(
  shown: Shown,
  event: Omit<TrailEvent, "record">,
  userIdentity: JsonObject,
  shared: JsonObject,
): JsonObject {
  const { error, request } = shown;
  const isData = event.dataType !== undefined;
  const resources = resourcesOf(event, shown.account);
  return {
    eventVersion,
    userIdentity,
    eventTime: secondsText(shown.at),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: event.region,
    sourceIPAddress: shown.sourceIp,
    userAgent: shown.userAgent,
    ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
    requestParameters: Object.keys(request).length === 0 ? null : request,
    responseElements: responseOf(shown, event),
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: event.readOnly,
    ...(resources.length === 0 ? {} : { resources }),
    eventType: "AwsApiCall",
    managementEvent: !isData,
    recipientAccountId: event.account,
    ...shared,
    eventCategory: isData ? "Data" : "Management",
  };
}

/** What reads answers nothing to the log, but STS, whose answer is who one has become. */
function responseOf(
  { error, response }: Shown,
  { readOnly, namedType }: Omit<TrailEvent, "record">,
): Json {
  const told = !readOnly || namedType === "AWS::IAM::Role";
  return error === undefined && told && Object.keys(response).length > 0 ? response : null;
}

/** "A list of resources accessed in the event": always of data events, of some services also of others. */
function resourcesOf(
  { dataType, namedType, resource }: Omit<TrailEvent, "record">,
  accountId: string,
): readonly JsonObject[] {
  if (dataType === "AWS::S3::Object") {
    const bucket = resource.replace(/\/.*$/, "");
    const owner = { accountId, type: "AWS::S3::Bucket", ARN: bucket };
    return resource === bucket ? [owner] : [{ type: dataType, ARN: resource }, owner];
  }
  const type = dataType ?? namedType;
  return type === undefined || !resource.startsWith("arn:")
    ? []
    : [{ accountId, type, ARN: resource }];
}
