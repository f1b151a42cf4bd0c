/** IAM groups, users' own settings, and what else IAM keeps (IAM API reference). IAM has no region. */

import type { Resource } from "../../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textsIn } from "../common.ts";
import { toPolicy, toRoleName } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault, documentProblem, documentText } from "../policy-documents.ts";

/** Groups of one user (IAM quotas). */
const groupsPerUserMax = 10;
/** Managed policies of one user or group (IAM quotas, adjustable). */
const policiesMax = 10;
/** Characters of inline policies without white space (IAM quotas). */
const inlineCharactersMax = { user: 2048, group: 5120 };

const iam = (token: string, said: Parameters<typeof ordinary>[1]) =>
  ordinary(token, { global: true, ...said });

const group = iam("aws:iam/group:Group", {
  id: "{name}",
  autoname: { property: "name", charactersMax: 128 },
  untagged: true,
  defaults: { path: "/" },
  outputs: {
    arn: form("arn:{partition}:iam::{account}:group{path}{name}"),
    uniqueId: form("AGPA{upper17}"),
  },
  keys: ["arn", "name"],
  taken: error("EntityAlreadyExists", "Group with name {id} already exists."),
  inUse: error("DeleteConflict", "Cannot delete entity, must remove users from group first."),
  inUseBy: {
    "aws:iam/groupPolicy:GroupPolicy": error(
      "DeleteConflict",
      "Cannot delete entity, must delete policies first.",
    ),
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": error(
      "DeleteConflict",
      "Cannot delete entity, must detach all policies first.",
    ),
  },
});

const noUser = error("NoSuchEntity", "The user with name {value} cannot be found.");
const noGroup = error("NoSuchEntity", "The group with name {value} cannot be found.");
const toUser = (at: string, how: Partial<Reference> = {}) =>
  refer(at, "aws:iam/user:User", noUser, { by: ["id", "name"], ...how });
const toGroup = (at: string, how: Partial<Reference> = {}) =>
  refer(at, group.token, noGroup, { by: ["id", "name"], ...how });

const membership = iam("aws:iam/groupMembership:GroupMembership", {
  id: "{name}",
  name: 128,
  untagged: true,
  forceNew: ["group"],
  references: [toGroup("group", { holds: true }), toUser("users[*]", { holds: true })],
});

const userMembership = iam("aws:iam/userGroupMembership:UserGroupMembership", {
  id: (r) => `terraform-${r.digits("membership", 26)}`,
  untagged: true,
  forceNew: ["user"],
  references: [toUser("user", { holds: true }), toGroup("groups[*]", { holds: true })],
  admit: (r) =>
    refuseIf(
      r.list("groups").length > groupsPerUserMax,
      "LimitExceeded",
      `Cannot exceed quota for GroupsPerUser: ${groupsPerUserMax}`,
    ),
});

function inline(kind: "user" | "group", to: Reference): TypeEntry {
  const type = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Policy`;
  return iam(`aws:iam/${kind}Policy:${type}`, {
    id: `{${kind}}:{name}`,
    name: 128,
    prefixed: true,
    untagged: true,
    maps: ["policy"],
    forceNew: [kind],
    check: (r) => documentFault(r, "policy"),
    normalised: { policy: asDocument },
    references: [to],
    admit: (r) => {
      const text = documentText(r.given("policy") ?? "");
      const problem = documentProblem(text, "identity");
      if (problem !== undefined) return error("MalformedPolicyDocument", problem);
      const most = inlineCharactersMax[kind];
      return refuseIf(
        text.replaceAll(/\s/g, "").length > most,
        "LimitExceeded",
        `Maximum policy size of ${most} bytes exceeded for ${kind} ${r.text(kind)}`,
      );
    },
  });
}

const groupAttachment = iam("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", {
  id: (r) => `${r.text("group")}-${r.digits("attachment", 26)}`,
  untagged: true,
  forceNew: ["group", "policyArn"],
  references: [toGroup("group", { holds: true }), { ...toPolicy("policyArn"), holds: true }],
  admit: (r) => {
    const mine = others(r).filter(({ properties }) => properties["group"] === r.given("group"));
    return refuseIf(
      mine.length >= policiesMax,
      "LimitExceeded",
      `Cannot exceed quota for PoliciesPerGroup: ${policiesMax}`,
    );
  },
});

const policyAttachment = iam("aws:iam/policyAttachment:PolicyAttachment", {
  id: "{name}",
  name: 128,
  untagged: true,
  forceNew: ["policyArn"],
  check: (r) =>
    ["groups", "roles", "users"].every((list) => r.list(list).length === 0)
      ? [
          {
            property: "users",
            reason: "No Users, Roles, or Groups specified for IAM Policy Attachment",
          },
        ]
      : [],
  references: [
    { ...toPolicy("policyArn"), holds: true },
    toUser("users[*]", { holds: true }),
    toGroup("groups[*]", { holds: true }),
    { ...toRoleName("roles[*]"), holds: true },
  ],
});

/** Takes care that a user or group has these policies and no others. */
function exclusive(kind: "user" | "group", what: "Policies" | "PolicyAttachments"): TypeEntry {
  const type = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${what}Exclusive`;
  const name = `${kind}Name`;
  return iam(`aws:iam/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    id: `{${name}}`,
    untagged: true,
    forceNew: [name],
    references: [
      kind === "user" ? toUser(name, { cascades: true }) : toGroup(name, { cascades: true }),
      ...(what === "PolicyAttachments" ? [toPolicy("policyArns[*]")] : []),
    ],
  });
}

const loginProfile = iam("aws:iam/userLoginProfile:UserLoginProfile", {
  id: "{user}",
  untagged: true,
  defaults: { passwordLength: 20 },
  forceNew: ["passwordLength", "passwordResetRequired", "pgpKey", "user"],
  outputs: {
    encryptedPassword: "",
    keyFingerprint: "",
    password: form("{lower20:password}"),
    passwordResetRequired: false,
  },
  references: [toUser("user", { holds: true })],
  taken: error("EntityAlreadyExists", "Login Profile for user {id} already exists."),
});

const passwordPolicy = iam("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", {
  id: "iam-account-password-policy",
  untagged: true,
  defaults: { allowUsersToChangePassword: true, minimumPasswordLength: 6 },
  outputs: {
    expirePasswords: (r) => r.number("maxPasswordAge", 0) > 0,
    hardExpiry: false,
    maxPasswordAge: 0,
    passwordReusePrevention: 0,
    requireLowercaseCharacters: false,
    requireNumbers: false,
    requireSymbols: false,
    requireUppercaseCharacters: false,
  },
  sharedId: true,
  admit: refusePasswords,
});

function refusePasswords(r: Resource): ServiceError | undefined {
  const length = r.number("minimumPasswordLength", 6);
  return refuseIf(
    length < 6 || length > 128,
    "ValidationError",
    "1 validation error detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must be between 6 and 128",
  );
}

const accountAlias = iam("aws:iam/accountAlias:AccountAlias", {
  id: "{accountAlias}",
  untagged: true,
  uniqueInWorld: true,
  forceNew: ["accountAlias"],
  check: (r) =>
    /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(r.text("accountAlias"))
      ? []
      : [
          {
            property: "accountAlias",
            reason: `"account_alias" must be 3 to 63 lower-case letters, digits and single hyphens: ${r.text("accountAlias")}`,
          },
        ],
  taken: error("EntityAlreadyExists", "The account alias {id} already exists."),
});

const samlProvider = iam("aws:iam/samlProvider:SamlProvider", {
  id: (r) => form("arn:{partition}:iam::{account}:saml-provider/{name}")(r),
  name: 128,
  outputs: {
    arn: (r) => r.id,
    samlProviderUuid: form("SAMLSP{upper15}"),
    validUntil: (r) => r.createdAt.replace(/^\d{4}/, (year) => String(Number(year) + 100)),
  },
  keys: ["arn"],
  taken: error("EntityAlreadyExists", "SAML provider with name {id} already exists."),
  admit: (r) =>
    refuseIf(
      !/<(?:\w+:)?EntityDescriptor[\s>]/.test(r.text("samlMetadataDocument")),
      "InvalidInput",
      "Could not parse metadata",
    ),
});

const serverCertificate = iam("aws:iam/serverCertificate:ServerCertificate", {
  id: "ASCA{upper17}",
  name: 128,
  prefixed: true,
  defaults: { path: "/" },
  forceNew: ["certificateBody", "certificateChain", "privateKey"],
  outputs: {
    arn: form("arn:{partition}:iam::{account}:server-certificate{path}{name}"),
    expiration: "",
    uploadDate: (r) => r.createdAt,
  },
  keys: ["arn"],
  admit: (r) => {
    const pem = /^\s*-----BEGIN CERTIFICATE-----/.test(r.text("certificateBody"));
    if (!pem)
      return error(
        "MalformedCertificate",
        "Unable to parse certificate. Please ensure the certificate is in PEM format.",
      );
    return refuseIf(
      others(r).some(({ properties }) => properties["name"] === r.given("name")),
      "EntityAlreadyExists",
      `The Server Certificate with name ${r.text("name")} already exists.`,
    );
  },
});

const mfaDevice = iam("aws:iam/virtualMfaDevice:VirtualMfaDevice", {
  id: (r) =>
    form(`arn:{partition}:iam::{account}:mfa${r.text("path", "/")}{virtualMfaDeviceName}`)(r),
  defaults: { path: "/" },
  forceNew: ["path", "virtualMfaDeviceName"],
  outputs: {
    arn: (r) => r.id,
    base32StringSeed: form("{upper64:seed}"),
    enableDate: "",
    qrCodePng: form("{lower64:picture}"),
    serialNumber: (r) => r.id,
    userName: "",
  },
  keys: ["arn"],
  taken: error("EntityAlreadyExists", "MFADevice entity at the same path and name already exists."),
});

const sshKey = iam("aws:iam/sshKey:SshKey", {
  id: "APKA{upper16}",
  untagged: true,
  forceNew: ["encoding", "publicKey", "username"],
  check: (r) => oneOf(r.text("encoding"), "encoding", ["SSH", "PEM"]),
  outputs: {
    fingerprint: (r) => (r.hex("print", 32).match(/../g) ?? []).join(":"),
    sshPublicKeyId: (r) => r.id,
    status: "Active",
  },
  references: [toUser("username", { holds: true })],
});

const rootFeatures = iam("aws:iam/organizationsFeatures:OrganizationsFeatures", {
  id: (r) => form("{account}")(r),
  untagged: true,
  check: (r) =>
    textsIn(r.list("enabledFeatures")).flatMap((feature) =>
      oneOf(feature, "enabledFeatures", ["RootCredentialsManagement", "RootSessions"]),
    ),
});

/** The entries of persons and groups. */
export const personTypes: readonly TypeEntry[] = [
  group,
  membership,
  userMembership,
  inline("user", toUser("user", { holds: true })),
  inline("group", toGroup("group", { holds: true })),
  groupAttachment,
  policyAttachment,
  exclusive("user", "Policies"),
  exclusive("user", "PolicyAttachments"),
  exclusive("group", "Policies"),
  exclusive("group", "PolicyAttachments"),
  loginProfile,
  passwordPolicy,
  accountAlias,
  samlProvider,
  serverCertificate,
  mfaDevice,
  sshKey,
  rootFeatures,
];
