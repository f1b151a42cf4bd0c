/**
 * Follows "Use customer-managed encryption keys" of Cloud Storage:
 * https://docs.cloud.google.com/storage/docs/encryption/using-customer-managed-keys
 * with "Use public access prevention" and "Use uniform bucket-level access":
 * https://docs.cloud.google.com/storage/docs/using-public-access-prevention
 * https://docs.cloud.google.com/storage/docs/using-uniform-bucket-level-access
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const location = "europe-west1";
const { project } = gcp.organizations.getClientConfigOutput();

const ring = new gcp.kms.KeyRing("reports", { location });
const key = new gcp.kms.CryptoKey("reports", {
  keyRing: ring.id,
  purpose: "ENCRYPT_DECRYPT",
  rotationPeriod: "7776000s",
});
// Cloud Storage encrypts as the project's service agent, which must be let in first.
const agent = gcp.storage.getProjectServiceAccountOutput();
const mayEncrypt = new gcp.kms.CryptoKeyIAMMember("reports", {
  cryptoKeyId: key.id,
  role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
  member: pulumi.interpolate`serviceAccount:${agent.emailAddress}`,
});

const usage = new gcp.storage.Bucket("reports-usage", {
  location,
  uniformBucketLevelAccess: true,
  publicAccessPrevention: "enforced",
  lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 365 } }],
});
new gcp.storage.BucketIAMMember("reports-usage", {
  bucket: usage.name,
  role: "roles/storage.objectCreator",
  member: "group:cloud-storage-analytics@google.com",
});

const reports = new gcp.storage.Bucket(
  "reports",
  {
    location,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    encryption: { defaultKmsKeyName: key.id },
    versioning: { enabled: true },
    softDeletePolicy: { retentionDurationSeconds: 2_592_000 },
    logging: { logBucket: usage.name },
    lifecycleRules: [
      { action: { type: "Delete" }, condition: { numNewerVersions: 5, withState: "ARCHIVED" } },
    ],
  },
  { dependsOn: [mayEncrypt] },
);

const writer = new gcp.serviceaccount.Account("reports", {
  accountId: "report-writer",
  displayName: "Writes reports",
});
new gcp.storage.BucketIAMMember("writer", {
  bucket: reports.name,
  role: "roles/storage.objectCreator",
  member: pulumi.interpolate`serviceAccount:${writer.email}`,
});
new gcp.storage.BucketIAMMember("readers", {
  bucket: reports.name,
  role: "roles/storage.objectViewer",
  member: "group:finance@example.com",
});
new gcp.projects.IAMAuditConfig("storage", {
  project,
  service: "storage.googleapis.com",
  auditLogConfigs: [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
});

export const bucket = reports.url;
