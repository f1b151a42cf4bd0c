/** Roles of the world: their trust, and what they hold. */

import { type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";
import { type Policy, parsePolicy } from "./policy.ts";

/** The type of roles. */
export const roleToken = "aws:iam/role:Role";

const attachments = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const attachmentsOfPolicies = "aws:iam/policyAttachment:PolicyAttachment";
const inline = "aws:iam/rolePolicy:RolePolicy";
const managed = "aws:iam/policy:Policy";

/** A role's ARN. */
export function arnOf(role: Live): string {
  return textAt(role.properties, "arn");
}

/** Its trust policy. */
export function trustOf(role: Live): Policy | undefined {
  return parsePolicy(role.properties["assumeRolePolicy"]);
}

/** A policy that a role holds. */
export interface HeldPolicy {
  /** `policy ARN`, `inline NAME`. */
  readonly name: string;
  /** `undefined` where the document is not in the world, as with most of AWS's own policies. */
  readonly policy: Policy | undefined;
}

/** Every policy of a role. */
export function policiesOf(live: LiveWorld, role: Live): readonly HeldPolicy[] {
  const name = textAt(role.properties, "name");
  const own = (one: Live) =>
    one.account === role.account && textAt(one.properties, "role") === name;
  const arns = new Set([
    ...textsAt(role.properties, "managedPolicyArns"),
    ...live
      .of(attachments)
      .filter(own)
      .map((one) => textAt(one.properties, "policyArn")),
    ...live
      .of(attachmentsOfPolicies)
      .filter(
        (one) => one.account === role.account && textsAt(one.properties, "roles").includes(name),
      )
      .map((one) => textAt(one.properties, "policyArn")),
  ]);
  return [
    ...[...arns].map((arn) => ({ name: `policy ${arn}`, policy: managedPolicy(live, arn) })),
    ...live
      .of(inline)
      .filter(own)
      .map(({ properties }) => ({
        name: `inline ${textAt(properties, "name")}`,
        policy: parsePolicy(properties["policy"]),
      })),
    ...objectsAt(role.properties, "inlinePolicies").map((one) => ({
      name: `inline ${textAt(one, "name")}`,
      policy: parsePolicy(one["policy"]),
    })),
  ];
}

/** The permissions boundary of a role. */
export function boundaryOf(live: LiveWorld, role: Live): HeldPolicy | undefined {
  const arn = textAt(role.properties, "permissionsBoundary");
  return arn === "" ? undefined : { name: `boundary ${arn}`, policy: managedPolicy(live, arn) };
}

/** What a role holds, one line each. */
export function holdingsOf(live: LiveWorld, role: Live): readonly string[] {
  const boundary = boundaryOf(live, role);
  const held = boundary === undefined ? [] : [boundary];
  return [...policiesOf(live, role), ...held].map(({ name }) => name);
}

/** AWS's own policies that matter for chains, in short (AWS managed policy reference guide). */
const ofAws: Readonly<Record<string, object>> = {
  AdministratorAccess: { Effect: "Allow", Action: "*", Resource: "*" },
  PowerUserAccess: {
    Effect: "Allow",
    NotAction: ["iam:*", "organizations:*", "account:*"],
    Resource: "*",
  },
  IAMFullAccess: {
    Effect: "Allow",
    Action: [
      "iam:*",
      "organizations:DescribeAccount",
      "organizations:DescribeOrganization",
      "organizations:DescribeOrganizationalUnit",
      "organizations:DescribePolicy",
      "organizations:ListChildren",
      "organizations:ListParents",
      "organizations:ListPoliciesForTarget",
      "organizations:ListRoots",
      "organizations:ListPolicies",
      "organizations:ListTargetsForPolicy",
    ],
    Resource: "*",
  },
  AmazonS3FullAccess: { Effect: "Allow", Action: ["s3:*", "s3-object-lambda:*"], Resource: "*" },
  AmazonS3ReadOnlyAccess: {
    Effect: "Allow",
    Action: [
      "s3:Get*",
      "s3:List*",
      "s3:Describe*",
      "s3-object-lambda:Get*",
      "s3-object-lambda:List*",
    ],
    Resource: "*",
  },
};

/** A customer's policy by its ARN, or one of AWS's own that is known here. */
export function managedPolicy(live: LiveWorld, arn: string): Policy | undefined {
  const name = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name !== undefined) {
    const statement = ofAws[name];
    return statement === undefined
      ? undefined
      : parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
  }
  const found = live.of(managed).find(({ properties }) => textAt(properties, "arn") === arn);
  return parsePolicy(found?.properties["policy"]);
}
