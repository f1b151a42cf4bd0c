/**
 * Which permissions roles contain (IAM, "IAM basic and predefined roles reference"), as far as the
 * actions of incidents need them. Of a role that is not here nobody can tell.
 */

import { type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";

/** Patterns with `*` at their end; what is under `not` is certainly not contained, under `open` nobody told. */
interface Contents {
  readonly has: readonly string[];
  readonly not?: readonly string[];
  readonly open?: readonly string[];
}

/** What reads data or acts as somebody is not part of basic roles ("Basic roles"). */
const beyondBasic = [
  "iam.serviceAccounts.getAccessToken",
  "iam.serviceAccounts.signBlob",
  "iam.serviceAccounts.signJwt",
  "iam.serviceAccounts.implicitDelegation",
];
/** Objects are granted to basic roles by the bucket's own policy ("Cloud Storage, IAM roles, Basic roles"). */
const byBucket = ["storage.objects.*"];

const roles: Readonly<Record<string, Contents>> = {
  "roles/owner": { has: ["*"], not: beyondBasic, open: byBucket },
  "roles/editor": {
    has: [
      "compute.*",
      "logging.*",
      "pubsub.*",
      "iam.serviceAccountKeys.*",
      "iam.serviceAccounts.actAs",
      "iam.serviceAccounts.create",
      "iam.serviceAccounts.get",
      "iam.serviceAccounts.list",
      "iam.serviceAccounts.disable",
      "storage.buckets.create",
      "storage.buckets.list",
      "secretmanager.secrets.create",
      "secretmanager.secrets.list",
    ],
    not: [
      ...beyondBasic,
      "resourcemanager.projects.setIamPolicy",
      "iam.serviceAccounts.setIamPolicy",
      "iam.roles.create",
      "iam.roles.update",
      "secretmanager.versions.access",
      "storage.buckets.setIamPolicy",
    ],
    open: ["*"],
  },
  "roles/viewer": {
    has: [
      "resourcemanager.projects.get",
      "compute.instances.list",
      "compute.instances.get",
      "iam.serviceAccounts.list",
      "iam.serviceAccounts.get",
      "iam.serviceAccountKeys.list",
      "storage.buckets.list",
      "secretmanager.secrets.list",
      "logging.logEntries.list",
    ],
    not: [
      ...beyondBasic,
      "*.create",
      "*.delete",
      "*.update",
      "*.setIamPolicy",
      "secretmanager.versions.access",
      "iam.serviceAccountKeys.create",
      "iam.serviceAccounts.actAs",
    ],
    open: ["*"],
  },
  "roles/resourcemanager.projectIamAdmin": {
    has: [
      "resourcemanager.projects.get",
      "resourcemanager.projects.getIamPolicy",
      "resourcemanager.projects.setIamPolicy",
      "iam.policybindings.*",
    ],
  },
  "roles/iam.securityAdmin": {
    has: ["*.getIamPolicy", "*.setIamPolicy", "*.list"],
    open: ["*"],
    not: ["*.create", "*.delete", "storage.objects.get", "secretmanager.versions.access"],
  },
  "roles/iam.serviceAccountAdmin": {
    has: [
      "iam.serviceAccounts.create",
      "iam.serviceAccounts.delete",
      "iam.serviceAccounts.disable",
      "iam.serviceAccounts.enable",
      "iam.serviceAccounts.get",
      "iam.serviceAccounts.getIamPolicy",
      "iam.serviceAccounts.list",
      "iam.serviceAccounts.setIamPolicy",
      "iam.serviceAccounts.undelete",
      "iam.serviceAccounts.update",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
  },
  "roles/iam.serviceAccountKeyAdmin": {
    has: [
      "iam.serviceAccountKeys.*",
      "iam.serviceAccounts.get",
      "iam.serviceAccounts.list",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
  },
  "roles/iam.serviceAccountTokenCreator": {
    has: [
      ...beyondBasic,
      "iam.serviceAccounts.getOpenIdToken",
      "iam.serviceAccounts.get",
      "iam.serviceAccounts.list",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
  },
  "roles/iam.serviceAccountUser": {
    has: [
      "iam.serviceAccounts.actAs",
      "iam.serviceAccounts.get",
      "iam.serviceAccounts.list",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
  },
  "roles/iam.workloadIdentityUser": {
    has: [
      "iam.serviceAccounts.getAccessToken",
      "iam.serviceAccounts.getOpenIdToken",
      "iam.serviceAccounts.get",
      "iam.serviceAccounts.list",
    ],
  },
  "roles/iam.denyAdmin": { has: ["iam.denypolicies.*"] },
  "roles/storage.objectViewer": {
    has: [
      "storage.objects.get",
      "storage.objects.list",
      "storage.folders.get",
      "storage.folders.list",
      "storage.managedFolders.get",
      "storage.managedFolders.list",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
  },
  "roles/storage.objectCreator": {
    has: [
      "storage.objects.create",
      "storage.folders.create",
      "storage.multipartUploads.*",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
    open: ["orgpolicy.*"],
  },
  "roles/storage.objectUser": {
    has: [
      "storage.objects.create",
      "storage.objects.delete",
      "storage.objects.get",
      "storage.objects.list",
      "storage.objects.update",
      "storage.folders.*",
      "storage.multipartUploads.*",
    ],
    open: ["storage.managedFolders.*", "orgpolicy.*"],
  },
  "roles/storage.objectAdmin": {
    has: [
      "storage.objects.*",
      "storage.folders.*",
      "storage.managedFolders.*",
      "storage.multipartUploads.*",
    ],
    open: ["orgpolicy.*", "monitoring.*"],
  },
  "roles/storage.admin": {
    has: ["storage.*"],
    open: ["firebase.*", "orgpolicy.*", "monitoring.*", "cloudkms.*", "resourcemanager.*"],
  },
  "roles/storage.legacyBucketOwner": {
    has: [
      "storage.buckets.get",
      "storage.buckets.getIamPolicy",
      "storage.buckets.setIamPolicy",
      "storage.buckets.update",
      "storage.objects.create",
      "storage.objects.delete",
      "storage.objects.list",
    ],
    open: ["storage.managedFolders.*", "storage.multipartUploads.*"],
  },
  "roles/secretmanager.secretAccessor": {
    has: [
      "secretmanager.versions.access",
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
    ],
  },
  "roles/secretmanager.viewer": {
    has: [
      "secretmanager.secrets.get",
      "secretmanager.secrets.getIamPolicy",
      "secretmanager.secrets.list",
      "secretmanager.versions.get",
      "secretmanager.versions.list",
      "secretmanager.locations.*",
    ],
  },
  "roles/secretmanager.admin": {
    has: ["secretmanager.*", "resourcemanager.projects.get", "resourcemanager.projects.list"],
  },
  "roles/compute.admin": { has: ["compute.*"], open: ["resourcemanager.*", "serviceusage.*"] },
  "roles/compute.viewer": {
    has: [
      "compute.instances.get",
      "compute.instances.list",
      "compute.snapshots.get",
      "compute.snapshots.list",
      "compute.disks.get",
      "compute.disks.list",
    ],
    not: ["*.create", "*.delete", "*.setIamPolicy", "*.setMetadata"],
    open: ["*"],
  },
  "roles/compute.instanceAdmin.v1": {
    has: ["compute.instances.*", "compute.disks.*", "compute.snapshots.*"],
    open: ["compute.*", "resourcemanager.*"],
  },
  "roles/compute.storageAdmin": {
    has: ["compute.disks.*", "compute.snapshots.*", "compute.images.*"],
    open: ["compute.*", "resourcemanager.*"],
  },
  "roles/compute.securityAdmin": {
    has: ["compute.firewalls.*", "compute.firewallPolicies.*", "compute.securityPolicies.*"],
    open: ["compute.*", "resourcemanager.*"],
  },
  "roles/logging.admin": { has: ["logging.*"], open: ["resourcemanager.*", "observability.*"] },
  "roles/logging.configWriter": {
    has: [
      "logging.sinks.*",
      "logging.buckets.create",
      "logging.buckets.delete",
      "logging.buckets.get",
      "logging.buckets.list",
      "logging.buckets.update",
      "logging.exclusions.*",
    ],
    open: ["logging.*", "resourcemanager.*"],
  },
  "roles/logging.bucketWriter": { has: ["logging.buckets.write"] },
  "roles/logging.viewer": {
    has: ["logging.logEntries.list", "logging.sinks.get", "logging.sinks.list"],
    not: ["*.create", "*.delete", "*.update"],
    open: ["logging.*", "resourcemanager.*"],
  },
  "roles/pubsub.publisher": { has: ["pubsub.topics.publish"] },
  "roles/bigquery.dataEditor": {
    has: ["bigquery.tables.*", "bigquery.datasets.get"],
    open: ["bigquery.*"],
  },
};

const customTokens = [
  "gcp:projects/iAMCustomRole:IAMCustomRole",
  "gcp:organizations/iAMCustomRole:IAMCustomRole",
];

/** Whether a role contains a permission; `undefined` where nobody tells. */
export function contains(live: LiveWorld, role: string, permission: string): boolean | undefined {
  const known = roles[role];
  if (known === undefined) {
    const custom = live
      .of(...customTokens)
      .find(({ id, properties }) => id === role || textAt(properties, "name") === role);
    return custom === undefined
      ? undefined
      : textsAt(custom.properties, "permissions").includes(permission);
  }
  const fits = (patterns: readonly string[] = []) =>
    patterns.some((one) => matches(one, permission));
  if (fits(known.not)) return false;
  if (
    known.open !== undefined &&
    !known.open.includes("*") &&
    fits(known.open) &&
    !known.has.some((one) => one !== "*" && matches(one, permission))
  )
    return undefined;
  if (fits(known.has)) return true;
  return fits(known.open) ? undefined : false;
}

function matches(pattern: string, permission: string): boolean {
  if (pattern === "*") return true;
  if (pattern.endsWith(".*")) return permission.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*.") ? permission.endsWith(pattern.slice(1)) : pattern === permission;
}
