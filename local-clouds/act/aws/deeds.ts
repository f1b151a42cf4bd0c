/**
 * What AWS actions change (the API reference of each service). An action that is neither here nor one
 * that only reads cannot be told.
 */

import { BadRequest, Refused } from "../../lifecycle/session.ts";
import { type Live, type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";
import type { JsonObject, ValueObject } from "../../protocol/value.ts";
import { answers, type Change, findLive, removes, sets } from "../change.ts";
import { type AwsActor, awsActorText } from "./actor.ts";
import type { AwsResource } from "./resource.ts";

/** An allowed call. */
export interface AwsCall {
  readonly live: LiveWorld;
  readonly actor: AwsActor;
  readonly resource: AwsResource;
  /** Parameters as CloudTrail writes them, with a small first letter. */
  readonly with: JsonObject;
}

type Deed = (call: AwsCall) => Change;

/** The change that a call makes; `undefined` where that is not known. */
export function awsChange(action: string, call: AwsCall): Change | undefined {
  const deed = deeds[action];
  if (deed !== undefined) return deed(call);
  const reads = /^[\w-]+:(Get|List|Describe|Head|Lookup|Search|Query|Scan|Decrypt|Simulate)/.test(
    action,
  );
  return reads ? answers() : undefined;
}

/** The text parameter of a call; throws `BadRequest` naming it where it is missing. */
function param(call: AwsCall, key: string): string {
  const text = textAt(call.with, key);
  if (text !== "") return text;
  throw new BadRequest(`the call needs --with '{"${key}": …}'`);
}

/** The resource of a call where it must be deployed. */
function demanded({ resource }: AwsCall): Live {
  if (resource.live !== undefined) return resource.live;
  throw new Refused("NoSuchEntity", `${resource.arn} does not exist`);
}

function nameOf(call: AwsCall): string {
  return textAt(demanded(call).properties, "name");
}

function creates(
  call: AwsCall,
  token: string,
  name: string,
  inputs: ValueObject,
  shows: Readonly<Record<string, string>> = {},
): Change {
  const { account, region } = call.resource;
  const config = { region, allowedAccountIds: [account] };
  return { kind: "create", token, name, inputs, config, shows };
}

const attachPolicy =
  (token: string, holder: "role" | "user"): Deed =>
  (call) => {
    const policyArn = param(call, "policyArn");
    return creates(call, token, "attachment", { [holder]: nameOf(call), policyArn });
  };

const detachPolicy =
  (token: string, holder: "role" | "user"): Deed =>
  (call) => {
    const held = { [holder]: nameOf(call), policyArn: param(call, "policyArn") };
    const found = findLive(call.live, token, held);
    if (found === undefined) throw new BadRequest(`${held.policyArn} is not attached`);
    return removes(found);
  };

/** PutRolePolicy and PutUserPolicy replace a policy of the same name. */
const putPolicy =
  (token: string, holder: "role" | "user"): Deed =>
  (call) => {
    const [name, policy] = [param(call, "policyName"), param(call, "policyDocument")];
    const found = findLive(call.live, token, { [holder]: nameOf(call), name });
    return found === undefined
      ? creates(call, token, name, { [holder]: nameOf(call), name, policy })
      : sets(found, { policy });
  };

const roleAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const userAttachment = "aws:iam/userPolicyAttachment:UserPolicyAttachment";
const accessKey = "aws:iam/accessKey:AccessKey";

const deeds: Readonly<Record<string, Deed>> = {
  "sts:AssumeRole": (call) => {
    const role = demanded(call);
    const session = textAt(call.with, "roleSessionName") || "session";
    const name = textAt(role.properties, "name");
    return answers({
      assumedRoleUser: {
        assumedRoleId: `${textAt(role.properties, "uniqueId")}:${session}`,
        arn: `arn:aws:sts::${role.account}:assumed-role/${name}/${session}`,
      },
    });
  },
  "sts:GetCallerIdentity": ({ actor }) =>
    answers({ arn: awsActorText(actor), account: actor.account }),
  "iam:AttachRolePolicy": attachPolicy(roleAttachment, "role"),
  "iam:AttachUserPolicy": attachPolicy(userAttachment, "user"),
  "iam:DetachRolePolicy": detachPolicy(roleAttachment, "role"),
  "iam:DetachUserPolicy": detachPolicy(userAttachment, "user"),
  "iam:PutRolePolicy": putPolicy("aws:iam/rolePolicy:RolePolicy", "role"),
  "iam:PutUserPolicy": putPolicy("aws:iam/userPolicy:UserPolicy", "user"),
  "iam:UpdateAssumeRolePolicy": (call) =>
    sets(demanded(call), { assumeRolePolicy: param(call, "policyDocument") }),
  "iam:CreatePolicyVersion": (call) =>
    sets(demanded(call), { policy: param(call, "policyDocument") }),
  "iam:CreateUser": (call) => {
    const name = textAt(call.with, "userName") || call.resource.arn.replace(/^.*\//, "");
    return creates(call, "aws:iam/user:User", name, { name }, { arn: "arn", userId: "uniqueId" });
  },
  "iam:CreateAccessKey": (call) =>
    creates(
      call,
      accessKey,
      "key",
      { user: nameOf(call) },
      { accessKeyId: "id", status: "status" },
    ),
  "iam:UpdateAccessKey": (call) => sets(keyOf(call), { status: param(call, "status") }),
  "iam:DeleteAccessKey": (call) => removes(keyOf(call)),
  "iam:CreateLoginProfile": (call) =>
    creates(call, "aws:iam/userLoginProfile:UserLoginProfile", "login", { user: nameOf(call) }),
  "iam:PassRole": () => answers(),
  "organizations:AttachPolicy": (call) =>
    creates(call, "aws:organizations/policyAttachment:PolicyAttachment", "attachment", {
      policyId: demanded(call).id,
      targetId: param(call, "targetId"),
    }),
  "ec2:ModifySnapshotAttribute": (call) =>
    creates(
      call,
      "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
      "share",
      { snapshotId: demanded(call).id, accountId: param(call, "userId") },
    ),
  "ec2:ModifyImageAttribute": (call) =>
    creates(call, "aws:ec2/amiLaunchPermission:AmiLaunchPermission", "share", {
      imageId: demanded(call).id,
      accountId: param(call, "userId"),
    }),
  "ec2:CreateSnapshot": (call) =>
    creates(
      call,
      "aws:ebs/snapshot:Snapshot",
      "snapshot",
      { volumeId: demanded(call).id },
      { snapshotId: "id" },
    ),
  "ec2:CopySnapshot": (call) => {
    const { id, region } = demanded(call);
    const inputs = { sourceSnapshotId: id, sourceRegion: region };
    return creates(call, "aws:ebs/snapshotCopy:SnapshotCopy", "copy", inputs, { snapshotId: "id" });
  },
  "ec2:CreateFlowLogs": (call) =>
    creates(call, "aws:ec2/flowLog:FlowLog", "log", {
      [flowLogOf(demanded(call))]: demanded(call).id,
      trafficType: "ALL",
      ...call.with,
    }),
  "wafv2:UpdateIPSet": (call) =>
    sets(demanded(call), { addresses: [...textsAt(call.with, "addresses")] }),
  "ec2:ModifyNetworkInterfaceAttribute": (call) => {
    const groups = [...textsAt(call.with, "groups")];
    if (groups.length === 0) throw new BadRequest(`the call needs --with '{"groups": ["sg-…"]}'`);
    const live = demanded(call);
    const key =
      live.token === "aws:ec2/instance:Instance" ? "vpcSecurityGroupIds" : "securityGroups";
    return sets(live, { [key]: groups });
  },
  "ec2:DisassociateIamInstanceProfile": (call) => sets(demanded(call), { iamInstanceProfile: "" }),
  "ec2:AuthorizeSecurityGroupIngress": (call) =>
    creates(call, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", {
      securityGroupId: demanded(call).id,
      ...call.with,
    }),
  "ec2:CreateNetworkAclEntry": (call) =>
    creates(call, "aws:ec2/networkAclRule:NetworkAclRule", "entry", {
      networkAclId: demanded(call).id,
      ...call.with,
    }),
  "cloudtrail:StopLogging": (call) => sets(demanded(call), { enableLogging: false }),
  "cloudtrail:StartLogging": (call) => sets(demanded(call), { enableLogging: true }),
  "cloudtrail:DeleteTrail": (call) => removes(demanded(call)),
  "ec2:DeleteFlowLogs": (call) => removes(demanded(call)),
  "s3:PutBucketPolicy": (call) => {
    const policy = param(call, "policy");
    const token = "aws:s3/bucketPolicy:BucketPolicy";
    const found = findLive(call.live, token, { bucket: demanded(call).id });
    return found === undefined
      ? creates(call, token, "policy", { bucket: demanded(call).id, policy })
      : sets(found, { policy });
  },
  "s3:PutBucketAcl": (call) => {
    const [token, acl] = ["aws:s3/bucketAcl:BucketAcl", param(call, "acl")];
    const found = findLive(call.live, token, { bucket: demanded(call).id });
    return found === undefined
      ? creates(call, token, "acl", { bucket: demanded(call).id, acl })
      : sets(found, { acl });
  },
  "s3:PutBucketPublicAccessBlock": (call) => {
    const token = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    const found = findLive(call.live, token, { bucket: demanded(call).id });
    return found === undefined
      ? creates(call, token, "block", { bucket: demanded(call).id, ...call.with })
      : sets(found, call.with);
  },
  "kms:CreateGrant": (call) =>
    creates(
      call,
      "aws:kms/grant:Grant",
      "grant",
      {
        keyId: demanded(call).id,
        granteePrincipal: param(call, "granteePrincipal"),
        operations: [...textsAt(call.with, "operations")],
      },
      { grantId: "grantId" },
    ),
  "lambda:AddPermission": (call) =>
    creates(call, "aws:lambda/permission:Permission", param(call, "statementId"), {
      function: nameOf(call),
      ...call.with,
    }),
  // What a key makes of a text is not of this world.
  "kms:Encrypt": () => answers(),
  "kms:GenerateDataKey": () => answers(),
  "kms:Sign": () => answers(),
  "kms:Verify": () => answers(),
  // What is in a bucket, and what commands do on a machine, is not of this world.
  "s3:PutObject": () => answers(),
  "s3:DeleteObject": () => answers(),
  "ssm:StartSession": () => answers(),
  "ssm:SendCommand": () => answers(),
  "lambda:InvokeFunction": () => answers(),
};

/** By what a flow log names what it watches. */
function flowLogOf({ token }: Live): "vpcId" | "subnetId" | "eniId" {
  if (token === "aws:ec2/vpc:Vpc") return "vpcId";
  return token === "aws:ec2/subnet:Subnet" ? "subnetId" : "eniId";
}

function keyOf(call: AwsCall): Live {
  const id = param(call, "accessKeyId");
  const found = call.live.of(accessKey).find((one) => one.id === id);
  if (found === undefined) throw new BadRequest(`no access key ${id}`);
  return found;
}
