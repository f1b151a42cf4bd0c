/** What many services point to: keys, roles, topics, log groups and the like. */

import type { Reference, ServiceError } from "../../../types/type.ts";
import { refer } from "./ordinary.ts";

const keyTokens = [
  "aws:kms/key:Key",
  "aws:kms/alias:Alias",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/externalKey:ExternalKey",
];

/** A property that names a KMS key by id, ARN or alias; AWS's own keys always exist. */
export function toKey(
  at: string,
  code = "KMSNotFoundException",
  says = "Key '{value}' does not exist",
): Reference {
  return refer(
    at,
    keyTokens,
    { code, says },
    { by: ["arn", "id"], within: "world", unless: isAwsKey },
  );
}

function isAwsKey(value: string): boolean {
  return /(^|:)alias\/aws\//.test(value);
}

/** A property that holds a topic's ARN. */
export function toTopic(at: string, missing: ServiceError): Reference {
  return refer(at, "aws:sns/topic:Topic", missing, { by: "arn", within: "world" });
}

/** A property that holds a log group's ARN, whether or not `:*` follows it. */
export function toLogGroupArn(at: string, missing: ServiceError): Reference {
  return refer(at, "aws:cloudwatch/logGroup:LogGroup", missing, {
    by: "arn",
    key: (_r, value) => value.replace(/:\*$/, ""),
  });
}

/** A property that names a log group. */
export function toLogGroup(at: string, how: Partial<Reference> = {}): Reference {
  const says = "The specified log group does not exist.";
  return refer(
    at,
    "aws:cloudwatch/logGroup:LogGroup",
    { code: "ResourceNotFoundException", says },
    how,
  );
}

/** A property that names a Lambda function by name, ARN or qualified ARN. */
export function toFunction(at: string, how: Partial<Reference> = {}): Reference {
  return refer(
    at,
    "aws:lambda/function:Function",
    { code: "ResourceNotFoundException", says: "Function not found: {value}" },
    { by: ["id", "arn"], key: (_r, value) => unqualified(value), ...how },
  );
}

/** `arn:…:function:NAME:ALIAS` without the alias; `…/invocations` of API Gateway's path form off. */
function unqualified(value: string): string {
  const arn = /arn:[\w-]+:lambda:[\w-]+:\d+:function:[\w-]+/.exec(value)?.[0];
  return arn ?? value.split(":")[0] ?? value;
}

/** A property that holds a certificate's ARN, of ACM or of IAM. */
export function toCertificate(at: string, missing: ServiceError): Reference {
  return refer(
    at,
    ["aws:acm/certificate:Certificate", "aws:iam/serverCertificate:ServerCertificate"],
    missing,
    { by: "arn", within: "world", holds: true },
  );
}

/** An account's number is twelve digits; another is refused by every service alike. */
export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}
