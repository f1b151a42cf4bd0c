/** Creates the lowered AWS identities. */
import * as iam from "@pulumi/aws/iam/index.js";
import * as ssoadmin from "@pulumi/aws/ssoadmin/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AwsIdentities, PermissionSetRecord, RoleRecord } from "./lower.ts";

export interface AwsIdentityOutputs {
  /** ARN of each pipeline's role, for `role-to-assume` in its workflow. */
  readonly roleArns: Readonly<Record<string, pulumi.Output<string>>>;
}

type Policies = ReadonlyMap<string, iam.Policy>;

export function createAws(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AwsIdentities,
): AwsIdentityOutputs {
  const provider = createProvider(parent, name, lowered);
  const policies = createPolicies(parent, name, lowered);
  createPermissionSet(parent, name, lowered.permissionSet, lowered.path, policies);
  const roles = lowered.roles.map((role): [string, pulumi.Output<string>] => [
    role.key,
    createRole(parent, name, role, lowered, policies, provider).arn,
  ]);
  return { roleArns: Object.fromEntries(roles) };
}

function createProvider(
  parent: pulumi.ComponentResource,
  name: string,
  { provider }: AwsIdentities,
): iam.OpenIdConnectProvider[] {
  if (provider === undefined) return [];
  return [
    new iam.OpenIdConnectProvider(
      `${name}-aws-github`,
      { url: provider.url, clientIdLists: [...provider.clientIds] },
      childOf(parent),
    ),
  ];
}

function createPolicies(
  parent: pulumi.ComponentResource,
  name: string,
  { policies, path }: AwsIdentities,
): Policies {
  return new Map(
    policies.map((policy) => [
      policy.key,
      new iam.Policy(
        `${name}-aws-${policy.key}`,
        {
          name: policy.name,
          path,
          description: policy.description,
          policy: JSON.stringify(policy.document),
        },
        childOf(parent),
      ),
    ]),
  );
}

function createRole(
  parent: pulumi.ComponentResource,
  name: string,
  record: RoleRecord,
  lowered: AwsIdentities,
  policies: Policies,
  provider: readonly pulumi.Resource[],
): iam.Role {
  const role = new iam.Role(
    `${name}-aws-${record.key}`,
    {
      name: record.name,
      path: lowered.path,
      description: record.description,
      assumeRolePolicy: JSON.stringify(record.trust),
      maxSessionDuration: record.maxSessionSeconds,
      permissionsBoundary: mustGet(policies, lowered.boundary).arn,
    },
    childOf(parent, { dependsOn: [...provider] }),
  );
  for (const key of record.policies) {
    new iam.RolePolicyAttachment(
      `${name}-aws-${record.key}-${key}`,
      { role: role.name, policyArn: mustGet(policies, key).arn },
      childOf(parent),
    );
  }
  return role;
}

function createPermissionSet(
  parent: pulumi.ComponentResource,
  name: string,
  record: PermissionSetRecord,
  path: string,
  policies: Policies,
): void {
  const { instanceArn } = record;
  const set = new ssoadmin.PermissionSet(
    `${name}-aws-workforce`,
    {
      instanceArn,
      name: record.name,
      description: record.description,
      sessionDuration: record.sessionDuration,
    },
    childOf(parent),
  );
  const attachments = record.policies.map(
    (key) =>
      new ssoadmin.CustomerManagedPolicyAttachment(
        `${name}-aws-workforce-${key}`,
        {
          instanceArn,
          permissionSetArn: set.arn,
          customerManagedPolicyReference: { name: mustGet(policies, key).name, path },
        },
        childOf(parent),
      ),
  );
  new ssoadmin.AccountAssignment(
    `${name}-aws-workforce`,
    {
      instanceArn,
      permissionSetArn: set.arn,
      principalType: "GROUP",
      principalId: record.groupId,
      targetType: "AWS_ACCOUNT",
      targetId: record.accountId,
    },
    // A set assigned before its policies are attached would be provisioned without them.
    childOf(parent, { dependsOn: attachments }),
  );
}
