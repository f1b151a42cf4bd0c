/** KMS keys and aliases (AWS KMS API reference). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { arn, oneOf, partition, region, regionAndTags } from "./common.ts";
import { documentFault, documentProblem, documentText, statementsOf } from "./policy-documents.ts";

const usages = ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"];
/** Days a key waits for its deletion (ScheduleKeyDeletion). */
const waitingDays = { min: 7, max: 30 };
/** Days between rotations (EnableKeyRotation, RotationPeriodInDays). */
const rotationDays = { min: 90, max: 2560, usual: 365 };

const key: TypeEntry = {
  token: "aws:kms/key:Key",
  defaults: {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  },
  maps: ["policy"],
  forceNew: [
    "customKeyStoreId",
    "customerMasterKeySpec",
    "keyUsage",
    "multiRegion",
    "xksKeyId",
    "region",
  ],
  check: (r) => [
    ...documentFault(r, "policy"),
    ...oneOf(r.text("keyUsage", "ENCRYPT_DECRYPT"), "keyUsage", usages),
    ...within(r, "deletionWindowInDays", waitingDays),
    ...within(r, "rotationPeriodInDays", rotationDays),
  ],
  id: (r) => r.uuid("id"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "kms", `key/${r.id}`),
    keyId: (r) => r.id,
    customKeyStoreId: "",
    description: "",
    multiRegion: false,
    policy: ownPolicy,
    rotationPeriodInDays: (r) => (r.flag("enableKeyRotation") ? rotationDays.usual : undefined),
    xksKeyId: "",
  },
  normalised: { policy: (_r, given) => documentText(given) },
  keys: ["arn", "keyId"],
  admit: refuseKey,
  timeouts: { create: 120 },
};

function within(r: Resource, property: string, range: { min: number; max: number }): InputFault[] {
  const days = r.number(property, range.min);
  if (days >= range.min && days <= range.max) return [];
  return [
    {
      property,
      reason: `expected ${property} to be in the range (${range.min} - ${range.max}), got ${days}`,
    },
  ];
}

/** The policy of a key that is given none: the account decides by IAM. */
function ownPolicy(r: Resource): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: rootOf(r) },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}

function rootOf(r: Resource): string {
  return `arn:${partition(r.region)}:iam::${r.account}:root`;
}

/** A key policy must be well formed and must not lock its owner out (PutKeyPolicy, safety check). */
function refuseKey(r: Resource): ServiceError | undefined {
  const given = r.given("policy");
  if (given === undefined) return undefined;
  const text = documentText(given);
  const problem = documentProblem(text, "resource");
  if (problem !== undefined) return { code: "MalformedPolicyDocumentException", says: problem };
  const kept = statementsOf(text).some(
    ({ effect, actions, principals }) =>
      effect === "Allow" &&
      actions.some((action) =>
        ["*", "kms:*", "kms:put*", "kms:putkeypolicy"].includes(action.toLowerCase()),
      ) &&
      (principals["AWS"] ?? []).some(
        (who) => who === "*" || who === r.account || who.includes(`:${r.account}:`),
      ),
  );
  return kept || r.flag("bypassPolicyLockoutSafetyCheck")
    ? undefined
    : {
        code: "MalformedPolicyDocumentException",
        says: "The new key policy will not allow you to update the key policy in the future.",
      };
}

const alias: TypeEntry = {
  token: "aws:kms/alias:Alias",
  autoname: { property: "name", charactersMax: 255, beginning: "alias/" },
  forceNew: ["name", "namePrefix", "region"],
  check: (r) =>
    /^alias\/(?!aws\/)[\w/-]+$/.test(r.text("name"))
      ? []
      : [
          {
            property: "name",
            reason: `name must begin with 'alias/' and be comprised of only [a-zA-Z0-9/_-], got ${r.text("name")}`,
          },
        ],
  id: (r) => r.text("name"),
  planned: region,
  outputs: {
    arn: (r) => arn(r, "kms", r.text("name")),
    namePrefix: "",
    targetKeyArn: (r) => r.target("targetKeyId")?.properties["arn"],
  },
  keys: ["arn", "name"],
  references: [
    {
      at: "targetKeyId",
      to: key.token,
      by: ["id", "arn"],
      cascades: true,
      missing: { code: "NotFoundException", says: "Key '{value}' does not exist" },
    },
  ],
  taken: { code: "AlreadyExistsException", says: "An alias with the name {id} already exists" },
};

/** The entries of keys. */
export const kmsTypes: readonly TypeEntry[] = [key, alias];
