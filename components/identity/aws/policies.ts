/** Policy documents of an environment's AWS identities. */
import type { IdentityIntent } from "../../../model/identity/intent.ts";
import type { PolicyDocument, PolicyStatement } from "../../shared/aws-policy.ts";
import { document } from "../../shared/aws-policy.ts";

/**
 * Reading the configuration of what an environment is made of. No action here reads data (objects,
 * log lines, secrets, console output), so AWS's wider `ReadOnlyAccess` is not used.
 */
const readActions = [
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetTrailStatus",
  "ec2:Describe*",
  "eks:Describe*",
  "eks:List*",
  "iam:GetOpenIDConnectProvider",
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:List*",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:List*",
  "logs:Describe*",
  "logs:ListTagsForResource",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:ListAllMyBuckets",
  "tag:GetResources",
];

const read: PolicyStatement = {
  Sid: "ReadConfiguration",
  Effect: "Allow",
  Action: readActions,
  Resource: "*",
};

function changeIn(regions: readonly string[], actions: readonly string[]): PolicyStatement {
  return {
    Sid: "Change",
    Effect: "Allow",
    Action: [...actions].sort(),
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": regions } },
  };
}

/** What every identity of the environment may do. */
export function readDocument(): PolicyDocument {
  return document(read);
}

/** Named actions in the environment's regions. */
export function changeDocument(
  regions: readonly string[],
  actions: readonly string[],
): PolicyDocument {
  return document(changeIn(regions, actions));
}

/**
 * The permission boundary of the environment's roles: what all pipelines together may do. A policy
 * attached to a role by anybody later can take nothing from outside of it.
 */
export function boundaryDocument(
  intent: IdentityIntent,
  regions: readonly string[],
): PolicyDocument {
  const actions = new Set(intent.pipelines.flatMap((pipeline) => pipeline.may.awsActions));
  return actions.size === 0 ? document(read) : document(read, changeIn(regions, [...actions]));
}
