/** Vaults and plans (AWS Backup API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toKey, toTopic } from "../references.ts";

const vault = ordinary("aws:backup/vault:Vault", {
  id: "{name}",
  arn: "backup:backup-vault:{name}",
  name: 50,
  defaults: { forceDestroy: false },
  forceNew: ["kmsKeyArn"],
  outputs: {
    kmsKeyArn: form("arn:{partition}:kms:{region}:{account}:key/{uuid}"),
    recoveryPoints: 0,
  },
  keys: ["name"],
  references: [
    toKey("kmsKeyArn", "InvalidParameterValueException", "KMS key {value} does not exist"),
  ],
  taken: error("AlreadyExistsException", "Backup vault with the same name already exists"),
  inUse: error("InvalidRequestException", "Backup vault {id} is in use by {value}"),
});

const noVault = error("ResourceNotFoundException", "Backup vault {value} does not exist");

const ofVault = (type: string, more: Partial<TypeEntry>) =>
  ordinary(`aws:backup/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    id: "{backupVaultName}",
    untagged: true,
    forceNew: ["backupVaultName"],
    outputs: { backupVaultArn: (r) => r.target("backupVaultName")?.properties["arn"] },
    ...more,
    references: [
      refer("backupVaultName", vault.token, noVault, { cascades: true }),
      ...(more.references ?? []),
    ],
  });

const vaultPolicy = ofVault("VaultPolicy", {
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
});

const vaultLock = ofVault("VaultLockConfiguration", {
  forceNew: ["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"],
  admit: (r) =>
    refuseIf(
      r.number("maxRetentionDays", 36_500) < r.number("minRetentionDays", 1),
      "InvalidParameterValueException",
      "MaxRetentionDays must be greater than or equal to MinRetentionDays",
    ),
});

const vaultNotifications = ofVault("VaultNotifications", {
  forceNew: ["backupVaultEvents", "backupVaultName", "snsTopicArn"],
  references: [
    toTopic("snsTopicArn", error("InvalidParameterValueException", "Topic {value} does not exist")),
  ],
});

const plan = ordinary("aws:backup/plan:Plan", {
  id: "{uuid}",
  arn: "backup:backup-plan:{id}",
  name: 50,
  defaults: {
    "rules[*].completionWindow": 180,
    "rules[*].enableContinuousBackup": false,
    "rules[*].startWindow": 60,
  },
  outputs: { version: form("{lower48:version}") },
  references: [
    refer(
      "rules[*].targetVaultName",
      vault.token,
      error("InvalidParameterValueException", "Backup vault {value} does not exist"),
      { holds: true },
    ),
  ],
  inUse: error(
    "InvalidRequestException",
    "Related backup plan selections must be deleted prior to backup plan deletion",
  ),
});

const selection = ordinary("aws:backup/selection:Selection", {
  id: "{uuid}",
  untagged: true,
  name: 50,
  forceNew: ["conditions", "iamRoleArn", "notResources", "planId", "resources", "selectionTags"],
  references: [
    refer(
      "planId",
      plan.token,
      error("ResourceNotFoundException", "Backup plan {value} does not exist"),
      { holds: true },
    ),
    toRole(
      "iamRoleArn",
      error(
        "InvalidParameterValueException",
        "IAM Role {value} does not exist or cannot be assumed by AWS Backup",
      ),
    ),
  ],
});

const regionSettings = ordinary("aws:backup/regionSettings:RegionSettings", {
  id: "{region}",
  untagged: true,
  maps: ["resourceTypeManagementPreference", "resourceTypeOptInPreference"],
});

/** The entries of backups. */
export const backupTypes: readonly TypeEntry[] = [
  vault,
  vaultPolicy,
  vaultLock,
  vaultNotifications,
  plan,
  selection,
  regionSettings,
];
