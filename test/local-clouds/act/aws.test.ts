/** Decisions of AWS: IAM user guide, AWS KMS developer guide, AWS Organizations user guide. */

import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { account, policy, role } from "../probe/token/aws-world.ts";
import type { TestWorld } from "../probe/token/kit.ts";
import { type Row, table, type Wish } from "./kit.ts";

const logic = "IAM user guide, Policy evaluation logic";
const other = "210987654321";
const arn = (name: string, owner = account) => `arn:aws:iam::${owner}:role/${name}`;
const rootOf = (owner: string) => ({ AWS: `arn:aws:iam::${owner}:root` });
const ownAccount = { Effect: "Allow", Principal: rootOf(account), Action: "sts:AssumeRole" };
const allow = (
  Action: string | string[],
  Resource: string | string[] = "*",
  more: JsonObject = {},
) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

/** The role `deploy` with inline statements. */
function deployer(
  world: TestWorld,
  statements: readonly JsonObject[],
  more: JsonObject = {},
): void {
  role(world, "deploy", policy(ownAccount), more);
  if (statements.length === 0) return;
  world.lab.create("aws:iam/rolePolicy:RolePolicy", "own", {
    role: "deploy",
    name: "own",
    policy: JSON.stringify(policy(...statements)),
  });
}

function bucket(world: TestWorld, statements: readonly JsonObject[] = [], name = "data"): void {
  world.lab.create("aws:s3/bucket:Bucket", name, { bucket: name });
  if (statements.length === 0) return;
  world.lab.create("aws:s3/bucketPolicy:BucketPolicy", name, {
    bucket: name,
    policy: JSON.stringify(policy(...statements)),
  });
}

/** A snapshot's id. */
function snapshot({ lab }: TestWorld): string {
  const volume = lab.create("aws:ebs/volume:Volume", "v", {
    availabilityZone: "eu-central-1a",
    size: 8,
  });
  return lab.create("aws:ebs/snapshot:Snapshot", "s", { volumeId: volume.id }).id;
}

const deploy = { as: arn("deploy") };
const getObject: Wish = { ...deploy, action: "s3:GetObject", resource: "arn:aws:s3:::data/a.txt" };
const roleRead = {
  Effect: "Allow",
  Principal: { AWS: arn("deploy") },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
};

const rows: readonly Row[] = [
  {
    says: "without an Allow a request is denied",
    source: logic,
    set: (world) => {
      deployer(world, []);
      bucket(world);
      return getObject;
    },
    outcome: "denied",
    by: "identity policies: implicit deny",
  },
  {
    says: "an Allow of an identity policy lets a request through",
    source: logic,
    set: (world) => {
      deployer(world, [allow("s3:GetObject", "arn:aws:s3:::data/*")]);
      bucket(world);
      return getObject;
    },
    outcome: "allowed",
    by: "inline own",
  },
  {
    says: "an Allow for other objects does not count",
    source: "IAM user guide, IAM JSON policy elements: Resource",
    set: (world) => {
      deployer(world, [allow("s3:GetObject", "arn:aws:s3:::data/public/*")]);
      bucket(world);
      return getObject;
    },
    outcome: "denied",
    by: "implicit deny",
  },
  {
    says: "a Deny outweighs every Allow",
    source: logic,
    set: (world) => {
      deployer(world, [allow("s3:*"), { ...allow("s3:GetObject"), Effect: "Deny" }]);
      bucket(world);
      return getObject;
    },
    outcome: "denied",
    by: "explicit deny",
  },
  {
    says: "a bucket policy that names the caller suffices within the account",
    source: "IAM user guide, Identity-based policies and resource-based policies",
    set: (world) => {
      deployer(world, []);
      bucket(world, [roleRead]);
      return getObject;
    },
    outcome: "allowed",
    by: "bucket policy",
  },
  {
    says: "a Deny in the bucket's policy outweighs the role's Allow",
    source: logic,
    set: (world) => {
      deployer(world, [allow("s3:*")]);
      bucket(world, [{ ...roleRead, Effect: "Deny" }]);
      return getObject;
    },
    outcome: "denied",
    by: "bucket policy: explicit deny",
  },
  {
    says: "a Deny of the role's own policy outweighs the bucket's Allow",
    source: logic,
    set: (world) => {
      deployer(world, [{ ...allow("s3:GetObject"), Effect: "Deny" }]);
      bucket(world, [roleRead]);
      return getObject;
    },
    outcome: "denied",
    by: "inline own: explicit deny",
  },
  {
    says: "a snapshot is shared with another account",
    source: "Amazon EC2 API reference, ModifySnapshotAttribute",
    set: (world) => {
      deployer(world, [allow("ec2:ModifySnapshotAttribute")]);
      return {
        ...deploy,
        action: "ec2:ModifySnapshotAttribute",
        resource: snapshot(world),
        with: { userId: other },
      };
    },
    outcome: "allowed",
    by: "inline own",
    makes: "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
  },
  {
    says: "a snapshot is copied",
    source: "Amazon EC2 API reference, CopySnapshot",
    set: (world) => {
      deployer(world, [allow("ec2:CopySnapshot")]);
      return { ...deploy, action: "ec2:CopySnapshot", resource: snapshot(world) };
    },
    outcome: "allowed",
    by: "inline own",
    makes: "aws:ebs/snapshotCopy:SnapshotCopy",
  },
  {
    says: "an address is blocked by an entry of a network ACL",
    source: "Amazon EC2 API reference, CreateNetworkAclEntry",
    set: (world) => {
      deployer(world, [allow("ec2:CreateNetworkAclEntry")]);
      const vpc = world.lab.create("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" });
      const acl = world.lab.create("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: vpc.id });
      const entry = {
        ruleNumber: 1,
        egress: false,
        protocol: "-1",
        ruleAction: "deny",
        cidrBlock: "203.0.113.7/32",
      };
      return { ...deploy, action: "ec2:CreateNetworkAclEntry", resource: acl.id, with: entry };
    },
    outcome: "allowed",
    by: "inline own",
    makes: "aws:ec2/networkAclRule:NetworkAclRule",
  },
  {
    says: "flow logs are made for a VPC",
    source: "Amazon EC2 API reference, CreateFlowLogs",
    set: (world) => {
      deployer(world, [allow("ec2:CreateFlowLogs")]);
      bucket(world);
      const vpc = world.lab.create("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" });
      const to = { logDestinationType: "s3", logDestination: "arn:aws:s3:::data" };
      return { ...deploy, action: "ec2:CreateFlowLogs", resource: vpc.id, with: to };
    },
    outcome: "allowed",
    by: "inline own",
    makes: "aws:ec2/flowLog:FlowLog",
  },
  {
    says: "across accounts the role's own policies must allow it, too",
    source: "IAM user guide, Cross-account policy evaluation logic",
    set: (world) => {
      deployer(world, []);
      world.lab
        .with("aws", { region: "eu-central-1", allowedAccountIds: [other] })
        .create("aws:s3/bucket:Bucket", "data", { bucket: "data" });
      world.lab
        .with("aws", { region: "eu-central-1", allowedAccountIds: [other] })
        .create("aws:s3/bucketPolicy:BucketPolicy", "data", {
          bucket: "data",
          policy: JSON.stringify(policy(roleRead)),
        });
      return getObject;
    },
    outcome: "denied",
    by: "identity policies: implicit deny",
  },
  {
    says: "across accounts the resource must let the other account in, too",
    source: "IAM user guide, Cross-account policy evaluation logic",
    set: (world) => {
      deployer(world, [allow("s3:*")]);
      world.lab
        .with("aws", { region: "eu-central-1", allowedAccountIds: [other] })
        .create("aws:s3/bucket:Bucket", "data", { bucket: "data" });
      return getObject;
    },
    outcome: "denied",
    by: "bucket policy: implicit deny",
  },
  {
    says: "a permissions boundary limits what the policies give",
    source: "IAM user guide, Permissions boundaries for IAM entities",
    set: (world) => {
      const boundary = world.lab.create("aws:iam/policy:Policy", "edge", {
        name: "edge",
        policy: JSON.stringify(policy(allow("ec2:*"))),
      });
      deployer(world, [allow("s3:*")], { permissionsBoundary: String(boundary.outputs["arn"]) });
      bucket(world);
      return getObject;
    },
    outcome: "denied",
    by: "permissions boundary",
  },
  {
    says: "a session policy limits the session",
    source: "IAM user guide, Policies and permissions: Session policies",
    set: (world) => {
      deployer(world, [allow("s3:*")]);
      bucket(world);
      return {
        ...getObject,
        context: { sessionPolicy: JSON.stringify(policy(allow("s3:ListBucket"))) },
      };
    },
    outcome: "denied",
    by: "session policy",
  },
  {
    says: "sessions from before a time are revoked by a Deny on aws:TokenIssueTime",
    source: "IAM user guide, Revoke IAM role temporary security credentials",
    set: (world) => {
      const older = { DateLessThan: { "aws:TokenIssueTime": "2026-01-02T00:00:00Z" } };
      deployer(world, [allow("s3:*"), { ...allow("*"), Effect: "Deny", Condition: older }]);
      bucket(world);
      return { ...getObject, context: { tokenIssueTime: "2026-01-01T12:00:00Z" } };
    },
    outcome: "denied",
    by: "explicit deny",
  },
  {
    says: "a session from after that time is not revoked",
    source: "IAM user guide, Revoke IAM role temporary security credentials",
    set: (world) => {
      const older = { DateLessThan: { "aws:TokenIssueTime": "2026-01-02T00:00:00Z" } };
      deployer(world, [allow("s3:*"), { ...allow("*"), Effect: "Deny", Condition: older }]);
      bucket(world);
      return getObject;
    },
    outcome: "allowed",
    by: "inline own",
  },
  {
    says: "a role whose trust names the account still needs its own Allow",
    source: "IAM user guide, Methods to assume a role",
    set: (world) => {
      deployer(world, []);
      role(world, "admin", policy(ownAccount));
      return { ...deploy, action: "sts:AssumeRole", resource: arn("admin") };
    },
    outcome: "denied",
    by: "implicit deny",
  },
  {
    says: "a role whose trust names the caller itself needs no more",
    source: "IAM user guide, Methods to assume a role",
    set: (world) => {
      deployer(world, []);
      role(world, "admin", policy({ ...ownAccount, Principal: { AWS: arn("deploy") } }));
      return { ...deploy, action: "sts:AssumeRole", resource: arn("admin") };
    },
    outcome: "allowed",
    by: "trust policy",
  },
  {
    says: "who may attach policies attaches one, and it is there",
    source: "IAM API reference, AttachRolePolicy",
    set: (world) => {
      deployer(world, [allow("iam:AttachRolePolicy")]);
      const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      return {
        ...deploy,
        action: "iam:AttachRolePolicy",
        resource: arn("deploy"),
        with: { PolicyArn: policyArn },
      };
    },
    outcome: "allowed",
    by: "inline own",
    makes: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  },
  {
    says: "a condition on iam:PolicyARN limits which policies may be attached",
    source:
      "Service Authorization Reference, Condition keys for AWS Identity and Access Management",
    set: (world) => {
      const only = { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } };
      deployer(world, [allow("iam:AttachRolePolicy", "*", { Condition: only })]);
      const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      return {
        ...deploy,
        action: "iam:AttachRolePolicy",
        resource: arn("deploy"),
        with: { policyArn },
      };
    },
    outcome: "denied",
    by: "implicit deny",
  },
  {
    says: "a user's policies come from its groups, too",
    source: "IAM user guide, IAM user groups",
    set: (world) => {
      world.lab.create("aws:iam/user:User", "eve", { name: "eve" });
      world.lab.create("aws:iam/group:Group", "readers", { name: "readers" });
      world.lab.create("aws:iam/userGroupMembership:UserGroupMembership", "m", {
        user: "eve",
        groups: ["readers"],
      });
      world.lab.create("aws:iam/groupPolicy:GroupPolicy", "read", {
        group: "readers",
        name: "read",
        policy: JSON.stringify(policy(allow("s3:GetObject"))),
      });
      bucket(world);
      return { ...getObject, as: `arn:aws:iam::${account}:user/eve` };
    },
    outcome: "allowed",
    by: "inline read",
  },
  {
    says: "an access key is made for a user",
    source: "IAM API reference, CreateAccessKey",
    set: (world) => {
      deployer(world, [allow("iam:CreateAccessKey")]);
      world.lab.create("aws:iam/user:User", "eve", { name: "eve" });
      return {
        ...deploy,
        action: "iam:CreateAccessKey",
        resource: `arn:aws:iam::${account}:user/eve`,
      };
    },
    outcome: "allowed",
    by: "inline own",
    makes: "aws:iam/accessKey:AccessKey",
  },
  {
    says: "a service control policy forbids what the role may",
    source: "AWS Organizations user guide, Service control policies (SCPs)",
    set: (world) => {
      deployer(world, [allow("s3:*")]);
      bucket(world);
      world.insert("aws:organizations/policy:Policy", account, "p-1", {
        name: "no-s3",
        type: "SERVICE_CONTROL_POLICY",
        content: JSON.stringify(policy({ Effect: "Deny", Action: "s3:*", Resource: "*" })),
      });
      world.insert("aws:organizations/policyAttachment:PolicyAttachment", account, "a-1", {
        policyId: "p-1",
        targetId: account,
      });
      return getObject;
    },
    outcome: "denied",
    by: "service control policy no-s3",
  },
  {
    says: "what a managed policy of AWS that is not in the world says cannot be told",
    source: logic,
    set: (world) => {
      deployer(world, []);
      world.lab.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
        role: "deploy",
        policyArn: "arn:aws:iam::aws:policy/SecurityAudit",
      });
      bucket(world);
      return getObject;
    },
    outcome: "cannot tell",
    by: "SecurityAudit",
  },
  {
    says: "an action whose effect is not known is not pretended to be done",
    source: "docs/act-and-logs.md",
    set: (world) => {
      deployer(world, [allow("*")]);
      return { ...deploy, action: "iam:CreateServiceLinkedRole", resource: "*" };
    },
    outcome: "cannot tell",
    by: "action: iam:CreateServiceLinkedRole",
  },
  {
    says: "what does not exist is refused by the service, not by a policy",
    source: "IAM API reference, CreateAccessKey, Errors",
    set: (world) => {
      deployer(world, [allow("iam:*")]);
      return {
        ...deploy,
        action: "iam:CreateAccessKey",
        resource: `arn:aws:iam::${account}:user/nobody`,
      };
    },
    outcome: "failed",
    by: "NoSuchEntity",
  },
];

table("actions in AWS", rows, 15);
