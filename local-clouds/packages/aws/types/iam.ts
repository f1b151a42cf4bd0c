/** IAM roles, users and identity providers (IAM API reference). IAM has no region. */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { globalArn, others, tagsAll } from "./common.ts";
import { toPolicy } from "./iam-references.ts";
import { documentFault, documentText, trustRefusal } from "./policy-documents.ts";

/** Characters of a trust document without white space (IAM quotas, "Role trust policy length"). */
const trustCharactersMax = 2048;
/** Seconds of a session (CreateRole, MaxSessionDuration). */
const sessionSeconds = { min: 3600, max: 43_200 };
/** Client ids of one provider (IAM quotas). */
const clientIdsMax = 100;

/** A boundary is a policy that stays as long as the role or user does. */
const toBoundary = { ...toPolicy("permissionsBoundary"), holds: true };

/** IAM deletes nobody who still has something ("DeleteRole", "DeleteUser"). */
function deleteFirst(what: string): ServiceError {
  return { code: "DeleteConflict", says: `Cannot delete entity, must ${what} first.` };
}

const role: TypeEntry = {
  token: "aws:iam/role:Role",
  global: true,
  autoname: { property: "name", charactersMax: 64 },
  defaults: { forceDetachPolicies: false, maxSessionDuration: sessionSeconds.min, path: "/" },
  maps: ["assumeRolePolicy"],
  forceNew: ["name", "namePrefix", "path"],
  check: (r) => [
    ...documentFault(r, "assumeRolePolicy"),
    ...nameFaults(r, 64),
    ...sessionFaults(r),
  ],
  id: (r) => r.text("name"),
  planned: { tagsAll },
  outputs: {
    arn: (r) => globalArn(r, "iam", `role${r.text("path")}${r.text("name")}`),
    uniqueId: (r) => `AROA${r.characters("unique", 17)}`,
    createDate: (r) => r.createdAt.replace(/\.\d+Z$/, "Z"),
    namePrefix: "",
    description: "",
    inlinePolicies: [],
    managedPolicyArns: [],
    permissionsBoundary: "",
  },
  normalised: { assumeRolePolicy: (_r, given) => documentText(given) },
  keys: ["arn", "name", "uniqueId"],
  references: [toBoundary, { ...toPolicy("managedPolicyArns[*]"), holds: true }],
  taken: { code: "EntityAlreadyExists", says: "Role with name {id} already exists." },
  admit: refuseRole,
  inUse: deleteFirst("detach all policies"),
  inUseBy: {
    "aws:iam/rolePolicy:RolePolicy": deleteFirst("delete policies"),
    "aws:iam/instanceProfile:InstanceProfile": deleteFirst("remove roles from instance profile"),
  },
};

function nameFaults(r: Resource, charactersMax: number): InputFault[] {
  const name = r.text("name");
  if (/^[\w+=,.@-]+$/.test(name) && name.length <= charactersMax) return [];
  return [
    {
      property: "name",
      reason: `invalid value for name (must match [\\w+=,.@-] and have at most ${charactersMax} characters): ${name}`,
    },
  ];
}

function sessionFaults(r: Resource): InputFault[] {
  const seconds = r.number("maxSessionDuration", sessionSeconds.min);
  if (seconds >= sessionSeconds.min && seconds <= sessionSeconds.max) return [];
  return [
    {
      property: "maxSessionDuration",
      reason: `expected maxSessionDuration to be in the range (${sessionSeconds.min} - ${sessionSeconds.max}), got ${seconds}`,
    },
  ];
}

function refuseRole(r: Resource): ServiceError | undefined {
  const text = documentText(r.given("assumeRolePolicy") ?? "");
  const refusal = trustRefusal(r, text);
  if (refusal !== undefined) return refusal;
  if (JSON.stringify(JSON.parse(text)).length > trustCharactersMax) {
    return {
      code: "LimitExceeded",
      says: `Cannot exceed quota for ACLSizePerRole: ${trustCharactersMax}`,
    };
  }
  return sameName(r, (name) => `Role with name ${name} already exists.`);
}

/** Names of IAM are unique whatever their case (IAM user guide, "IAM and AWS STS quotas"). */
function sameName(r: Resource, says: (name: string) => string): ServiceError | undefined {
  const name = r.text("name");
  const taken = others(r).some(
    ({ properties }) => String(properties["name"]).toLowerCase() === name.toLowerCase(),
  );
  return taken ? { code: "EntityAlreadyExists", says: says(name) } : undefined;
}

const user: TypeEntry = {
  token: "aws:iam/user:User",
  global: true,
  autoname: { property: "name", charactersMax: 64 },
  defaults: { forceDestroy: false, path: "/" },
  check: (r) => nameFaults(r, 64),
  id: (r) => r.text("name"),
  planned: { tagsAll },
  outputs: {
    arn: (r) => globalArn(r, "iam", `user${r.text("path")}${r.text("name")}`),
    permissionsBoundary: "",
    uniqueId: (r) => `AIDA${r.characters("unique", 17)}`,
  },
  keys: ["arn", "name"],
  references: [toBoundary],
  taken: { code: "EntityAlreadyExists", says: "User with name {id} already exists." },
  admit: (r) => sameName(r, (name) => `User with name ${name} already exists.`),
  inUse: deleteFirst("detach all policies"),
  inUseBy: {
    "aws:iam/accessKey:AccessKey": deleteFirst("delete access keys"),
    "aws:iam/userLoginProfile:UserLoginProfile": deleteFirst("delete login profile"),
    "aws:iam/userPolicy:UserPolicy": deleteFirst("delete policies"),
    "aws:iam/userGroupMembership:UserGroupMembership": deleteFirst("remove users from group"),
    "aws:iam/groupMembership:GroupMembership": deleteFirst("remove users from group"),
    "aws:iam/virtualMfaDevice:VirtualMfaDevice": deleteFirst("delete MFA device"),
    "aws:iam/sshKey:SshKey": deleteFirst("delete SSH public keys"),
  },
};

/** Access keys of one user (IAM quotas). */
const accessKeysMax = 2;

const accessKey: TypeEntry = {
  token: "aws:iam/accessKey:AccessKey",
  global: true,
  defaults: { status: "Active" },
  forceNew: ["user", "pgpKey"],
  id: (r) => `AKIA${r.characters("id", 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
  outputs: {
    createDate: (r) => r.createdAt.replace(/\.\d+Z$/, "Z"),
    secret: (r) => r.characters("secret", 40, secretAlphabet),
    sesSmtpPasswordV4: (r) => r.characters("smtp", 44, secretAlphabet),
  },
  references: [
    {
      at: "user",
      to: user.token,
      by: ["id", "name"],
      holds: true,
      missing: { code: "NoSuchEntity", says: "The user with name {value} cannot be found." },
    },
  ],
  admit: (r) => {
    const keys = others(r).filter(({ properties }) => properties["user"] === r.given("user"));
    return keys.length < accessKeysMax
      ? undefined
      : {
          code: "LimitExceeded",
          says: `Cannot exceed quota for AccessKeysPerUser: ${accessKeysMax}`,
        };
  },
};

const secretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const oidcProvider: TypeEntry = {
  token: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  global: true,
  forceNew: ["url"],
  check: (r) =>
    r.text("url").startsWith("https://")
      ? []
      : [
          {
            property: "url",
            reason: `expected "url" to have a url with schema of: "https", got ${r.text("url")}`,
          },
        ],
  id: (r) => globalArn(r, "iam", `oidc-provider/${withoutScheme(r.text("url"))}`),
  planned: { tagsAll },
  outputs: {
    arn: (r) => r.id,
    // Without a list IAM fetches the certificate chain's top thumbprint itself.
    thumbprintLists: (r) => [r.hex("thumbprint", 40)],
  },
  normalised: { url: (_r, given) => withoutScheme(String(given)) },
  keys: ["arn", "url"],
  taken: { code: "EntityAlreadyExists", says: "Provider with url {name} already exists." },
  admit: (r) => {
    const { length } = r.list("clientIdLists");
    if (length > clientIdsMax) {
      return {
        code: "LimitExceeded",
        says: `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${clientIdsMax}`,
      };
    }
    const url = withoutScheme(r.text("url"));
    const taken = others(r).some(
      ({ properties }: { properties: JsonObject }) => properties["url"] === url,
    );
    return taken
      ? { code: "EntityAlreadyExists", says: `Provider with url https://${url} already exists.` }
      : undefined;
  },
};

/** IAM keeps issuers without `https://`; a slash at the end is part of the issuer (`sts.windows.net/TENANT/`). */
function withoutScheme(url: string): string {
  return url.replace(/^https:\/\//, "");
}

const instanceProfile: TypeEntry = {
  token: "aws:iam/instanceProfile:InstanceProfile",
  global: true,
  autoname: { property: "name", charactersMax: 128 },
  defaults: { path: "/" },
  forceNew: ["name", "namePrefix", "path"],
  id: (r) => r.text("name"),
  planned: { tagsAll },
  outputs: {
    arn: (r) => globalArn(r, "iam", `instance-profile${r.text("path")}${r.text("name")}`),
    uniqueId: (r) => `AIPA${r.characters("unique", 17)}`,
    createDate: (r) => r.createdAt,
    namePrefix: "",
  },
  keys: ["arn", "name"],
  references: [
    {
      at: "role",
      to: role.token,
      by: ["id", "name"],
      holds: true,
      missing: { code: "NoSuchEntity", says: "The role with name {value} cannot be found." },
    },
  ],
  taken: { code: "EntityAlreadyExists", says: "Instance Profile {id} already exists." },
};

const serviceLinkedRole: TypeEntry = {
  token: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
  global: true,
  forceNew: ["awsServiceName", "customSuffix"],
  id: (r) =>
    globalArn(r, "iam", `role/aws-service-role/${r.text("awsServiceName")}/${linkedName(r)}`),
  planned: { tagsAll },
  outputs: {
    arn: (r) => r.id,
    name: linkedName,
    path: (r) => `/aws-service-role/${r.text("awsServiceName")}/`,
    uniqueId: (r) => `AROA${r.characters("unique", 17)}`,
    createDate: (r) => r.createdAt,
  },
  keys: ["arn", "name"],
  taken: {
    code: "InvalidInput",
    says: "Service role name {id} has been taken in this account, please try a different suffix.",
  },
};

/** `AWSServiceRoleForEks` of `eks.amazonaws.com`, then the suffix. */
function linkedName(r: Resource): string {
  const service = r.text("awsServiceName").split(".")[0] ?? "";
  const suffix = r.text("customSuffix", "");
  const name = `AWSServiceRoleFor${service.charAt(0).toUpperCase()}${service.slice(1)}`;
  return suffix === "" ? name : `${name}_${suffix}`;
}

/** The entries of roles, users and providers. */
export const iamTypes: readonly TypeEntry[] = [
  role,
  user,
  accessKey,
  oidcProvider,
  instanceProfile,
  serviceLinkedRole,
];
