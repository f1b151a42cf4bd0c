/** IAM policies and what ties them to roles (IAM API reference). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { globalArn, others, tagsAll } from "./common.ts";
import { toPolicy, toRoleName } from "./iam-references.ts";
import { documentFault, documentProblem, documentText } from "./policy-documents.ts";

/** Characters of a policy without white space (IAM quotas). */
const policyCharactersMax = { managed: 6144, inline: 10_240 };
/** Managed policies of one role (IAM quotas, adjustable). */
const policiesPerRoleMax = 10;

const policy: TypeEntry = {
  token: "aws:iam/policy:Policy",
  global: true,
  autoname: { property: "name", charactersMax: 128 },
  defaults: { path: "/" },
  maps: ["policy"],
  forceNew: ["description", "name", "namePrefix", "path"],
  check: (r) => documentFault(r, "policy"),
  id: (r) => globalArn(r, "iam", `policy${r.text("path")}${r.text("name")}`),
  planned: { tagsAll },
  outputs: {
    arn: (r) => r.id,
    policyId: (r) => `ANPA${r.characters("unique", 17)}`,
    attachmentCount: 0,
    namePrefix: "",
  },
  normalised: { policy: (_r, given) => documentText(given) },
  keys: ["arn"],
  taken: {
    code: "EntityAlreadyExists",
    says: "A policy called {id} already exists. Duplicate names are not allowed.",
  },
  admit: (r) => refuseDocument(r, "managed"),
  inUse: { code: "DeleteConflict", says: "Cannot delete a policy attached to entities." },
};

function refuseDocument(
  r: Resource,
  size: keyof typeof policyCharactersMax,
): ServiceError | undefined {
  const text = documentText(r.given("policy") ?? "");
  const problem = documentProblem(text, "identity");
  if (problem !== undefined) return { code: "MalformedPolicyDocument", says: problem };
  const max = policyCharactersMax[size];
  return JSON.stringify(JSON.parse(text)).length > max
    ? { code: "LimitExceeded", says: `Cannot exceed quota for PolicySize: ${max}` }
    : undefined;
}

const rolePolicy: TypeEntry = {
  token: "aws:iam/rolePolicy:RolePolicy",
  global: true,
  autoname: { property: "name", charactersMax: 128 },
  maps: ["policy"],
  forceNew: ["name", "namePrefix", "role"],
  check: (r) => documentFault(r, "policy"),
  id: (r) => `${r.text("role")}:${r.text("name")}`,
  outputs: { namePrefix: "" },
  normalised: { policy: (_r, given) => documentText(given) },
  references: [{ ...toRoleName("role"), holds: true }],
  admit: (r) => refuseDocument(r, "inline"),
};

const attachment: TypeEntry = {
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  global: true,
  forceNew: ["policyArn", "role"],
  id: (r) =>
    `${r.text("role")}-${r.createdAt.replaceAll(/\D/g, "").slice(0, 17)}${r.digits("id", 9)}`,
  references: [
    { ...toRoleName("role"), holds: true },
    { ...toPolicy("policyArn"), holds: true },
  ],
  admit: (r) => {
    const arns = others(r)
      .filter(({ properties }) => properties["role"] === r.given("role"))
      .map(({ properties }) => properties["policyArn"]);
    return new Set([...arns, r.text("policyArn")]).size > policiesPerRoleMax
      ? {
          code: "LimitExceeded",
          says: `Cannot exceed quota for PoliciesPerRole: ${policiesPerRoleMax}`,
        }
      : undefined;
  },
};

const userAttachment: TypeEntry = {
  token: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  global: true,
  forceNew: ["policyArn", "user"],
  id: (r) =>
    `${r.text("user")}-${r.createdAt.replaceAll(/\D/g, "").slice(0, 17)}${r.digits("id", 9)}`,
  references: [
    {
      at: "user",
      to: "aws:iam/user:User",
      by: ["id", "name"],
      holds: true,
      missing: { code: "NoSuchEntity", says: "The user with name {value} cannot be found." },
    },
    { ...toPolicy("policyArn"), holds: true },
  ],
};

const policiesExclusive: TypeEntry = {
  token: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  global: true,
  forceNew: ["roleName"],
  id: (r) => r.text("roleName"),
  references: [toRoleName("roleName")],
};

const attachmentsExclusive: TypeEntry = {
  token: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  global: true,
  forceNew: ["roleName"],
  id: (r) => r.text("roleName"),
  references: [toRoleName("roleName"), toPolicy("policyArns[*]")],
};

/** The entries of policies. */
export const iamPolicyTypes: readonly TypeEntry[] = [
  policy,
  rolePolicy,
  attachment,
  userAttachment,
  policiesExclusive,
  attachmentsExclusive,
];
