/** GuardDuty, which watches an account for threats (Amazon GuardDuty API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { isAccount, toKey } from "../references.ts";
import { bucketTokens } from "../s3-references.ts";

/** How often findings are published; Macie counts the same. */
export const frequencies = ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"];

const detector = ordinary("aws:guardduty/detector:Detector", {
  id: "{hex32}",
  arn: "guardduty:detector/{id}",
  defaults: { enable: true },
  check: (r) =>
    r.given("findingPublishingFrequency") === undefined
      ? []
      : oneOf(r.text("findingPublishingFrequency"), "findingPublishingFrequency", frequencies),
  outputs: { accountId: (r) => r.account, findingPublishingFrequency: "SIX_HOURS" },
  admit: (r) =>
    refuseIf(
      others(r).length > 0,
      "BadRequestException",
      "The request is rejected because a detector already exists for the current account.",
    ),
  inUse: error(
    "BadRequestException",
    "The request is rejected because the detector {id} has members: {value}",
  ),
});

const noDetector = error(
  "BadRequestException",
  "The request is rejected because the input detectorId is not owned by the current account.",
);

const ofDetector = refer("detectorId", detector.token, noDetector, { cascades: true });

const features = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "EKS_RUNTIME_MONITORING",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
];

const detectorFeature = ordinary("aws:guardduty/detectorFeature:DetectorFeature", {
  id: "{detectorId}/{name}",
  untagged: true,
  autoname: { property: "name", charactersMax: 256 },
  forceNew: ["detectorId", "name"],
  check: (r) => [
    ...oneOf(r.text("status"), "status", ["ENABLED", "DISABLED"]),
    ...oneOf(r.text("name"), "name", features),
  ],
  references: [ofDetector],
});

const guardMember = ordinary("aws:guardduty/member:Member", {
  id: "{detectorId}:{accountId}",
  untagged: true,
  defaults: { disableEmailNotification: false, invite: false },
  forceNew: ["accountId", "detectorId", "email"],
  check: (r) =>
    isAccount(r.text("accountId"))
      ? []
      : [{ property: "accountId", reason: `"account_id" doesn't look like AWS Account ID` }],
  outputs: { relationshipStatus: (r) => (r.flag("invite") ? "Invited" : "Created") },
  references: [ofDetector],
});

const guardOrganization = ordinary(
  "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
  {
    id: "{detectorId}",
    untagged: true,
    forceNew: ["detectorId"],
    check: (r) =>
      oneOf(r.text("autoEnableOrganizationMembers"), "autoEnableOrganizationMembers", [
        "NEW",
        "ALL",
        "NONE",
      ]),
    references: [ofDetector],
  },
);

const guardFilter = ordinary("aws:guardduty/filter:Filter", {
  id: "{detectorId}:{name}",
  arn: "guardduty:detector/{detectorId}/filter/{name}",
  name: 64,
  forceNew: ["detectorId"],
  check: (r) => oneOf(r.text("action"), "action", ["NOOP", "ARCHIVE"]),
  references: [ofDetector],
});

const publishing = ordinary("aws:guardduty/publishingDestination:PublishingDestination", {
  id: "{detectorId}:{hex32:destination}",
  arn: "guardduty:detector/{detectorId}/publishingdestination/{hex32:destination}",
  defaults: { destinationType: "S3" },
  forceNew: ["destinationType", "detectorId"],
  outputs: { destinationId: form("{hex32:destination}") },
  references: [
    ofDetector,
    toKey(
      "kmsKeyArn",
      "BadRequestException",
      "The request failed because the KMS key {value} is not accessible",
    ),
    refer(
      "destinationArn",
      bucketTokens,
      error(
        "BadRequestException",
        "The request failed because the GuardDuty service principal does not have permission to the KMS key or the resource specified by the resourceArn parameter.",
      ),
      { by: "arn", within: "world", key: (_r, value) => value.split("/")[0] ?? value },
    ),
  ],
});

/** The account that a security service of the organisation is delegated to: one each. */
export const administrator = (module: "guardduty" | "securityhub") =>
  ordinary(`aws:${module}/organizationAdminAccount:OrganizationAdminAccount`, {
    id: "{adminAccountId}",
    untagged: true,
    forceNew: ["adminAccountId"],
    check: (r) =>
      isAccount(r.text("adminAccountId"))
        ? []
        : [
            {
              property: "adminAccountId",
              reason: `"admin_account_id" doesn't look like AWS Account ID`,
            },
          ],
    admit: (r) =>
      refuseIf(
        others(r).length > 0,
        "BadRequestException",
        "The request is rejected because another account is already enabled as delegated administrator for the organization.",
      ),
  });

/** The entries of GuardDuty. */
export const guarddutyTypes: readonly TypeEntry[] = [
  detector,
  detectorFeature,
  guardMember,
  guardOrganization,
  guardFilter,
  publishing,
  administrator("guardduty"),
];
