/**
 * Calls that making, changing and removing a resource comes down to in Google Cloud, where they do not follow from the type's name (the
 * page "Audit logging" of each service; "IAM basic and predefined roles reference" for the permissions).
 */

import { within } from "./within.ts";

/** Organization policies of the older API ("Organization Policy audit logging information"). */
const olderPolicy =
  "orgpolicy.policy.set>SetOrgPolicy orgpolicy.policy.set>SetOrgPolicy orgpolicy.policy.set>ClearOrgPolicy";

/** `CREATE UPDATE DELETE` as permissions; after `>` the method where it is another; `-` is no call. */
export const gcpRows: Readonly<Record<string, string>> = {
  ...within("compute", {
    FirewallPolicyAssociation: modified("firewallPolicies", "addAssociation - removeAssociation"),
    FirewallPolicyRule: modified("firewallPolicies", "addRule patchRule removeRule"),
    NetworkFirewallPolicyAssociation: modified(
      "networkFirewallPolicies",
      "addAssociation - removeAssociation",
    ),
    NetworkFirewallPolicyRule: modified("networkFirewallPolicies", "addRule patchRule removeRule"),
    RegionNetworkFirewallPolicyAssociation: modified(
      "regionNetworkFirewallPolicies",
      "addAssociation - removeAssociation",
    ),
    RegionNetworkFirewallPolicyRule: modified(
      "regionNetworkFirewallPolicies",
      "addRule patchRule removeRule",
    ),
    NetworkPeering: modified("networks", "addPeering updatePeering removePeering"),
    ProjectMetadata: projects("setCommonInstanceMetadata", "setCommonInstanceMetadata"),
    ProjectMetadataItem: projects("setCommonInstanceMetadata", "setCommonInstanceMetadata"),
    RouterInterface: modified("routers", "patch patch patch"),
    RouterNat: modified("routers", "patch patch patch"),
    RouterPeer: modified("routers", "patch patch patch"),
    SharedVPCHostProject: organization("enableXpnHost", "disableXpnHost"),
    SharedVPCServiceProject: organization("enableXpnResource", "disableXpnResource"),
    Address: labelled("compute.addresses"),
    ExternalVpnGateway: labelled("compute.externalVpnGateways"),
    GlobalAddress: labelled("compute.globalAddresses"),
    HaVpnGateway: labelled("compute.vpnGateways"),
    InstanceTemplate: fixed("compute.instanceTemplates"),
    ManagedSslCertificate: fixed("compute.sslCertificates"),
    NetworkEndpointGroup: fixed("compute.networkEndpointGroups"),
    NetworkFirewallPolicy: elsewhere("firewallPolicies", "networkFirewallPolicies"),
    RegionAutoscaler: elsewhere("autoscalers", "regionAutoscalers"),
    RegionDisk: elsewhere("disks", "regionDisks"),
    RegionInstanceGroupManager: elsewhere("instanceGroupManagers", "regionInstanceGroupManagers"),
    RegionInstanceTemplate: elsewhere("instanceTemplates", "regionInstanceTemplates", false),
    RegionNetworkEndpointGroup: fixed("compute.regionNetworkEndpointGroups"),
    RegionNetworkFirewallPolicy: elsewhere("firewallPolicies", "regionNetworkFirewallPolicies"),
    RegionTargetHttpProxy:
      "compute.regionTargetHttpProxies.create compute.regionTargetHttpProxies.setUrlMap compute.regionTargetHttpProxies.delete",
    Route: fixed("compute.routes"),
    Snapshot: labelled("compute.snapshots"),
    SSLCertificate: fixed("compute.sslCertificates"),
    SSLPolicy: usual("compute.sslPolicies"),
    TargetTCPProxy: usual("compute.targetTcpProxies"),
    URLMap: usual("compute.urlMaps"),
    VPNGateway: labelled("compute.targetVpnGateways"),
    VPNTunnel: labelled("compute.vpnTunnels"),
  }),
  ...within("cloudfunctions", {
    Function: named(
      usual("cloudfunctions.functions"),
      "google.cloud.functions.v1.CloudFunctionsService",
      "CreateFunction UpdateFunction DeleteFunction",
    ),
  }),
  "cloudfunctionsv2:Function": usual("cloudfunctions.functions"),
  ...within("cloudrun", {
    Service: named(
      usual("run.services"),
      "google.cloud.run.v1.Services",
      "CreateService ReplaceService DeleteService",
    ),
  }),
  "cloudrunv2:Service": usual("run.services"),
  "cloudrunv2:Job": usual("run.jobs"),
  "filestore:Instance": usual("file.instances"),
  "firestore:Database": usual("datastore.databases"),
  "firestore:Index": usual("datastore.schemas"),
  "bigquery:DatasetAccess":
    "bigquery.datasets.update bigquery.datasets.update bigquery.datasets.update",
  "binaryauthorization:Policy": changed("binaryauthorization.policy.update"),
  "accesscontextmanager:AccessPolicy": usual("accesscontextmanager.policies"),
  "certificatemanager:Certificate": usual("certificatemanager.certs"),
  "certificatemanager:CertificateMap": usual("certificatemanager.certmaps"),
  "container:NodePool": named(
    "container.clusters.update container.clusters.update container.clusters.update",
    "google.container.v1.ClusterManager",
    "CreateNodePool UpdateNodePool DeleteNodePool",
  ),
  ...within("iam", {
    WorkforcePool: usual("iam.googleapis.com/workforcePools"),
    WorkforcePoolProvider: usual("iam.googleapis.com/workforcePoolProviders"),
    WorkloadIdentityPool: usual("iam.googleapis.com/workloadIdentityPools"),
    WorkloadIdentityPoolProvider: usual("iam.googleapis.com/workloadIdentityPoolProviders"),
  }),
  "iap:Brand": "clientauthconfig.brands.create - -",
  "iap:Client": fixed("clientauthconfig.clients"),
  "pubsub:Schema": "pubsub.schemas.create pubsub.schemas.commit pubsub.schemas.delete",
  "dns:RecordSet": "dns.changes.create dns.changes.create dns.changes.create",
  "kms:CryptoKey":
    "cloudkms.cryptoKeys.create cloudkms.cryptoKeys.update cloudkms.cryptoKeyVersions.destroy",
  "kms:KeyRing": "cloudkms.keyRings.create - -",
  ...within("logging", {
    BillingAccountSink: usual("logging.sinks"),
    FolderSink: usual("logging.sinks"),
    OrganizationSink: usual("logging.sinks"),
    ProjectSink: usual("logging.sinks"),
    FolderBucketConfig: usual("logging.buckets"),
    OrganizationBucketConfig: usual("logging.buckets"),
    ProjectBucketConfig: usual("logging.buckets"),
    FolderExclusion: usual("logging.exclusions"),
    OrganizationExclusion: usual("logging.exclusions"),
    ProjectExclusion: usual("logging.exclusions"),
    Metric: usual("logging.logMetrics"),
  }),
  "organizations:Folder": usual("resourcemanager.folders"),
  "organizations:Project": usual("resourcemanager.projects"),
  "organizations:IAMCustomRole": usual("iam.roles"),
  "projects:IAMCustomRole": usual("iam.roles"),
  "organizations:Policy": olderPolicy,
  "projects:OrganizationPolicy": olderPolicy,
  "folder:OrganizationPolicy": olderPolicy,
  "projects:Service": "serviceusage.services.enable - serviceusage.services.disable",
  "projects:DefaultServiceAccounts": "iam.serviceAccounts.disable - iam.serviceAccounts.enable",
  "secretmanager:SecretVersion":
    "secretmanager.versions.add secretmanager.versions.enable secretmanager.versions.destroy",
  "serviceaccount:Account": usual("iam.serviceAccounts"),
  "serviceaccount:Key": "iam.serviceAccountKeys.create - iam.serviceAccountKeys.delete",
  "servicenetworking:Connection":
    "servicenetworking.services.addPeering servicenetworking.services.addPeering servicenetworking.services.deleteConnection",
  "spanner:Database": "spanner.databases.create spanner.databases.updateDdl spanner.databases.drop",
  "sql:DatabaseInstance": usual("cloudsql.instances"),
  "storage:BucketACL": changed("storage.buckets.update"),
  "storage:BucketAccessControl": changed("storage.buckets.update"),
  "storage:DefaultObjectACL": changed("storage.buckets.update"),
  "storage:Notification": changed("storage.buckets.update"),
  "storage:BucketObject": usual("storage.objects"),
  "tags:TagBinding": fixed("resourcemanager.tagValueBindings"),
  "tags:TagKey": usual("resourcemanager.tagKeys"),
  "tags:TagValue": usual("resourcemanager.tagValues"),
  ...within("securitycenter", {
    FolderNotificationConfig: usual("securitycenter.notificationconfig"),
    NotificationConfig: usual("securitycenter.notificationconfig"),
    ProjectNotificationConfig: usual("securitycenter.notificationconfig"),
    V2OrganizationNotificationConfig: usual("securitycenter.notificationconfig"),
  }),
  "gkehub:FeatureMembership": changed("gkehub.features.update"),
};

/** Made, changed and removed by permissions of these names. */
export function usual(base: string): string {
  return `${base}.create ${base}.update ${base}.delete`;
}

/** Only its labels can change. */
function labelled(base: string): string {
  return `${base}.create ${base}.setLabels ${base}.delete`;
}

/** Nothing of it can change. */
function fixed(base: string): string {
  return `${base}.create - ${base}.delete`;
}

/** Of a region, but with the permissions of its like. */
function elsewhere(permissions: string, methods: string, changes = true): string {
  const one = (verb: string, method: string) =>
    `compute.${permissions}.${verb}>v1.compute.${methods}.${method}`;
  const update = changes ? one("update", "patch") : "-";
  return `${one("create", "insert")} ${update} ${one("delete", "delete")}`;
}

function changed(permission: string): string {
  return `${permission} ${permission} ${permission}`;
}

/** What is a change of the thing that it belongs to. */
function modified(base: string, methods: string): string {
  const permission = `compute.${base.replace(/^(region)?[nN]etworkFirewall/, "firewall")}.update`;
  return methods
    .split(" ")
    .map((method) => (method === "-" ? "-" : `${permission}>v1.compute.${base}.${method}`))
    .join(" ");
}

function named(permissions: string, service: string, methods: string): string {
  const asked = permissions.split(" ");
  return methods
    .split(" ")
    .map((method, i) => `${asked[i]}>${service}.${method}`)
    .join(" ");
}

function projects(create: string, remove: string): string {
  const one = (verb: string) => `compute.projects.${verb}`;
  return `${one(create)} ${one(create)} ${one(remove)}`;
}

function organization(create: string, remove: string): string {
  const one = (verb: string) => `compute.organizations.${verb}>v1.compute.projects.${verb}`;
  return `${one(create)} - ${one(remove)}`;
}
