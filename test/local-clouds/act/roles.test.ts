/** What the roles of the clouds contain and what not: Azure RBAC, "Azure built-in roles"; IAM, "IAM basic and predefined roles reference". */

import assert from "node:assert/strict";
import { allows, permissionsOfRole } from "../../../local-clouds/act/azure/role-definitions.ts";
import { contains } from "../../../local-clouds/act/gcp/roles.ts";
import { LiveWorld } from "../../../local-clouds/probe/token/live.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";

type Rows = readonly (readonly [role: string, may: string, mayNot: string])[];

const azure: Rows = [
  [
    "Owner",
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
  ],
  [
    "Contributor",
    "Microsoft.Compute/virtualMachines/write",
    "Microsoft.Authorization/roleAssignments/write",
  ],
  ["Reader", "Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/write"],
  [
    "User Access Administrator",
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Role Based Access Control Administrator",
    "Microsoft.Authorization/roleAssignments/delete",
    "Microsoft.Authorization/policyAssignments/write",
  ],
  [
    "Storage Blob Data Owner",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
    "Microsoft.Storage/storageAccounts/write",
  ],
  [
    "Storage Blob Data Contributor",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
    "Microsoft.Storage/storageAccounts/listKeys/action",
  ],
  [
    "Storage Blob Data Reader",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
  ],
  [
    "Storage Blob Delegator",
    "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
  ],
  [
    "Storage Account Contributor",
    "Microsoft.Storage/storageAccounts/write",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
  ],
  [
    "Storage Account Key Operator Service Role",
    "Microsoft.Storage/storageAccounts/listKeys/action",
    "Microsoft.Storage/storageAccounts/write",
  ],
  [
    "Storage Queue Data Contributor",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/write",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
  ],
  [
    "Storage Queue Data Reader",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/write",
  ],
  [
    "Storage Queue Data Message Sender",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
  ],
  [
    "Storage Table Data Contributor",
    "Microsoft.Storage/storageAccounts/tableServices/tables/entities/write",
    "Microsoft.Storage/storageAccounts/delete",
  ],
  [
    "Storage Table Data Reader",
    "Microsoft.Storage/storageAccounts/tableServices/tables/entities/read",
    "Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete",
  ],
  [
    "Key Vault Administrator",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    "Microsoft.KeyVault/vaults/write",
  ],
  [
    "Key Vault Contributor",
    "Microsoft.KeyVault/vaults/write",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  ],
  [
    "Key Vault Reader",
    "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  ],
  [
    "Key Vault Secrets User",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    "Microsoft.KeyVault/vaults/secrets/setSecret/action",
  ],
  [
    "Key Vault Secrets Officer",
    "Microsoft.KeyVault/vaults/secrets/setSecret/action",
    "Microsoft.KeyVault/vaults/keys/sign/action",
  ],
  [
    "Key Vault Crypto User",
    "Microsoft.KeyVault/vaults/keys/sign/action",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  ],
  [
    "Key Vault Crypto Officer",
    "Microsoft.KeyVault/vaults/keys/decrypt/action",
    "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  ],
  [
    "Key Vault Crypto Service Encryption User",
    "Microsoft.KeyVault/vaults/keys/wrap/action",
    "Microsoft.KeyVault/vaults/keys/sign/action",
  ],
  [
    "Virtual Machine Contributor",
    "Microsoft.Compute/virtualMachines/runCommand/action",
    "Microsoft.Network/virtualNetworks/write",
  ],
  [
    "Virtual Machine Administrator Login",
    "Microsoft.Compute/virtualMachines/loginAsAdmin/action",
    "Microsoft.Compute/virtualMachines/runCommand/action",
  ],
  [
    "Virtual Machine User Login",
    "Microsoft.Compute/virtualMachines/login/action",
    "Microsoft.Compute/virtualMachines/loginAsAdmin/action",
  ],
  [
    "Disk Snapshot Contributor",
    "Microsoft.Compute/snapshots/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Network Contributor",
    "Microsoft.Network/networkSecurityGroups/securityRules/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Private DNS Zone Contributor",
    "Microsoft.Network/privateDnsZones/A/write",
    "Microsoft.Network/virtualNetworks/write",
  ],
  [
    "DNS Zone Contributor",
    "Microsoft.Network/dnsZones/A/write",
    "Microsoft.Network/privateDnsZones/A/write",
  ],
  [
    "AcrPull",
    "Microsoft.ContainerRegistry/registries/pull/read",
    "Microsoft.ContainerRegistry/registries/push/write",
  ],
  [
    "AcrPush",
    "Microsoft.ContainerRegistry/registries/push/write",
    "Microsoft.ContainerRegistry/registries/artifacts/delete",
  ],
  [
    "AcrDelete",
    "Microsoft.ContainerRegistry/registries/artifacts/delete",
    "Microsoft.ContainerRegistry/registries/push/write",
  ],
  [
    "Azure Kubernetes Service Cluster Admin Role",
    "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
    "Microsoft.ContainerService/managedClusters/write",
  ],
  [
    "Azure Kubernetes Service Cluster User Role",
    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
  ],
  [
    "Azure Kubernetes Service Contributor Role",
    "Microsoft.ContainerService/managedClusters/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Managed Identity Contributor",
    "Microsoft.ManagedIdentity/userAssignedIdentities/write",
    "Microsoft.Authorization/roleAssignments/write",
  ],
  [
    "Monitoring Contributor",
    "Microsoft.Insights/diagnosticSettings/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Monitoring Reader",
    "Microsoft.Insights/diagnosticSettings/read",
    "Microsoft.Insights/diagnosticSettings/write",
  ],
  [
    "Log Analytics Contributor",
    "Microsoft.OperationalInsights/workspaces/write",
    "Microsoft.Network/virtualNetworks/write",
  ],
  [
    "Log Analytics Reader",
    "Microsoft.OperationalInsights/workspaces/search/action",
    "Microsoft.OperationalInsights/workspaces/write",
  ],
  [
    "Security Admin",
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  ["Security Reader", "Microsoft.Security/alerts/read", "Microsoft.Security/pricings/write"],
  [
    "Microsoft Sentinel Contributor",
    "Microsoft.SecurityInsights/alertRules/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Microsoft Sentinel Reader",
    "Microsoft.SecurityInsights/incidents/read",
    "Microsoft.SecurityInsights/alertRules/write",
  ],
  ["Website Contributor", "Microsoft.Web/sites/write", "Microsoft.Web/serverfarms/write"],
  ["Web Plan Contributor", "Microsoft.Web/serverfarms/write", "Microsoft.Web/sites/write"],
  [
    "SQL DB Contributor",
    "Microsoft.Sql/servers/databases/write",
    "Microsoft.Sql/servers/databases/auditingSettings/write",
  ],
  [
    "SQL Server Contributor",
    "Microsoft.Sql/servers/write",
    "Microsoft.Sql/servers/auditingSettings/write",
  ],
  [
    "SQL Security Manager",
    "Microsoft.Sql/servers/auditingSettings/write",
    "Microsoft.Sql/servers/databases/write",
  ],
  [
    "Cosmos DB Operator",
    "Microsoft.DocumentDB/databaseAccounts/write",
    "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
  ],
  [
    "DocumentDB Account Contributor",
    "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Cosmos DB Account Reader Role",
    "Microsoft.DocumentDB/databaseAccounts/readonlykeys/action",
    "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
  ],
  [
    "Redis Cache Contributor",
    "Microsoft.Cache/redis/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Backup Contributor",
    "Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "Resource Policy Contributor",
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/roleAssignments/write",
  ],
  [
    "Management Group Contributor",
    "Microsoft.Management/managementGroups/write",
    "Microsoft.Authorization/roleAssignments/write",
  ],
  ["Tag Contributor", "Microsoft.Resources/tags/write", "Microsoft.Compute/virtualMachines/write"],
  [
    "Logic App Contributor",
    "Microsoft.Logic/workflows/write",
    "Microsoft.Compute/virtualMachines/write",
  ],
  [
    "API Management Service Contributor",
    "Microsoft.ApiManagement/service/write",
    "Microsoft.Network/virtualNetworks/write",
  ],
  [
    "Locks Contributor",
    "Microsoft.Authorization/locks/delete",
    "Microsoft.Authorization/roleAssignments/write",
  ],
];

const gcp: Rows = [
  ["owner", "resourcemanager.projects.setIamPolicy", "iam.serviceAccounts.getAccessToken"],
  ["editor", "compute.firewalls.create", "resourcemanager.projects.setIamPolicy"],
  ["viewer", "compute.instances.list", "compute.instances.setMetadata"],
  ["browser", "resourcemanager.projects.get", "compute.instances.list"],
  [
    "resourcemanager.projectIamAdmin",
    "resourcemanager.projects.setIamPolicy",
    "iam.serviceAccountKeys.create",
  ],
  ["resourcemanager.folderAdmin", "resourcemanager.folders.setIamPolicy", "iam.roles.create"],
  [
    "resourcemanager.organizationAdmin",
    "resourcemanager.organizations.setIamPolicy",
    "iam.serviceAccountKeys.create",
  ],
  [
    "resourcemanager.projectCreator",
    "resourcemanager.projects.create",
    "resourcemanager.projects.delete",
  ],
  [
    "resourcemanager.projectDeleter",
    "resourcemanager.projects.delete",
    "resourcemanager.projects.create",
  ],
  ["iam.securityAdmin", "resourcemanager.projects.setIamPolicy", "secretmanager.versions.access"],
  [
    "iam.securityReviewer",
    "resourcemanager.projects.getIamPolicy",
    "resourcemanager.projects.setIamPolicy",
  ],
  ["iam.serviceAccountAdmin", "iam.serviceAccounts.setIamPolicy", "iam.serviceAccountKeys.create"],
  ["iam.serviceAccountCreator", "iam.serviceAccounts.create", "iam.serviceAccounts.delete"],
  ["iam.serviceAccountDeleter", "iam.serviceAccounts.delete", "iam.serviceAccounts.create"],
  [
    "iam.serviceAccountKeyAdmin",
    "iam.serviceAccountKeys.create",
    "iam.serviceAccounts.setIamPolicy",
  ],
  [
    "iam.serviceAccountTokenCreator",
    "iam.serviceAccounts.getAccessToken",
    "iam.serviceAccounts.actAs",
  ],
  [
    "iam.serviceAccountOpenIdTokenCreator",
    "iam.serviceAccounts.getOpenIdToken",
    "iam.serviceAccounts.getAccessToken",
  ],
  ["iam.serviceAccountUser", "iam.serviceAccounts.actAs", "iam.serviceAccounts.getAccessToken"],
  ["iam.serviceAccountViewer", "iam.serviceAccounts.list", "iam.serviceAccounts.actAs"],
  [
    "iam.workloadIdentityUser",
    "iam.serviceAccounts.getAccessToken",
    "iam.serviceAccounts.signBlob",
  ],
  ["iam.roleAdmin", "iam.roles.update", "resourcemanager.projects.setIamPolicy"],
  ["iam.denyAdmin", "iam.denypolicies.delete", "resourcemanager.projects.setIamPolicy"],
  ["storage.objectViewer", "storage.objects.get", "storage.objects.create"],
  ["storage.objectCreator", "storage.objects.create", "storage.objects.get"],
  ["storage.objectUser", "storage.objects.delete", "storage.objects.setIamPolicy"],
  ["storage.objectAdmin", "storage.objects.setIamPolicy", "storage.buckets.setIamPolicy"],
  ["storage.admin", "storage.buckets.setIamPolicy", "iam.serviceAccounts.actAs"],
  ["storage.legacyBucketReader", "storage.objects.list", "storage.objects.get"],
  ["storage.legacyBucketOwner", "storage.buckets.setIamPolicy", "storage.objects.get"],
  ["storage.legacyObjectReader", "storage.objects.get", "storage.objects.list"],
  ["secretmanager.secretAccessor", "secretmanager.versions.access", "secretmanager.secrets.list"],
  ["secretmanager.viewer", "secretmanager.secrets.list", "secretmanager.versions.access"],
  [
    "secretmanager.secretVersionAdder",
    "secretmanager.versions.add",
    "secretmanager.versions.access",
  ],
  [
    "secretmanager.secretVersionManager",
    "secretmanager.versions.destroy",
    "secretmanager.versions.access",
  ],
  [
    "secretmanager.admin",
    "secretmanager.secrets.setIamPolicy",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
  ],
  ["cloudkms.admin", "cloudkms.cryptoKeys.setIamPolicy", "cloudkms.cryptoKeyVersions.useToDecrypt"],
  [
    "cloudkms.cryptoKeyEncrypterDecrypter",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
    "cloudkms.cryptoKeys.setIamPolicy",
  ],
  [
    "cloudkms.cryptoKeyDecrypter",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
    "cloudkms.cryptoKeyVersions.useToEncrypt",
  ],
  [
    "cloudkms.cryptoKeyEncrypter",
    "cloudkms.cryptoKeyVersions.useToEncrypt",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
  ],
  [
    "cloudkms.signer",
    "cloudkms.cryptoKeyVersions.useToSign",
    "cloudkms.cryptoKeyVersions.useToDecrypt",
  ],
  ["compute.admin", "compute.instances.setMetadata", "iam.serviceAccounts.actAs"],
  ["compute.viewer", "compute.instances.get", "compute.instances.setMetadata"],
  ["compute.instanceAdmin.v1", "compute.instances.setMetadata", "compute.firewalls.create"],
  ["compute.storageAdmin", "compute.snapshots.create", "compute.instances.setMetadata"],
  ["compute.securityAdmin", "compute.firewalls.create", "compute.instances.setMetadata"],
  ["compute.networkAdmin", "compute.networks.create", "compute.firewalls.create"],
  ["compute.networkUser", "compute.subnetworks.use", "compute.subnetworks.create"],
  ["compute.osLogin", "compute.instances.osLogin", "compute.instances.osAdminLogin"],
  ["compute.osAdminLogin", "compute.instances.osAdminLogin", "compute.instances.setMetadata"],
  ["iap.tunnelResourceAccessor", "iap.tunnelInstances.accessViaIAP", "iap.web.setIamPolicy"],
  ["logging.admin", "logging.sinks.delete", "resourcemanager.projects.setIamPolicy"],
  ["logging.configWriter", "logging.sinks.delete", "logging.logEntries.list"],
  ["logging.logWriter", "logging.logEntries.create", "logging.sinks.delete"],
  ["logging.viewer", "logging.logEntries.list", "logging.privateLogEntries.list"],
  ["logging.privateLogViewer", "logging.privateLogEntries.list", "logging.sinks.delete"],
  ["pubsub.admin", "pubsub.topics.setIamPolicy", "resourcemanager.projects.setIamPolicy"],
  ["pubsub.publisher", "pubsub.topics.publish", "pubsub.topics.create"],
  ["pubsub.subscriber", "pubsub.subscriptions.consume", "pubsub.topics.publish"],
  ["bigquery.dataViewer", "bigquery.tables.getData", "bigquery.tables.updateData"],
  ["bigquery.dataEditor", "bigquery.tables.updateData", "bigquery.datasets.setIamPolicy"],
  ["bigquery.jobUser", "bigquery.jobs.create", "bigquery.tables.getData"],
  ["cloudsql.admin", "cloudsql.instances.delete", "resourcemanager.projects.setIamPolicy"],
  ["cloudsql.client", "cloudsql.instances.connect", "cloudsql.instances.delete"],
  ["run.admin", "run.services.setIamPolicy", "iam.serviceAccounts.actAs"],
  ["run.invoker", "run.routes.invoke", "run.services.update"],
  ["container.admin", "container.secrets.get", "iam.serviceAccounts.actAs"],
  ["container.clusterViewer", "container.clusters.get", "container.secrets.get"],
  ["container.developer", "container.pods.exec", "container.clusters.update"],
  [
    "artifactregistry.writer",
    "artifactregistry.repositories.uploadArtifacts",
    "artifactregistry.repositories.setIamPolicy",
  ],
  [
    "artifactregistry.reader",
    "artifactregistry.repositories.downloadArtifacts",
    "artifactregistry.repositories.uploadArtifacts",
  ],
  ["dns.admin", "dns.changes.create", "compute.networks.create"],
  ["orgpolicy.policyAdmin", "orgpolicy.policy.set", "resourcemanager.organizations.setIamPolicy"],
  [
    "serviceusage.serviceUsageAdmin",
    "serviceusage.services.enable",
    "resourcemanager.projects.setIamPolicy",
  ],
];

const live = new LiveWorld(memoryWorld());

describe("roles of Azure", () => {
  for (const [role, may, mayNot] of azure) {
    it(`${role}: ${may}, not ${mayNot}`, () => {
      const permissions = permissionsOfRole(live, role);
      assert.ok(permissions, `${role} is not known`);
      const some = (action: string) => permissions.some((one) => allows(one, action));
      assert.deepEqual([some(may), some(mayNot)], [true, false]);
    });
  }

  it("are at least 60, each told apart", () => {
    assert.ok(azure.length >= 60);
    assert.equal(new Set(azure.map(([role]) => role)).size, azure.length);
  });

  it("are not all known", () => assert.equal(permissionsOfRole(live, "Avere Operator"), undefined));
});

describe("roles of Google Cloud", () => {
  for (const [role, may, mayNot] of gcp) {
    it(`${role}: ${may}, not ${mayNot}`, () => {
      const has = (permission: string) => contains(live, `roles/${role}`, permission);
      assert.deepEqual([has(may), has(mayNot)], [true, false]);
    });
  }

  it("are at least 60, each told apart", () => {
    assert.ok(gcp.length >= 60);
    assert.equal(new Set(gcp.map(([role]) => role)).size, gcp.length);
  });

  it("are not all known, nor all of their services", () => {
    assert.equal(contains(live, "roles/aiplatform.user", "compute.instances.get"), undefined);
    assert.equal(contains(live, "roles/owner", "aiplatform.endpoints.predict"), undefined);
    assert.equal(
      contains(live, "roles/storage.objectViewer", "aiplatform.endpoints.predict"),
      false,
    );
  });

  it("say nothing of objects where they are basic: a bucket's policy says it", () => {
    assert.equal(contains(live, "roles/owner", "storage.objects.get"), undefined);
    assert.equal(contains(live, "roles/owner", "storage.buckets.create"), true);
    assert.equal(contains(live, "roles/viewer", "iam.denypolicies.delete"), false);
  });
});
