/** What is set on S3 buckets by resources of its own (Amazon S3 API reference). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { objectsIn, oneOf, region } from "./common.ts";
import { toBucket } from "./s3-references.ts";

const ofBucket: Reference = { ...toBucket("bucket"), cascades: true };

/** A setting is known by its bucket, or by bucket and expected owner. */
function settingId(r: Resource): string {
  const owner = r.given("expectedBucketOwner");
  return owner === undefined || owner === ""
    ? r.text("bucket")
    : `${r.text("bucket")},${String(owner)}`;
}

/** What all settings share: they go with their bucket; a bucket has each of them once. */
export function bucketSetting(token: string, rest: Partial<TypeEntry>): TypeEntry {
  const outputs: Readonly<Record<string, Computed>> = rest.outputs ?? {};
  return {
    token,
    ...rest,
    forceNew: ["bucket", "region", ...(rest.forceNew ?? [])],
    id: settingId,
    planned: region,
    outputs,
    references: [ofBucket, ...(rest.references ?? [])],
  };
}

const versioning = bucketSetting("aws:s3/bucketVersioning:BucketVersioning", {
  aliases: ["aws:s3/bucketVersioningV2:BucketVersioningV2"],
  check: (r) =>
    oneOf(r.text("versioningConfiguration.status", ""), "versioningConfiguration.status", [
      "Enabled",
      "Suspended",
      "Disabled",
    ]),
  forceNew: ["expectedBucketOwner"],
  outputs: { "versioningConfiguration.mfaDelete": "" },
  admit: (r) =>
    r.target("bucket")?.properties["objectLockEnabled"] === true &&
    r.text("versioningConfiguration.status") !== "Enabled"
      ? {
          code: "InvalidBucketState",
          says: "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        }
      : undefined,
});

const objectLock = bucketSetting(
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  {
    aliases: ["aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"],
    defaults: { objectLockEnabled: "Enabled" },
    forceNew: ["expectedBucketOwner", "objectLockEnabled"],
    check: (r) =>
      r.given("rule.defaultRetention.mode") === undefined
        ? []
        : oneOf(r.text("rule.defaultRetention.mode"), "rule.defaultRetention.mode", [
            "COMPLIANCE",
            "GOVERNANCE",
          ]),
    admit: refuseLock,
  },
);

function refuseLock(r: Resource): ServiceError | undefined {
  const bucket = r.target("bucket");
  const versioned = r
    .all(versioning.token)
    .some(
      ({ properties }) =>
        properties["bucket"] === bucket?.id &&
        objectsIn([properties["versioningConfiguration"] ?? {}])[0]?.["status"] === "Enabled",
    );
  if (bucket?.properties["objectLockEnabled"] !== true && !versioned) {
    return {
      code: "InvalidBucketState",
      says: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    };
  }
  if (r.given("rule") === undefined) return undefined;
  const spans = [r.given("rule.defaultRetention.days"), r.given("rule.defaultRetention.years")];
  const given = spans.filter((span) => typeof span === "number" && span > 0);
  return given.length === 1 && r.given("rule.defaultRetention.mode") !== undefined
    ? undefined
    : {
        code: "MalformedXML",
        says: "The XML you provided was not well-formed or did not validate against our published schema",
      };
}

const encryption = bucketSetting(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  {
    aliases: [
      "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    ],
    check: (r) =>
      r
        .every("rules[*].applyServerSideEncryptionByDefault.sseAlgorithm")
        .flatMap((algorithm) =>
          oneOf(String(algorithm), "rules.applyServerSideEncryptionByDefault.sseAlgorithm", [
            "AES256",
            "aws:kms",
            "aws:kms:dsse",
          ]),
        ),
    forceNew: ["expectedBucketOwner"],
    outputs: { "rules[*].bucketKeyEnabled": false },
    references: [
      {
        at: "rules[*].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        to: ["aws:kms/key:Key", "aws:kms/alias:Alias"],
        by: ["arn", "id"],
        within: "world",
        unless: (value) => value === "" || value.includes("alias/aws/"),
        missing: { code: "KMS.NotFoundException", says: "Key '{value}' does not exist" },
      },
    ],
  },
);

const publicAccess = bucketSetting("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
  defaults: {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
});

const ownership = bucketSetting("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
  check: (r) =>
    oneOf(r.text("rule.objectOwnership", ""), "rule.objectOwnership", [
      "BucketOwnerPreferred",
      "ObjectWriter",
      "BucketOwnerEnforced",
    ]),
});

const lifecycle = bucketSetting(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  {
    aliases: ["aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"],
    check: (r) =>
      r
        .every("rules[*].status")
        .flatMap((status) => oneOf(String(status), "rules.status", ["Enabled", "Disabled"])),
    forceNew: ["expectedBucketOwner"],
    outputs: {
      expectedBucketOwner: "",
      transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
      "rules[*].prefix": "",
    },
    admit: (r) => {
      const ids = r.every("rules[*].id");
      if (new Set(ids).size < ids.length) {
        return {
          code: "InvalidArgument",
          says: "Rule ID must be unique. Found same ID for one or more rules",
        };
      }
      return r.list("rules").length === 0
        ? {
            code: "MalformedXML",
            says: "The XML you provided was not well-formed or did not validate against our published schema",
          }
        : undefined;
    },
    timeouts: { create: 180, update: 180 },
  },
);

const logging = bucketSetting("aws:s3/bucketLogging:BucketLogging", {
  aliases: ["aws:s3/bucketLoggingV2:BucketLoggingV2"],
  forceNew: ["expectedBucketOwner"],
  references: [
    {
      ...toBucket("targetBucket"),
      missing: {
        code: "InvalidTargetBucketForLogging",
        says: "The target bucket for logging does not exist",
      },
    },
  ],
  admit: refuseLogging,
});

/** Access logs go to a bucket of the same region that has no default retention (S3 user guide). */
function refuseLogging(r: Resource): ServiceError | undefined {
  const target = r.target("targetBucket");
  if (target === undefined) return undefined;
  if (target.region !== (r.target("bucket")?.region ?? target.region)) {
    return {
      code: "CrossLocationLoggingProhibitted",
      says: "Cross S3 location logging not allowed.",
    };
  }
  const lock = r.all(objectLock.token).find(({ properties }) => properties["bucket"] === target.id);
  return lock?.properties["rule"] === undefined
    ? undefined
    : {
        code: "InvalidTargetBucketForLogging",
        says: "The target bucket has Object Lock default retention and cannot take access logs",
      };
}

/** The entries of bucket settings. */
export const s3SettingTypes: readonly TypeEntry[] = [
  versioning,
  objectLock,
  encryption,
  publicAccess,
  ownership,
  lifecycle,
  logging,
];
