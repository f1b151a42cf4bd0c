/** Buckets, objects and who may read them (Cloud Storage JSON API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, labels, project, projectNumber, toCryptoKey } from "./common.ts";
import { grants } from "./iam-grants.ts";

const bucketToken = "gcp:storage/bucket:Bucket";

const bucket: TypeEntry = {
  token: bucketToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: { forceDestroy: false, storageClass: "STANDARD" },
  check: (r) =>
    /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(r.text("name")) && !r.text("name").startsWith("goog")
      ? []
      : [
          {
            property: "name",
            reason: `"name" value can only contain lowercase letters, numbers, dots, dashes and underscores: ${r.text("name")}`,
          },
        ],
  forceNew: ["name", "location", "project", "enableObjectRetention"],
  id: (r) => r.text("name"),
  planned: { ...project, ...labels },
  normalised: { location: (_, given) => String(given).toUpperCase() },
  outputs: {
    url: (r) => `gs://${r.text("name")}`,
    selfLink: (r) => `https://www.googleapis.com/storage/v1/b/${r.text("name")}`,
    projectNumber: (r) => Number(projectNumber(r.account)),
    timeCreated: (r) => r.createdAt,
    updated: (r) => r.createdAt,
    defaultEventBasedHold: false,
    cors: [],
    enableObjectRetention: false,
    labels: {},
    lifecycleRules: [],
    publicAccessPrevention: "inherited",
    requesterPays: false,
    // Only buckets in several regions have a recovery point objective.
    rpo: (r) => (/-/.test(r.text("location")) ? undefined : "DEFAULT"),
    softDeletePolicy: (r) => ({ effectiveTime: r.createdAt, retentionDurationSeconds: 604_800 }),
    uniformBucketLevelAccess: false,
    ...absent(
      "autoclass",
      "customPlacementConfig",
      "encryption",
      "logging",
      "retentionPolicy",
      "versioning",
      "website",
    ),
  },
  keys: ["name", "selfLink", "url"],
  references: [toCryptoKey("encryption.defaultKmsKeyName")],
  taken: {
    code: "409",
    says: "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again., conflict",
  },
  uniqueInWorld: true,
  inUse: {
    code: "409",
    says: "Error trying to delete bucket {id} containing objects without `force_destroy` set to true, conflict",
  },
  admit: refuseBucket,
  timeouts: { create: 600, update: 240, read: 240 },
  schemaVersion: 4,
};

/** Versions and a retention policy exclude each other; a lock is never taken off (Bucket Lock). */
function refuseBucket(r: Resource): ServiceError | undefined {
  if (r.flag("versioning.enabled") && r.given("retentionPolicy") !== undefined) {
    return badRequest("Object versioning cannot be enabled on a bucket with a retention policy");
  }
  const before = (r.before?.["retentionPolicy"] ?? {}) as {
    isLocked?: unknown;
    retentionPeriod?: unknown;
  };
  if (before.isLocked !== true) return undefined;
  const shorter =
    Number(r.text("retentionPolicy.retentionPeriod", "0")) < Number(before.retentionPeriod);
  return r.flag("retentionPolicy.isLocked") && !shorter
    ? undefined
    : {
        code: "403",
        says: `Cannot reduce or remove the locked retention policy of bucket '${r.text("name")}', retentionPolicyNotMet`,
      };
}

const objectEntry: TypeEntry = {
  token: "gcp:storage/bucketObject:BucketObject",
  autoname: { property: "name", charactersMax: 1024 },
  maps: ["metadata"],
  forceNew: [
    "bucket",
    "cacheControl",
    "contentDisposition",
    "contentEncoding",
    "contentLanguage",
    "contentType",
    "kmsKeyName",
    "name",
    "storageClass",
  ],
  id: (r) => `${r.text("bucket")}-${r.text("name")}`,
  outputs: {
    cacheControl: "",
    contentDisposition: "",
    contentEncoding: "",
    contentLanguage: "",
    contentType: "text/plain; charset=utf-8",
    crc32c: (r) => `${r.characters("crc", 6)}==`,
    eventBasedHold: false,
    generation: (r) => Number(r.digits("generation", 15)),
    kmsKeyName: "",
    md5hash: (r) => `${r.characters("md5", 22)}==`,
    md5hexhash: (r) => r.hex("md5", 32),
    mediaLink: (r) =>
      `https://storage.googleapis.com/download/storage/v1/b/${r.text("bucket")}/o/${encodeURIComponent(r.text("name"))}?generation=${r.digits("generation", 15)}&alt=media`,
    outputName: (r) => r.text("name"),
    selfLink: (r) =>
      `https://www.googleapis.com/storage/v1/b/${r.text("bucket")}/o/${encodeURIComponent(r.text("name"))}`,
    storageClass: (r) => r.target("bucket")?.properties["storageClass"] ?? "STANDARD",
    temporaryHold: false,
    ...absent("customerEncryption", "retention"),
  },
  keys: ["selfLink", "name"],
  secrets: ["content"],
  references: [
    {
      ...toBucket("bucket"),
      // A bucket is not deleted over its objects, unless it may be by force; the provider empties it then.
      holds: true,
    },
    toCryptoKey("kmsKeyName"),
  ],
  timeouts: { create: 240, update: 240, delete: 240 },
};

function toBucket(at: string): Reference {
  return {
    at,
    to: bucketToken,
    within: "world",
    cascades: true,
    missing: { code: "404", says: "The specified bucket does not exist., notFound" },
  };
}

/** Lists of access exist only where access is not uniform (Cloud Storage, "Uniform bucket-level access"). */
function refuseLists(r: Resource): ServiceError | undefined {
  return r.target("bucket")?.properties["uniformBucketLevelAccess"] === true
    ? badRequest(
        "Cannot use ACL API to update bucket policy when uniform bucket-level access is enabled. Read more at https://cloud.google.com/storage/docs/uniform-bucket-level-access",
      )
    : undefined;
}

const accessControl: TypeEntry = {
  token: "gcp:storage/bucketAccessControl:BucketAccessControl",
  forceNew: ["bucket", "entity"],
  id: (r) => `${r.text("bucket")}/${r.text("entity")}`,
  outputs: { domain: "", email: "", role: "READER" },
  references: [toBucket("bucket")],
  admit: refuseLists,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

const acl: TypeEntry = {
  token: "gcp:storage/bucketACL:BucketACL",
  forceNew: ["bucket", "predefinedAcl"],
  id: (r) => `${r.text("bucket")}-acl`,
  outputs: {
    roleEntities: (r) => {
      const number = projectNumber(r.account);
      return [
        `OWNER:project-owners-${number}`,
        `OWNER:project-editors-${number}`,
        `READER:project-viewers-${number}`,
      ];
    },
  },
  references: [toBucket("bucket")],
  admit: refuseLists,
};

const defaultAcl: TypeEntry = {
  ...acl,
  token: "gcp:storage/defaultObjectACL:DefaultObjectACL",
  forceNew: ["bucket"],
  id: (r) => r.text("bucket"),
};

const hmacKey: TypeEntry = {
  token: "gcp:storage/hmacKey:HmacKey",
  defaults: { state: "ACTIVE" },
  forceNew: ["project", "serviceAccountEmail"],
  id: (r) => `projects/${r.account}/hmacKeys/${accessId(r)}`,
  planned: project,
  outputs: {
    accessId,
    secret: (r) =>
      r.characters(
        "secret",
        40,
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
      ),
    timeCreated: (r) => r.createdAt,
    updated: (r) => r.createdAt,
  },
  secrets: ["secret"],
  references: [
    {
      at: "serviceAccountEmail",
      to: "gcp:serviceaccount/account:Account",
      by: "email",
      within: "world",
      cascades: true,
      missing: { code: "404", says: "Service Account {value} does not exist., notFound" },
    },
  ],
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

function accessId(r: Resource): string {
  return `GOOG1E${r.characters("access", 55)}`;
}

const notification: TypeEntry = {
  token: "gcp:storage/notification:Notification",
  maps: ["customAttributes"],
  forceNew: [
    "bucket",
    "customAttributes",
    "eventTypes",
    "objectNamePrefix",
    "payloadFormat",
    "topic",
  ],
  id: (r) => `${r.text("bucket")}/notificationConfigs/${notificationNumber(r)}`,
  normalised: {
    topic: (_, given) =>
      `//pubsub.googleapis.com/${String(given).replace(/^\/\/pubsub\.googleapis\.com\//, "")}`,
  },
  outputs: {
    notificationId: notificationNumber,
    objectNamePrefix: "",
    selfLink: (r) =>
      `https://www.googleapis.com/storage/v1/b/${r.text("bucket")}/notificationConfigs/${notificationNumber(r)}`,
  },
  references: [
    toBucket("bucket"),
    {
      at: "topic",
      to: "gcp:pubsub/topic:Topic",
      key: (r, value) => (value.includes("/") ? value : `projects/${r.account}/topics/${value}`),
      within: "world",
      missing: badRequest("Invalid bucket event topic {value}"),
    },
  ],
};

function notificationNumber(r: Resource): string {
  const taken = r
    .all("gcp:storage/notification:Notification")
    .filter(({ id }) => id.startsWith(`${r.text("bucket")}/`))
    .map(({ id }) => Number(id.slice(id.lastIndexOf("/") + 1)));
  return String(Math.max(0, ...taken) + 1);
}

/** The entries of Cloud Storage. */
export const storageTypes: readonly TypeEntry[] = [
  bucket,
  objectEntry,
  accessControl,
  acl,
  defaultAcl,
  hmacKey,
  notification,
  ...grants({
    family: "gcp:storage/bucketIAM",
    input: "bucket",
    form: "b/{bucket}",
    fullName: true,
  }).map((entry) => ({
    ...entry,
    references: [{ ...toBucket("bucket"), key: bucketName }],
  })),
];

function bucketName(_r: Resource, value: string): string {
  return value.replace(/^b\//, "");
}
