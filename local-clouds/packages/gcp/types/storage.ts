/** Buckets, log sinks and log buckets (Cloud Storage and Cloud Logging APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, labels, project, projectNumber, toCryptoKey } from "./common.ts";

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

const destinationPattern = /^(storage|bigquery|pubsub|logging)\.googleapis\.com\/.+$/;

function sink(
  token: string,
  parent: {
    id: (r: Resource) => string;
    forceNew: string[];
    writer: (r: Resource) => string;
  },
): TypeEntry {
  return {
    token,
    autoname: { property: "name", charactersMax: 100 },
    check: (r) =>
      destinationPattern.test(r.text("destination"))
        ? []
        : [
            {
              property: "destination",
              reason: `"destination" is not a supported log destination: ${r.text("destination")}`,
            },
          ],
    forceNew: ["name", ...parent.forceNew],
    id: (r) => `${parent.id(r)}/sinks/${r.text("name")}`,
    outputs: {
      description: "",
      disabled: false,
      exclusions: [],
      filter: "",
      writerIdentity: parent.writer,
      ...absent("bigqueryOptions"),
    },
    admit: refuseSink,
  };
}

/** A destination in this world must exist. */
function refuseSink(r: Resource): ServiceError | undefined {
  const match = /^storage\.googleapis\.com\/(.+)$/.exec(r.text("destination"));
  if (match === null || r.find(bucketToken, match[1] ?? "") !== undefined) return undefined;
  return { code: "404", says: `Bucket ${match[1] ?? ""} does not exist, notFound` };
}

const projectSink: TypeEntry = (() => {
  const entry = sink("gcp:logging/projectSink:ProjectSink", {
    id: (r) => `projects/${r.account}`,
    forceNew: ["project"],
    writer: (r) =>
      r.flag("uniqueWriterIdentity")
        ? `serviceAccount:service-${projectNumber(r.account)}@gcp-sa-logging.iam.gserviceaccount.com`
        : "serviceAccount:cloud-logs@system.gserviceaccount.com",
  });
  return { ...entry, defaults: { uniqueWriterIdentity: true }, planned: project };
})();

const organizationSink: TypeEntry = {
  ...sink("gcp:logging/organizationSink:OrganizationSink", {
    id: (r) => `organizations/${r.text("orgId")}`,
    forceNew: ["orgId", "includeChildren"],
    writer: (r) =>
      `serviceAccount:service-org-${r.text("orgId")}@gcp-sa-logging.iam.gserviceaccount.com`,
  }),
  defaults: { includeChildren: false, interceptChildren: false },
};

const days = { min: 1, max: 3650 };

const logBucket: TypeEntry = {
  token: "gcp:logging/projectBucketConfig:ProjectBucketConfig",
  defaults: { retentionDays: 30 },
  check: (r) => {
    const retention = r.number("retentionDays", days.min);
    return retention >= days.min && retention <= days.max
      ? []
      : [
          {
            property: "retentionDays",
            reason: `must be between ${days.min} and ${days.max}, got ${retention}`,
          },
        ];
  },
  forceNew: ["bucketId", "location", "project"],
  id: (r) =>
    `projects/${r.text("project")}/locations/${r.text("location")}/buckets/${r.text("bucketId")}`,
  outputs: {
    name: (r) => r.id,
    lifecycleState: "ACTIVE",
    description: "",
    locked: false,
    enableAnalytics: false,
  },
  admit: (r) =>
    r.before?.["locked"] === true && !r.flag("locked")
      ? badRequest("Buckets that are locked cannot be unlocked")
      : undefined,
};

/** The entries of buckets and logs. */
export const storageTypes: readonly TypeEntry[] = [
  bucket,
  projectSink,
  organizationSink,
  logBucket,
];
