/** References to IAM from other services. */

import type { Reference, ServiceError } from "../../../types/type.ts";

/** Policies that AWS itself owns: they always exist. */
export function isAwsOwned(arn: string): boolean {
  return /^arn:[\w-]+:iam::aws:/.test(arn);
}

/** A property that holds a role's ARN; roles of other accounts are looked up too. */
export function toRole(at: string, missing: ServiceError): Reference {
  return { at, to: "aws:iam/role:Role", by: "arn", within: "world", missing };
}

/** A property that names a role of the account. */
export function toRoleName(at: string): Reference {
  return {
    at,
    to: "aws:iam/role:Role",
    by: ["id", "name"],
    missing: { code: "NoSuchEntity", says: "The role with name {value} cannot be found." },
  };
}

/** A property that holds the ARN of a policy, AWS's own or the account's. */
export function toPolicy(at: string): Reference {
  return {
    at,
    to: "aws:iam/policy:Policy",
    by: ["id", "arn"],
    unless: isAwsOwned,
    missing: { code: "NoSuchEntity", says: "Policy {value} does not exist or is not attachable." },
  };
}
