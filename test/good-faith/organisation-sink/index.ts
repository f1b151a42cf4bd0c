/**
 * Follows "Collate and route organization- and folder-level logs to supported destinations" of
 * Cloud Logging:
 * https://docs.cloud.google.com/logging/docs/export/aggregated_sinks
 * with the permissions of "Set destination permissions" in "Route logs to supported destinations":
 * https://docs.cloud.google.com/logging/docs/export/configure_export_v2
 */
import * as gcp from "@pulumi/gcp";

const orgId = "123456789012";
const location = "EU";

const analysis = new gcp.bigquery.Dataset("audit", {
  datasetId: "organisation_audit",
  location,
  description: "Audit logs of all projects, to be asked",
  defaultPartitionExpirationMs: 34_560_000_000,
});
const toAnalysis = new gcp.logging.OrganizationSink("analysis", {
  orgId,
  name: "audit-to-bigquery",
  description: "Audit logs of all projects",
  includeChildren: true,
  destination: analysis.id.apply((id) => `bigquery.googleapis.com/${id}`),
  filter:
    'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access")',
  bigqueryOptions: { usePartitionedTables: true },
});
new gcp.bigquery.DatasetIamMember("analysis", {
  datasetId: analysis.datasetId,
  role: "roles/bigquery.dataEditor",
  member: toAnalysis.writerIdentity,
});

const archive = new gcp.storage.Bucket("audit-archive", {
  location,
  storageClass: "COLDLINE",
  uniformBucketLevelAccess: true,
  publicAccessPrevention: "enforced",
  retentionPolicy: { retentionPeriod: "34560000", isLocked: false },
});
const toArchive = new gcp.logging.OrganizationSink("archive", {
  orgId,
  name: "everything-to-archive",
  description: "All logs of all projects, to be kept",
  includeChildren: true,
  destination: archive.name.apply((name) => `storage.googleapis.com/${name}`),
});
new gcp.storage.BucketIAMMember("archive", {
  bucket: archive.name,
  role: "roles/storage.objectCreator",
  member: toArchive.writerIdentity,
});

// Data access is logged for all services only where it is asked for.
new gcp.organizations.IamAuditConfig("all", {
  orgId,
  service: "allServices",
  auditLogConfigs: [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
});

export const dataset = analysis.datasetId;
export const bucket = archive.url;
