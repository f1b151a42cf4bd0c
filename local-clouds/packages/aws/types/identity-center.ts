/** IAM Identity Center: permission sets, what is in them and who gets them (SSO Admin API reference). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { identityCenterOf } from "../stable.ts";
import { oneOf, others, region, regionAndTags } from "./common.ts";
import { isAwsOwned } from "./iam-references.ts";
import { documentFault, documentProblem, documentText } from "./policy-documents.ts";

/** Characters of a permission set's name and inline policy (Identity Center quotas). */
const charactersMax = { name: 32, inlinePolicy: 32_768 };

const permissionSet: TypeEntry = {
  token: "aws:ssoadmin/permissionSet:PermissionSet",
  autoname: { property: "name", charactersMax: charactersMax.name },
  defaults: { sessionDuration: "PT1H" },
  forceNew: ["instanceArn", "name", "region"],
  check: (r) => {
    const name = r.text("name");
    const duration = r.text("sessionDuration", "PT1H");
    return [
      ...(/^[\w+=,.@-]{1,32}$/.test(name)
        ? []
        : [
            {
              property: "name",
              reason: `must match [\\w+=,.@-] and have at most ${charactersMax.name} characters, got ${name}`,
            },
          ]),
      ...(/^PT(\d+H)?(\d+M)?(\d+S)?$/.test(duration) && duration !== "PT"
        ? []
        : [
            {
              property: "sessionDuration",
              reason: `must be an ISO 8601 duration, got ${duration}`,
            },
          ]),
    ];
  },
  id: (r) => `${setArn(r)},${r.text("instanceArn")}`,
  planned: regionAndTags,
  outputs: { arn: setArn, createdDate: (r) => r.createdAt },
  keys: ["arn"],
  admit: (r) => {
    const refusal = refuseInstance(r);
    if (refusal !== undefined) return refusal;
    const taken = others(r).some(({ properties }) => properties["name"] === r.given("name"));
    return taken
      ? {
          code: "ConflictException",
          says: `PermissionSet with name ${r.text("name")} already exists.`,
        }
      : undefined;
  },
  inUse: { code: "ConflictException", says: "PermissionSet {id} is still assigned to an account." },
  timeouts: { create: 600, update: 600, delete: 600 },
};

function setArn(r: Resource): string {
  const instance = r.text("instanceArn").split("/").at(-1) ?? "";
  return `arn:aws:sso:::permissionSet/${instance}/ps-${r.hex("set", 16)}`;
}

/** An account has one instance. */
function refuseInstance(r: Resource): ServiceError | undefined {
  const given = r.text("instanceArn");
  return given === identityCenterOf(r.account).instanceArn
    ? undefined
    : { code: "ResourceNotFoundException", says: `Instance ${given} not found` };
}

/** A property that holds a permission set's ARN. */
function toSet(holds: boolean): Reference {
  return {
    at: "permissionSetArn",
    to: permissionSet.token,
    by: "arn",
    ...(holds ? { holds } : { cascades: true }),
    missing: { code: "ResourceNotFoundException", says: "PermissionSet {value} not found" },
  };
}

const tied = ["instanceArn", "permissionSetArn", "region"];

const managedPolicy: TypeEntry = {
  token: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
  forceNew: [...tied, "managedPolicyArn"],
  check: (r) =>
    isAwsOwned(r.text("managedPolicyArn"))
      ? []
      : [{ property: "managedPolicyArn", reason: "must be a policy that AWS owns" }],
  id: (r) => `${r.text("managedPolicyArn")},${r.text("permissionSetArn")},${r.text("instanceArn")}`,
  planned: region,
  outputs: { managedPolicyName: (r) => r.text("managedPolicyArn").split("/").at(-1) ?? "" },
  references: [toSet(false)],
  taken: {
    code: "ConflictException",
    says: "The policy is attached to the permission set already.",
  },
};

const customerPolicy: TypeEntry = {
  token: "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
  defaults: { "customerManagedPolicyReference.path": "/" },
  forceNew: [...tied, "customerManagedPolicyReference"],
  id: (r) =>
    [
      r.text("customerManagedPolicyReference.name"),
      r.text("customerManagedPolicyReference.path"),
      r.text("permissionSetArn"),
      r.text("instanceArn"),
    ].join(","),
  planned: region,
  references: [toSet(false)],
  taken: {
    code: "ConflictException",
    says: "The policy is attached to the permission set already.",
  },
  timeouts: { create: 600, delete: 600 },
};

const boundary: TypeEntry = {
  token: "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
  forceNew: [...tied, "permissionsBoundary"],
  check: (r) => {
    const forms = ["managedPolicyArn", "customerManagedPolicyReference"];
    const count = forms.filter(
      (form) => r.given(`permissionsBoundary.${form}`) !== undefined,
    ).length;
    return count === 1
      ? []
      : [
          {
            property: "permissionsBoundary",
            reason: `exactly one of \`${forms.join(",")}\` must be specified`,
          },
        ];
  },
  id: (r) => `${r.text("permissionSetArn")},${r.text("instanceArn")}`,
  planned: region,
  references: [toSet(false)],
  taken: { code: "ConflictException", says: "The permission set has a boundary already." },
};

const inlinePolicy: TypeEntry = {
  token: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
  forceNew: tied,
  check: (r) => documentFault(r, "inlinePolicy"),
  id: (r) => `${r.text("permissionSetArn")},${r.text("instanceArn")}`,
  planned: region,
  normalised: { inlinePolicy: (_r, given) => documentText(given) },
  references: [toSet(false)],
  admit: (r) => {
    const text = documentText(r.given("inlinePolicy") ?? "");
    const problem = documentProblem(text, "identity");
    if (problem !== undefined) return { code: "ValidationException", says: problem };
    return text.length > charactersMax.inlinePolicy
      ? {
          code: "ServiceQuotaExceededException",
          says: `An inline policy has at most ${charactersMax.inlinePolicy} characters`,
        }
      : undefined;
  },
};

const assignment: TypeEntry = {
  token: "aws:ssoadmin/accountAssignment:AccountAssignment",
  forceNew: [...tied, "principalId", "principalType", "targetId", "targetType"],
  check: (r) => [
    ...oneOf(r.text("principalType", ""), "principalType", ["USER", "GROUP"]),
    ...oneOf(r.text("targetType", "AWS_ACCOUNT"), "targetType", ["AWS_ACCOUNT"]),
    ...(/^\d{12}$/.test(r.text("targetId"))
      ? []
      : [
          {
            property: "targetId",
            reason: `must be the 12 digits of an account, got ${r.text("targetId")}`,
          },
        ]),
  ],
  id: (r) =>
    ["principalId", "principalType", "targetId", "targetType", "permissionSetArn", "instanceArn"]
      .map((property) => r.text(property))
      .join(","),
  planned: region,
  references: [
    toSet(true),
    {
      at: "principalId",
      to: ["aws:identitystore/group:Group", "aws:identitystore/user:User"],
      by: ["groupId", "userId"],
      within: "world",
      missing: {
        code: "ResourceNotFoundException",
        says: "GROUP not found for principal id {value}",
      },
    },
  ],
  taken: { code: "ConflictException", says: "The assignment exists already." },
  timeouts: { create: 300, delete: 300 },
};

const group: TypeEntry = {
  token: "aws:identitystore/group:Group",
  forceNew: ["displayName", "identityStoreId", "region"],
  id: (r) => `${r.text("identityStoreId")}/${r.uuid("id")}`,
  planned: region,
  outputs: {
    groupId: (r) => r.uuid("id"),
    arn: (r) => `arn:aws:identitystore:::group/${r.uuid("id")}`,
    externalIds: [],
  },
  keys: ["groupId", "arn"],
  admit: (r) => {
    const store = r.text("identityStoreId");
    if (store !== identityCenterOf(r.account).identityStoreId) {
      return { code: "ResourceNotFoundException", says: `IdentityStore ${store} not found` };
    }
    const taken = others(r).some(
      ({ properties }) => properties["displayName"] === r.given("displayName"),
    );
    return taken ? { code: "ConflictException", says: "Duplicate GroupDisplayName" } : undefined;
  },
};

const user: TypeEntry = {
  token: "aws:identitystore/user:User",
  forceNew: ["identityStoreId", "userName", "region"],
  id: (r) => `${r.text("identityStoreId")}/${r.uuid("id")}`,
  planned: region,
  outputs: { userId: (r) => r.uuid("id"), externalIds: [] },
  keys: ["userId"],
  admit: (r) =>
    others(r).some(({ properties }) => properties["userName"] === r.given("userName"))
      ? { code: "ConflictException", says: "Duplicate UserName" }
      : undefined,
};

/** The entries of Identity Center. */
export const identityCenterTypes: readonly TypeEntry[] = [
  permissionSet,
  managedPolicy,
  customerPolicy,
  boundary,
  inlinePolicy,
  assignment,
  group,
  user,
];
