/** Datasets and tables (BigQuery API v2). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { absent, iamEtag, labels, notFound, toCryptoKey } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { ofProvider } from "./protection.ts";
import { shaped } from "./shaped.ts";

const datasetToken = "gcp:bigquery/dataset:Dataset";
const tableToken = "gcp:bigquery/table:Table";

const millisecondsOf = (r: Resource): number => Date.parse(r.createdAt);

const dataset: TypeEntry = shaped({
  token: datasetToken,
  form: "projects/{project}/datasets/{datasetId}",
  defaults: { deleteContentsOnDestroy: false, location: "US" },
  maps: ["resourceTags"],
  forceNew: ["location"],
  // Letters, digits and underscores, at most 1,024 (BigQuery, "Name datasets").
  check: (r) =>
    /^\w{1,1024}$/.test(r.text("datasetId"))
      ? []
      : [
          {
            property: "datasetId",
            reason: `"dataset_id" must contain only letters (a-z, A-Z), numbers (0-9), or underscores (_): ${r.text("datasetId")}`,
          },
        ],
  planned: labels,
  outputs: {
    accesses: (): Json => [
      { role: "WRITER", specialGroup: "projectWriters" },
      { role: "OWNER", specialGroup: "projectOwners" },
      { role: "READER", specialGroup: "projectReaders" },
    ],
    creationTime: millisecondsOf,
    lastModifiedTime: millisecondsOf,
    defaultCollation: "",
    defaultPartitionExpirationMs: 0,
    defaultTableExpirationMs: 0,
    description: "",
    etag: (r) => iamEtag(r),
    friendlyName: "",
    isCaseInsensitive: false,
    maxTimeTravelHours: "168",
    selfLink: (r) => `https://bigquery.googleapis.com/bigquery/v2/${r.id}`,
    storageBillingModel: "",
    ...absent("defaultEncryptionConfiguration"),
  },
  keys: ["datasetId", "selfLink"],
  references: [toCryptoKey("defaultEncryptionConfiguration.kmsKeyName")],
  taken: { code: "409", says: "Already Exists: Dataset {leaf}, duplicate" },
  inUse: { code: "400", says: "Dataset {id} is still in use, resourceInUse" },
});

const ofDataset = {
  at: "datasetId",
  to: datasetToken,
  by: ["datasetId", "id"],
  holds: true,
  missing: notFound("Not found: Dataset {value}"),
};

const table: TypeEntry = {
  token: tableToken,
  defaults: { deletionProtection: true },
  keep: (r) =>
    r.flag("deletionProtection")
      ? ofProvider(
          `cannot destroy table ${r.id} without setting deletion_protection=false and running \`terraform apply\``,
        )
      : undefined,
  maps: ["resourceTags"],
  forceNew: [
    "datasetId",
    "encryptionConfiguration",
    "project",
    "tableId",
    "timePartitioning.field",
    "view.useLegacySql",
  ],
  id: (r) =>
    `projects/${r.account}/datasets/${lastOf(r.text("datasetId"))}/tables/${r.text("tableId")}`,
  planned: { project: (r) => r.account, ...labels },
  outputs: {
    clusterings: [],
    creationTime: millisecondsOf,
    lastModifiedTime: millisecondsOf,
    description: "",
    etag: (r) => iamEtag(r),
    expirationTime: 0,
    friendlyName: "",
    generatedSchemaColumns: "",
    location: (r) => r.target("datasetId")?.properties["location"] ?? "US",
    maxStaleness: "",
    numBytes: 0,
    numLongTermBytes: 0,
    numRows: 0,
    schema: "",
    selfLink: (r) => `https://bigquery.googleapis.com/bigquery/v2/${r.id}`,
    type: (r) => (r.given("view") === undefined ? "TABLE" : "VIEW"),
    ...absent(
      "encryptionConfiguration",
      "rangePartitioning",
      "timePartitioning",
      "view",
      "materializedView",
    ),
  },
  keys: ["tableId"],
  references: [ofDataset, toCryptoKey("encryptionConfiguration.kmsKeyName")],
  taken: { code: "409", says: "Already Exists: Table {leaf}, duplicate" },
  schemaVersion: 4,
};

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const access: TypeEntry = {
  token: "gcp:bigquery/datasetAccess:DatasetAccess",
  forceNew: [
    "datasetId",
    "domain",
    "groupByEmail",
    "iamMember",
    "project",
    "role",
    "specialGroup",
    "userByEmail",
    "view",
  ],
  id: (r) =>
    `projects/${r.account}/datasets/${lastOf(r.text("datasetId"))}/access/${r.hex("access", 20)}`,
  planned: { project: (r) => r.account },
  outputs: { apiUpdatedMember: false },
  references: [{ ...ofDataset, holds: false, cascades: true }],
  timeouts: { create: 1200, delete: 1200 },
};

/** The entries of BigQuery. */
export const bigqueryTypes: readonly TypeEntry[] = [
  dataset,
  table,
  access,
  ...grants({
    family: "gcp:bigquery/datasetIam",
    input: "datasetId",
    form: "projects/{project}/datasets/{datasetId}",
    to: datasetToken,
  }),
  ...grants({
    family: "gcp:bigquery/iam",
    input: "tableId",
    form: "projects/{project}/datasets/{datasetId}/tables/{tableId}",
    to: tableToken,
    fullName: true,
  }),
];
