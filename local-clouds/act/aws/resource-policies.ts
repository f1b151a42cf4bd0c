/** Policies on resources (IAM user guide, "Identity-based policies and resource-based policies", "AWS services that work with IAM"). */

import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { Json } from "../../protocol/value.ts";
import { functionPolicyOf } from "./function-policy.ts";
import type { AwsResource } from "./resource.ts";

/** A resource's own policy. */
export interface ResourcePolicy {
  /** How reasons name it, e.g. `bucket policy`. */
  readonly name: string;
  /** `undefined` where the resource has none. */
  readonly document: Json | undefined;
  /**
   * Nothing is allowed without it, even within the account: trust policies of roles ("How to use trust
   * policies with IAM roles") and key policies ("Key policies in AWS KMS").
   */
  readonly needed: boolean;
}

interface Kind {
  readonly name: string;
  /** Types that hold the policy apart from the resource, and the key by which they name it. */
  readonly apart?: readonly (readonly [token: string, key: string])[];
  readonly own?: string;
  /** Made of other resources. */
  readonly made?: (live: LiveWorld, resource: Live) => Json | undefined;
  readonly needed?: boolean;
}

const bucketKind: Kind = {
  name: "bucket policy",
  apart: [["aws:s3/bucketPolicy:BucketPolicy", "bucket"]],
  own: "policy",
};

/** By the type of the resource. */
const kinds: Readonly<Record<string, Kind>> = {
  "aws:s3/bucket:Bucket": bucketKind,
  "aws:s3/bucketV2:BucketV2": bucketKind,
  "aws:lambda/function:Function": { name: "function policy", made: functionPolicyOf },
  "aws:kms/key:Key": {
    name: "key policy",
    apart: [["aws:kms/keyPolicy:KeyPolicy", "keyId"]],
    own: "policy",
    needed: true,
  },
  "aws:secretsmanager/secret:Secret": {
    name: "secret's resource policy",
    apart: [["aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn"]],
    own: "policy",
  },
  "aws:sqs/queue:Queue": {
    name: "queue policy",
    apart: [["aws:sqs/queuePolicy:QueuePolicy", "queueUrl"]],
    own: "policy",
  },
  "aws:sns/topic:Topic": {
    name: "topic policy",
    apart: [["aws:sns/topicPolicy:TopicPolicy", "arn"]],
    own: "policy",
  },
};

/** The policy that decides about an action on a resource; `undefined` for what has none. */
export function resourcePolicyOf(
  live: LiveWorld,
  action: string,
  { live: resource }: AwsResource,
): ResourcePolicy | undefined {
  if (resource === undefined) return undefined;
  if (resource.token === "aws:iam/role:Role") {
    if (!action.startsWith("sts:")) return undefined;
    return {
      name: "trust policy",
      document: resource.properties["assumeRolePolicy"],
      needed: true,
    };
  }
  const kind = kinds[resource.token];
  if (kind === undefined) return undefined;
  const document =
    apart(live, kind, resource) ??
    kind.made?.(live, resource) ??
    (kind.own === undefined ? undefined : resource.properties[kind.own]);
  const isThere = document !== undefined && document !== null && document !== "";
  return {
    name: kind.name,
    document: isThere ? document : undefined,
    needed: kind.needed === true,
  };
}

function apart(live: LiveWorld, { apart: places = [] }: Kind, resource: Live): Json | undefined {
  const names = [
    resource.id,
    textAt(resource.properties, "arn"),
    textAt(resource.properties, "keyId"),
  ];
  return places
    .flatMap(([token, key]) =>
      live.of(token).filter(({ properties }) => names.includes(textAt(properties, key))),
    )
    .map(({ properties }) => properties["policy"])[0];
}
