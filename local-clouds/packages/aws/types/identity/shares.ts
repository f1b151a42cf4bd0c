/** Shares, policy stores, further parts of Identity Center (AWS RAM, Verified Permissions, Identity Store API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { documentFault } from "../policy-documents.ts";
import { isAccount } from "../references.ts";
import { account } from "./organizations.ts";

const share = ordinary("aws:ram/resourceShare:ResourceShare", {
  id: (r) => form("arn:{partition}:ram:{region}:{account}:resource-share/{uuid}")(r),
  autoname: { property: "name", charactersMax: 255 },
  defaults: { allowExternalPrincipals: false },
  forceNew: ["permissionArns"],
  outputs: { arn: (r) => r.id, permissionArns: [] },
  keys: ["arn"],
});

const toShare = refer(
  "resourceShareArn",
  share.token,
  error("UnknownResourceException", "ResourceShare {value} could not be found."),
  { by: "arn", cascades: true },
);

const shared = ordinary("aws:ram/resourceAssociation:ResourceAssociation", {
  id: "{resourceShareArn},{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn", "resourceShareArn"],
  references: [toShare],
  admit: (r) => {
    const owner = r.text("resourceArn").split(":")[4];
    return refuseIf(
      owner !== "" && owner !== r.account,
      "OperationNotPermittedException",
      "The requested operation is not permitted: you can share only what you own.",
    );
  },
});

const sharedWith = ordinary("aws:ram/principalAssociation:PrincipalAssociation", {
  id: "{resourceShareArn},{principal}",
  untagged: true,
  forceNew: ["principal", "resourceShareArn"],
  check: (r) =>
    isAccount(r.text("principal")) || r.text("principal").startsWith("arn:")
      ? []
      : [
          {
            property: "principal",
            reason: `"principal" must be an account, or the ARN of an organization, unit, role or user: ${r.text("principal")}`,
          },
        ],
  references: [toShare],
  admit: (r) => {
    const external =
      isAccount(r.text("principal")) && r.find(account.token, r.text("principal")) === undefined;
    const allowed = r.target("resourceShareArn")?.properties["allowExternalPrincipals"] === true;
    return refuseIf(
      external && !allowed,
      "OperationNotPermittedException",
      `The resource you are attempting to share can only be shared within your AWS Organization. This error may also occur if you have not enabled sharing with your AWS organization, or that onboarding process is still in progress.`,
    );
  },
});

const sharingInside = ordinary("aws:ram/sharingWithOrganization:SharingWithOrganization", {
  global: true,
  untagged: true,
  id: "{account}",
});

const policyStore = ordinary("aws:verifiedpermissions/policyStore:PolicyStore", {
  id: "{upper22}",
  arn: "arn:{partition}:verifiedpermissions::{account}:policy-store/{id}",
  check: (r) =>
    oneOf(r.text("validationSettings.mode"), "validationSettings.mode", ["OFF", "STRICT"]),
  outputs: { deletionProtection: "DISABLED", policyStoreId: (r) => r.id },
  keys: ["policyStoreId"],
});

const toStore = refer(
  "policyStoreId",
  policyStore.token,
  error("ResourceNotFoundException", "The policy store with ID {value} does not exist."),
  { cascades: true },
);

const storeSchema = ordinary("aws:verifiedpermissions/schema:Schema", {
  id: "{policyStoreId}",
  untagged: true,
  forceNew: ["policyStoreId"],
  check: (r) => documentFault(r, "definition.value"),
  outputs: { namespaces: (r) => Object.keys(JSON.parse(r.text("definition.value")) as object) },
  references: [toStore],
});

const storePolicy = ordinary("aws:verifiedpermissions/policy:Policy", {
  id: (r) => `${policyId(r)},${r.text("policyStoreId")}`,
  untagged: true,
  forceNew: ["policyStoreId"],
  outputs: { createdDate: (r) => r.createdAt, policyId },
  references: [toStore],
  admit: (r) => {
    const statement = r.given("definition.static.statement");
    return refuseIf(
      statement !== undefined && !/\b(permit|forbid)\s*\(/.test(String(statement)),
      "ValidationException",
      "Invalid input: the policy is not valid Cedar",
    );
  },
});

function policyId(r: Resource): string {
  return r.characters("policy", 22);
}

const membership = ordinary("aws:identitystore/groupMembership:GroupMembership", {
  id: "{identityStoreId}/{uuid}",
  untagged: true,
  forceNew: ["groupId", "identityStoreId", "memberId"],
  outputs: { membershipId: (r) => r.id.split("/").at(-1) },
  references: [
    refer(
      "groupId",
      "aws:identitystore/group:Group",
      error("ResourceNotFoundException", "GROUP not found."),
      { by: "groupId", cascades: true },
    ),
    refer(
      "memberId",
      "aws:identitystore/user:User",
      error("ResourceNotFoundException", "USER not found."),
      { by: "userId", cascades: true },
    ),
  ],
  admit: (r) =>
    refuseIf(
      others(r).some(
        ({ properties }) =>
          properties["groupId"] === r.given("groupId") &&
          properties["memberId"] === r.given("memberId"),
      ),
      "ConflictException",
      "Member and Group relationship already exists.",
    ),
});

const accessAttributes = ordinary(
  "aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes",
  {
    id: "{instanceArn}",
    untagged: true,
    forceNew: ["instanceArn"],
    outputs: { status: "ENABLED", statusReason: "" },
  },
);

/** The entries of shares and policy stores. */
export const shareTypes: readonly TypeEntry[] = [
  share,
  shared,
  sharedWith,
  sharingInside,
  policyStore,
  storeSchema,
  storePolicy,
  membership,
  accessAttributes,
];
