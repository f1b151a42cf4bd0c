/** Creates a role with its managed policies. */
import * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { AwsRoleRecord } from "./lower.ts";

/** The role, and the attachments that whoever uses it must wait for. */
export function createRole(
  parent: pulumi.ComponentResource,
  { name, description, assumeRolePolicy, policies }: AwsRoleRecord,
  tags: Readonly<Record<string, string>>,
): { readonly role: iam.Role; readonly attachments: readonly iam.RolePolicyAttachment[] } {
  const role = new iam.Role(name, { description, assumeRolePolicy, tags }, childOf(parent));
  const attachments = policies.map(
    (policy) =>
      new iam.RolePolicyAttachment(
        policy.name,
        { role: role.name, policyArn: policy.policyArn },
        childOf(parent),
      ),
  );
  return { role, attachments };
}
