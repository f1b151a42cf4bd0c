/** What KMS keeps beside keys and aliases (AWS KMS API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault, documentProblem, documentText } from "../policy-documents.ts";
import { toKey } from "../references.ts";

const keyOutputs = {
  arn: form("arn:{partition}:kms:{region}:{account}:key/{id}"),
  description: "",
  policy: "",
};

const replicaKey = ordinary("aws:kms/replicaKey:ReplicaKey", {
  id: (r) => r.text("primaryKeyArn").split("/").at(-1) ?? "",
  defaults: { bypassPolicyLockoutSafetyCheck: false, enabled: true },
  forceNew: ["primaryKeyArn"],
  check: (r) => documentFault(r, "policy"),
  outputs: {
    ...keyOutputs,
    keyId: (r) => r.id,
    keyRotationEnabled: false,
    keySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
  },
  normalised: { policy: asDocument },
  keys: ["arn", "keyId"],
  references: [
    refer(
      "primaryKeyArn",
      "aws:kms/key:Key",
      error("NotFoundException", "Key '{value}' does not exist"),
      { by: "arn", within: "world", holds: true },
    ),
  ],
  admit: (r) => {
    const primary = r.target("primaryKeyArn");
    if (primary?.properties["multiRegion"] !== true)
      return error(
        "UnsupportedOperationException",
        `${r.text("primaryKeyArn")} is not a multi-region key`,
      );
    return refuseIf(
      primary.region === r.region,
      "InvalidArnException",
      "The replica must be in another region than its primary key",
    );
  },
});

const externalKey = ordinary("aws:kms/externalKey:ExternalKey", {
  id: "{uuid}",
  defaults: { bypassPolicyLockoutSafetyCheck: false, deletionWindowInDays: 30 },
  forceNew: ["keyMaterialBase64", "keySpec", "keyUsage", "multiRegion"],
  check: (r) => documentFault(r, "policy"),
  outputs: {
    ...keyOutputs,
    enabled: (r) => r.given("keyMaterialBase64") !== undefined,
    expirationModel: (r) =>
      r.given("validTo") === undefined ? "KEY_MATERIAL_DOES_NOT_EXPIRE" : "KEY_MATERIAL_EXPIRES",
    keyState: (r) => (r.given("keyMaterialBase64") === undefined ? "PendingImport" : "Enabled"),
    keySpec: "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    multiRegion: false,
  },
  normalised: { policy: asDocument },
  keys: ["arn"],
});

const operations = [
  "CreateGrant",
  "Decrypt",
  "DeriveSharedSecret",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateMac",
  "GetPublicKey",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RetireGrant",
  "Sign",
  "Verify",
  "VerifyMac",
];

/** Names a key and goes with it. */
const ofKey = (at: string) => ({ ...toKey(at, "NotFoundException"), cascades: true });

const grant = ordinary("aws:kms/grant:Grant", {
  id: "{keyId}:{hex64:grant}",
  untagged: true,
  autoname: { property: "name", charactersMax: 256 },
  defaults: { retireOnDelete: false },
  forceNew: [
    "constraints",
    "grantCreationTokens",
    "granteePrincipal",
    "keyId",
    "name",
    "operations",
    "retireOnDelete",
    "retiringPrincipal",
  ],
  check: (r) =>
    r.every("operations[*]").flatMap((one) => oneOf(String(one), "operations", operations)),
  outputs: { grantId: form("{hex64:grant}"), grantToken: form("{lower64:token}") },
  references: [
    ofKey("keyId"),
    {
      ...toRole(
        "granteePrincipal",
        error("InvalidArnException", "ARN does not refer to a valid principal: {value}"),
      ),
      unless: (value: string) => !/:role\//.test(value) || /:role\/aws-service-role\//.test(value),
    },
  ],
});

const keyPolicy = ordinary("aws:kms/keyPolicy:KeyPolicy", {
  id: "{keyId}",
  untagged: true,
  defaults: { bypassPolicyLockoutSafetyCheck: false },
  forceNew: ["keyId"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  references: [ofKey("keyId")],
  admit: (r) => {
    const problem = documentProblem(documentText(r.given("policy") ?? ""), "resource");
    return refuseIf(problem !== undefined, "MalformedPolicyDocumentException", problem ?? "");
  },
});

const ciphertext = ordinary("aws:kms/ciphertext:Ciphertext", {
  id: (r) => r.createdAt,
  untagged: true,
  sharedId: true,
  maps: ["context"],
  forceNew: ["context", "keyId", "plaintext"],
  outputs: { ciphertextBlob: (r) => Buffer.from(r.hex("blob", 120), "hex").toString("base64") },
  hidden: ["plaintextWo"],
  references: [toKey("keyId", "NotFoundException")],
});

/** The entries of KMS beyond keys. */
export const keyTypes: readonly TypeEntry[] = [
  replicaKey,
  externalKey,
  grant,
  keyPolicy,
  ciphertext,
];
