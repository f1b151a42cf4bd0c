/** The context of a request in AWS (IAM user guide, "AWS global condition context keys"). */

import { globalKey } from "../../probe/token/aws/global-keys.ts";
import { type Known, RequestContext, value, values } from "../../probe/token/aws/request.ts";
import { type LiveWorld, objectAt, textAt, textsOf } from "../../probe/token/live.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { Question } from "../question.ts";
import type { AwsActor } from "./actor.ts";
import type { AwsResource } from "./resource.ts";

const organizationToken = "aws:organizations/organization:Organization";
const absent: Known = { kind: "absent" };

/** Keys that parameters of a call carry (Service Authorization Reference, "Condition keys"). */
const parameterKeys: Readonly<Record<string, string>> = {
  "sts:externalid": "externalId",
  "sts:rolesessionname": "roleSessionName",
  "iam:policyarn": "policyArn",
  "iam:permissionsboundary": "permissionsBoundary",
  "s3:prefix": "prefix",
  "secretsmanager:versionstage": "versionStage",
};

/** What is known of each key. What somebody told by its name comes before all else. */
export function awsContext(
  live: LiveWorld,
  actor: AwsActor,
  resource: AwsResource,
  question: Question,
  nowSeconds: number,
): RequestContext {
  const { context } = question;
  const now = {
    nowSeconds,
    context: { ...context, region: textAt(context, "region") || resource.region },
    role: resource.live?.properties ?? {},
    account: resource.account,
    signed: true,
  };
  return new RequestContext(ofActor(live, actor, context, nowSeconds), (key) => {
    const told = Object.keys(context).find((name) => name.toLowerCase() === key);
    if (told !== undefined) return known(textsOf(context[told]));
    const parameter = parameterKeys[key];
    if (parameter !== undefined) return known(textsOf(question.with[parameter]));
    const tag = /^aws:principaltag\/(.+)$/.exec(key)?.[1];
    if (tag !== undefined) return tagOf(actor, tag);
    return globalKey(now, key) ?? { kind: "open", why: `the value of ${key} is not told` };
  });
}

function ofActor(
  live: LiveWorld,
  actor: AwsActor,
  context: JsonObject,
  nowSeconds: number,
): Record<string, Known> {
  const { kind, arn, account, name, session } = actor;
  const uniqueId = textAt(actor.live?.properties, "uniqueId");
  const [organization] = live.of(organizationToken);
  const issued = textAt(context, "tokenIssueTime") || new Date(nowSeconds * 1000).toISOString();
  const types = {
    role: "AssumedRole",
    user: "User",
    root: "Account",
    anonymous: "Anonymous",
  } as const;
  const told = (key: string) => textAt(context, key);
  return {
    "aws:PrincipalArn": value(arn),
    "aws:PrincipalAccount": value(account),
    "aws:PrincipalType": value(types[kind]),
    "aws:userid": value(kind === "role" ? `${uniqueId}:${session}` : uniqueId || account),
    "aws:username": kind === "user" ? value(name) : absent,
    // A session that nobody told more of was made just now; long-term credentials have no such key.
    "aws:TokenIssueTime": kind === "role" ? value(issued) : absent,
    // Long-term credentials and sessions of services carry no MFA ("aws:MultiFactorAuthPresent").
    "aws:MultiFactorAuthPresent": told("mfa") === "" ? absent : value(told("mfa")),
    "aws:PrincipalOrgID": organization === undefined ? absent : value(organization.id),
    "aws:CalledVia": absent,
  };
}

function known(texts: readonly string[]): Known {
  return texts.length === 0 ? absent : values(texts);
}

function tagOf({ live }: AwsActor, name: string): Known {
  const tags = { ...objectAt(live?.properties, "tags"), ...objectAt(live?.properties, "tagsAll") };
  const found = Object.keys(tags).find((key) => key.toLowerCase() === name);
  return found === undefined ? absent : value(textAt(tags, found));
}
