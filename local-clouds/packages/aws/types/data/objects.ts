/** Objects in buckets, and bucket settings beyond the most common ones (Amazon S3 API reference). */

import { createHash } from "node:crypto";
import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { dnsSuffix, objectsIn, oneOf, textsIn } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toFunction, toKey } from "../references.ts";
import { bucketOfArn, bucketTokens, toBucket } from "../s3-references.ts";
import { bucketSetting } from "../s3-settings.ts";

const cannedAcls = [
  "authenticated-read",
  "aws-exec-read",
  "bucket-owner-full-control",
  "bucket-owner-read",
  "log-delivery-write",
  "private",
  "public-read",
  "public-read-write",
];

const ofBucket = { ...toBucket("bucket"), cascades: true };

function object(token: string, more: Partial<TypeEntry>): TypeEntry {
  return ordinary(token, {
    id: (r) => `${bucketOfArn(r.text("bucket"))}/${r.text("key")}`,
    autoname: { property: "key", suffix: false },
    forceNew: ["bucket", "key"],
    maps: ["metadata"],
    check: (r) => (r.given("acl") === undefined ? [] : oneOf(r.text("acl"), "acl", cannedAcls)),
    ...more,
    defaults: { forceDestroy: false, ...more.defaults },
    outputs: {
      arn: (r) => form(`arn:{partition}:s3:::${bucketOfArn(r.text("bucket"))}/{key}`)(r),
      bucketKeyEnabled: false,
      cacheControl: "",
      contentDisposition: "",
      contentEncoding: "",
      contentLanguage: "",
      contentType: "application/octet-stream",
      etag: etagOf,
      metadata: {},
      objectLockLegalHoldStatus: "",
      objectLockMode: "",
      objectLockRetainUntilDate: "",
      serverSideEncryption: (r) => (r.given("kmsKeyId") === undefined ? "AES256" : "aws:kms"),
      storageClass: "STANDARD",
      versionId: "",
      websiteRedirect: "",
      ...more.outputs,
    },
    references: [
      { ...toBucket("bucket"), holds: true },
      toKey("kmsKeyId", "KMS.NotFoundException", "Key '{value}' does not exist"),
    ],
    // Writing an object where one is, replaces it.
    sharedId: true,
    admit: refuseObject,
  });
}

/** Without encryption by a KMS key the entity tag of an object put whole is its MD5. */
function etagOf(r: Resource): string {
  const given = r.given("content");
  const body =
    typeof given === "string" ? given : Buffer.from(r.text("contentBase64", ""), "base64");
  return createHash("md5").update(body).digest("hex");
}

function refuseObject(r: Resource): ServiceError | undefined {
  const bucket = bucketOfArn(r.text("bucket"));
  const acl = r.text("acl", "private");
  if (acl !== "private" && acl !== "bucket-owner-full-control" && !takesAcls(r, bucket)) {
    return error("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  const locked = r.target("bucket")?.properties["objectLockEnabled"] === true;
  return refuseIf(
    r.given("objectLockMode") !== undefined && !locked,
    "InvalidRequest",
    "Bucket is missing Object Lock Configuration",
  );
}

/** Since April 2023 buckets take ACLs only where ownership controls say so (S3 user guide, "Object Ownership"). */
function takesAcls(r: Resource, bucket: string): boolean {
  return r
    .all("aws:s3/bucketOwnershipControls:BucketOwnershipControls")
    .some(
      ({ properties }) =>
        properties["bucket"] === bucket &&
        objectsIn([properties["rule"] ?? {}])[0]?.["objectOwnership"] !== "BucketOwnerEnforced",
    );
}

const acl = bucketSetting("aws:s3/bucketAcl:BucketAcl", {
  aliases: ["aws:s3/bucketAclV2:BucketAclV2"],
  check: (r) => (r.given("acl") === undefined ? [] : oneOf(r.text("acl"), "acl", cannedAcls)),
  forceNew: ["expectedBucketOwner"],
  admit: (r) => {
    const bucket = bucketOfArn(r.text("bucket"));
    if (!takesAcls(r, bucket)) {
      return error("AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
    return refuseIf(
      r.text("acl", "private").startsWith("public-") && blocks(r, bucket, "blockPublicAcls"),
      "AccessDenied",
      "User is not authorized to perform: s3:PutBucketAcl because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting.",
    );
  },
});

/** New buckets block public access until a setting of their own says otherwise. */
function blocks(r: Resource, bucket: string, flag: string): boolean {
  const setting = r
    .all("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
    .find(({ properties }) => properties["bucket"] === bucket);
  return setting === undefined || setting.properties[flag] === true;
}

const cors = bucketSetting("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", {
  aliases: ["aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2"],
  forceNew: ["expectedBucketOwner"],
  outputs: {
    "corsRules[*].allowedHeaders": [],
    "corsRules[*].exposeHeaders": [],
    "corsRules[*].id": "",
    "corsRules[*].maxAgeSeconds": 0,
  },
  check: (r) =>
    r
      .every("corsRules[*].allowedMethods[*]")
      .flatMap((method) =>
        oneOf(String(method), "corsRules.allowedMethods", ["GET", "PUT", "HEAD", "POST", "DELETE"]),
      ),
});

const website = bucketSetting("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", {
  aliases: ["aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2"],
  forceNew: ["expectedBucketOwner"],
  outputs: {
    websiteDomain: (r) => `s3-website.${r.region}.${dnsSuffix(r.region)}`,
    websiteEndpoint: (r) =>
      `${bucketOfArn(r.text("bucket"))}.s3-website.${r.region}.${dnsSuffix(r.region)}`,
    routingRules: [],
    routingRuleDetails: "",
  },
  check: (r) =>
    (r.given("indexDocument") === undefined) === (r.given("redirectAllRequestsTo") === undefined)
      ? [
          {
            property: "indexDocument",
            reason: "one of `index_document,redirect_all_requests_to` must be specified",
          },
        ]
      : [],
});

const accelerate = bucketSetting(
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
  {
    aliases: ["aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2"],
    forceNew: ["expectedBucketOwner"],
    check: (r) => oneOf(r.text("status"), "status", ["Enabled", "Suspended"]),
    admit: (r) =>
      refuseIf(
        r.text("bucket").includes("."),
        "InvalidRequest",
        "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
      ),
  },
);

const payment = bucketSetting(
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
  {
    aliases: ["aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2"],
    forceNew: ["expectedBucketOwner"],
    check: (r) => oneOf(r.text("payer"), "payer", ["BucketOwner", "Requester"]),
  },
);

const unreachable = error(
  "InvalidArgument",
  "Unable to validate the following destination configurations",
);

const notification = bucketSetting("aws:s3/bucketNotification:BucketNotification", {
  defaults: { eventbridge: false },
  references: [
    toFunction("lambdaFunctions[*].lambdaFunctionArn", { missing: unreachable }),
    refer("queues[*].queueArn", "aws:sqs/queue:Queue", unreachable, { by: "arn" }),
    refer("topics[*].topicArn", "aws:sns/topic:Topic", unreachable, { by: "arn" }),
  ],
  admit: (r) => (mayCall(r) ? undefined : unreachable),
});

/** S3 tries each destination: the function must let it in. */
function mayCall(r: Resource): boolean {
  const permissions = r.all("aws:lambda/permission:Permission");
  return textsIn(r.every("lambdaFunctions[*].lambdaFunctionArn")).every((arn) => {
    const name = arn.replace(/^.*:function:/, "").split(":")[0];
    return permissions.some(
      ({ properties }) =>
        String(properties["function"])
          .replace(/^.*:function:/, "")
          .split(":")[0] === name && properties["principal"] === "s3.amazonaws.com",
    );
  });
}

const named = { property: "name", charactersMax: 64 };
const part = (token: string, said: Partial<TypeEntry>) =>
  ordinary(token, {
    id: "{bucket}:{name}",
    untagged: true,
    autoname: named,
    ...said,
    forceNew: ["bucket", "name"],
    references: [ofBucket, ...(said.references ?? [])],
  });

const metric = part("aws:s3/bucketMetric:BucketMetric", {});
const tiering = part(
  "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
  {
    defaults: { status: "Enabled" },
  },
);
const inventory = part("aws:s3/inventory:Inventory", {
  defaults: { enabled: true },
  check: (r) =>
    oneOf(r.text("includedObjectVersions"), "includedObjectVersions", ["All", "Current"]),
});
const analytics = part("aws:s3/analyticsConfiguration:AnalyticsConfiguration", {});

const replication = bucketSetting("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
  hidden: ["token"],
  outputs: { "rules[*].prefix": "" },
  references: [
    toRole("role", error("InvalidArgument", "Invalid role: {value}")),
    refer(
      "rules[*].destination.bucket",
      bucketTokens,
      error("InvalidRequest", "Destination bucket must exist."),
      { by: "arn", within: "world" },
    ),
  ],
  admit: (r) => {
    const source = bucketOfArn(r.text("bucket"));
    return refuseIf(
      !versioned(r, source),
      "InvalidRequest",
      "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    );
  },
});

function versioned(r: Resource, bucket: string): boolean {
  return (
    r.target("bucket")?.properties["objectLockEnabled"] === true ||
    r
      .all("aws:s3/bucketVersioning:BucketVersioning")
      .some(
        ({ properties }) =>
          properties["bucket"] === bucket &&
          objectsIn([properties["versioningConfiguration"] ?? {}])[0]?.["status"] === "Enabled",
      )
  );
}

/** The entries of objects and further bucket settings. */
export const objectTypes: readonly TypeEntry[] = [
  object("aws:s3/bucketObject:BucketObject", {
    defaults: { acl: "private" },
    outputs: { acl: "private" },
  }),
  object("aws:s3/bucketObjectv2:BucketObjectv2", {
    aliases: ["aws:s3/BucketObject:BucketObject"],
    outputs: {
      checksumCrc32: "",
      checksumCrc32c: "",
      checksumCrc64nvme: "",
      checksumSha1: "",
      checksumSha256: "",
    },
  }),
  acl,
  cors,
  website,
  accelerate,
  payment,
  notification,
  metric,
  tiering,
  inventory,
  analytics,
  replication,
];
