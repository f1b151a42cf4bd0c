/** Sinks, log buckets, metrics and exclusions (Cloud Logging API v2). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  block,
  project,
  projectNumber,
  toCryptoKey,
  within,
} from "./common.ts";
import { shaped } from "./shaped.ts";

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
  if (match === null || r.find("gcp:storage/bucket:Bucket", match[1] ?? "") !== undefined) {
    return undefined;
  }
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
  references: [toCryptoKey("cmekSettings.kmsKeyName")],
  admit: (r) =>
    r.before?.["locked"] === true && !r.flag("locked")
      ? badRequest("Buckets that are locked cannot be unlocked")
      : undefined,
};

const folderSink: TypeEntry = {
  ...sink("gcp:logging/folderSink:FolderSink", {
    id: (r) => `folders/${folderNumber(r)}`,
    forceNew: ["folder", "includeChildren"],
    writer: (r) =>
      `serviceAccount:service-folder-${folderNumber(r)}@gcp-sa-logging.iam.gserviceaccount.com`,
  }),
  defaults: { includeChildren: false, interceptChildren: false },
};

function folderNumber(r: Resource): string {
  return r.text("folder").replace(/^folders\//, "");
}

const billingSink: TypeEntry = sink("gcp:logging/billingAccountSink:BillingAccountSink", {
  id: (r) => `billingAccounts/${r.text("billingAccount")}`,
  forceNew: ["billingAccount"],
  writer: (r) =>
    `serviceAccount:service-billing-${r.text("billingAccount")}@gcp-sa-logging.iam.gserviceaccount.com`,
});

/** A log bucket outside of projects. */
function outerBucket(token: string, on: string, collection: string): TypeEntry {
  return {
    ...logBucket,
    token,
    forceNew: ["bucketId", on, "location"],
    global: true,
    id: (r) =>
      `${collection}/${r.text(on).replace(/^\w+\//, "")}/locations/${r.text("location")}/buckets/${r.text("bucketId")}`,
    outputs: { name: (r) => r.id, lifecycleState: "ACTIVE", description: "" },
  };
}

const metric: TypeEntry = shaped({
  token: "gcp:logging/metric:Metric",
  form: "{name}",
  forceNew: ["project"],
  maps: ["labelExtractors"],
  planned: project,
  outputs: {
    description: "",
    disabled: false,
    bucketName: "",
    valueExtractor: "",
    ...block("metricDescriptor", {
      displayName: "",
      labels: [],
      metricKind: "DELTA",
      unit: "1",
      valueType: "INT64",
    }),
    ...within("metricDescriptor.labels[*]", { valueType: "STRING", description: "" }),
    ...absent("bucketOptions"),
  },
  keys: ["name"],
});

function exclusion(token: string, form: string): TypeEntry {
  return shaped({
    token,
    form,
    outputs: { description: "", disabled: false },
    taken: { code: "409", says: "Exclusion {leaf} already exists, alreadyExists" },
    timeouts: { create: 1200, update: 1200, delete: 1200 },
  });
}

/** The entries of logs. */
export const loggingTypes: readonly TypeEntry[] = [
  projectSink,
  organizationSink,
  folderSink,
  billingSink,
  logBucket,
  outerBucket(
    "gcp:logging/organizationBucketConfig:OrganizationBucketConfig",
    "organization",
    "organizations",
  ),
  outerBucket("gcp:logging/folderBucketConfig:FolderBucketConfig", "folder", "folders"),
  metric,
  exclusion(
    "gcp:logging/projectExclusion:ProjectExclusion",
    "projects/{project}/exclusions/{name}",
  ),
  exclusion(
    "gcp:logging/organizationExclusion:OrganizationExclusion",
    "organizations/{orgId}/exclusions/{name}",
  ),
  exclusion("gcp:logging/folderExclusion:FolderExclusion", "folders/{folder}/exclusions/{name}"),
];
