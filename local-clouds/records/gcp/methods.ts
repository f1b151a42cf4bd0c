/**
 * Methods of Google Cloud's APIs as audit logs name them, by the permission that they need (the page "Audit logging" of each service,
 * "Methods by permission type"). Compute Engine, Cloud SQL, Cloud DNS and Cloud Storage have names of their own form; the others are
 * those of their protocol buffers.
 */

/** The methods about one kind of resource. */
export interface Methods {
  /** What its permissions begin with, e.g. `pubsub.topics`. */
  readonly permission: string;
  /** What its methods begin with, e.g. `google.pubsub.v1.Publisher`. */
  readonly service: string;
  /** Names of methods by the verb of the permission. */
  readonly verbs: Readonly<Record<string, string>>;
}

/** Methods of a service that is written in protocol buffers: `CreateTopic`, `GetTopic`, … */
function grpc(
  permission: string,
  service: string,
  noun: string,
  verbs: Readonly<Record<string, string>> = {},
): Methods {
  const usual = {
    create: `Create${noun}`,
    update: `Update${noun}`,
    delete: `Delete${noun}`,
    get: `Get${noun}`,
    list: `List${noun.replace(/([^aeiou])y$/, "$1ie")}s`,
  };
  return { permission, service, verbs: { ...usual, ...verbs } };
}

/** Methods of a service whose names are those of its permissions. */
function same(permission: string, verbs: Readonly<Record<string, string>> = {}): Methods {
  return { permission, service: permission, verbs };
}

const admin = "google.iam.admin.v1";
const pools = "google.iam.v1.WorkloadIdentityPools";
const workforce = "google.iam.admin.v1.WorkforcePools";
const kms = "google.cloud.kms.v1.KeyManagementService";
const sinks = "google.logging.v2.ConfigServiceV2";
const secrets = "google.cloud.secretmanager.v1.SecretManagerService";
const manager = "google.cloud.resourcemanager.v3";
const context = "google.identity.accesscontextmanager.v1.AccessContextManager";
const clusters = "google.container.v1.ClusterManager";
const firestore = "google.firestore.admin.v1.FirestoreAdmin";
const tables = "google.bigtable.admin.v2.BigtableTableAdmin";
const oauth = "google.cloud.iap.v1.IdentityAwareProxyOAuthService";
const alone = { setIamPolicy: "SetIamPolicy" };

/** Resource Manager's older methods stand without a service before them. */
const projects: Methods = {
  permission: "resourcemanager.projects",
  service: "",
  verbs: {
    create: "CreateProject",
    update: "UpdateProject",
    delete: "DeleteProject",
    get: "GetProject",
    list: "ListProjects",
    getIamPolicy: "GetIamPolicy",
    ...alone,
  },
};

const rows: readonly Methods[] = [
  projects,
  grpc("resourcemanager.folders", `${manager}.Folders`, "Folder", alone),
  { permission: "resourcemanager.organizations", service: "", verbs: alone },
  grpc("resourcemanager.tagKeys", `${manager}.TagKeys`, "TagKey"),
  grpc("resourcemanager.tagValues", `${manager}.TagValues`, "TagValue"),
  grpc("resourcemanager.tagValueBindings", `${manager}.TagBindings`, "TagBinding"),
  grpc("accesscontextmanager.accessLevels", context, "AccessLevel"),
  grpc("accesscontextmanager.policies", context, "AccessPolicy"),
  grpc("accesscontextmanager.servicePerimeters", context, "ServicePerimeter"),
  grpc(
    "artifactregistry.repositories",
    "google.devtools.artifactregistry.v1.ArtifactRegistry",
    "Repository",
    alone,
  ),
  grpc("bigquery.datasets", "google.cloud.bigquery.v2.DatasetService", "Dataset", {
    create: "InsertDataset",
  }),
  grpc("bigquery.tables", "google.cloud.bigquery.v2.TableService", "Table", {
    create: "InsertTable",
  }),
  grpc("bigtable.instances", "google.bigtable.admin.v2.BigtableInstanceAdmin", "Instance", {
    update: "PartialUpdateInstance",
  }),
  grpc("bigtable.tables", tables, "Table"),
  grpc(
    "binaryauthorization.attestors",
    "google.cloud.binaryauthorization.v1.BinauthzManagementServiceV1",
    "Attestor",
  ),
  grpc(
    "binaryauthorization.policy",
    "google.cloud.binaryauthorization.v1.BinauthzManagementServiceV1",
    "Policy",
  ),
  grpc(
    "certificatemanager.certs",
    "google.cloud.certificatemanager.v1.CertificateManager",
    "Certificate",
  ),
  grpc(
    "certificatemanager.certmaps",
    "google.cloud.certificatemanager.v1.CertificateManager",
    "CertificateMap",
  ),
  grpc("cloudfunctions.functions", "google.cloud.functions.v2.FunctionService", "Function", alone),
  grpc("run.services", "google.cloud.run.v2.Services", "Service", alone),
  grpc("run.jobs", "google.cloud.run.v2.Jobs", "Job", { ...alone, run: "RunJob" }),
  grpc("cloudscheduler.jobs", "google.cloud.scheduler.v1.CloudScheduler", "Job"),
  grpc("cloudtasks.queues", "google.cloud.tasks.v2.CloudTasks", "Queue", alone),
  grpc("container.clusters", clusters, "Cluster"),
  grpc("containeranalysis.notes", "grafeas.v1.Grafeas", "Note"),
  grpc("eventarc.triggers", "google.cloud.eventarc.v1.Eventarc", "Trigger"),
  grpc("file.instances", "google.cloud.filestore.v1.CloudFilestoreManager", "Instance"),
  grpc("datastore.databases", firestore, "Database"),
  grpc("datastore.schemas", firestore, "Index"),
  grpc("gkehub.memberships", "google.cloud.gkehub.v1.GkeHub", "Membership"),
  grpc("gkehub.features", "google.cloud.gkehub.v1.GkeHub", "Feature"),
  grpc("iam.roles", admin, "Role"),
  grpc("iam.serviceAccounts", admin, "ServiceAccount", {
    update: "PatchServiceAccount",
    disable: "DisableServiceAccount",
    enable: "EnableServiceAccount",
    setIamPolicy: "SetIAMPolicy",
    getIamPolicy: "GetIAMPolicy",
  }),
  grpc("iam.serviceAccountKeys", admin, "ServiceAccountKey"),
  grpc("iam.googleapis.com/workloadIdentityPools", pools, "WorkloadIdentityPool"),
  grpc("iam.googleapis.com/workloadIdentityPoolProviders", pools, "WorkloadIdentityPoolProvider"),
  grpc("iam.googleapis.com/workforcePools", workforce, "WorkforcePool"),
  grpc("iam.googleapis.com/workforcePoolProviders", workforce, "WorkforcePoolProvider"),
  grpc("iam.denypolicies", "google.iam.v2.Policies", "Policy"),
  grpc("cloudkms.keyRings", kms, "KeyRing"),
  grpc("cloudkms.cryptoKeys", kms, "CryptoKey"),
  grpc("cloudkms.cryptoKeyVersions", kms, "CryptoKeyVersion", {
    destroy: "DestroyCryptoKeyVersion",
    useToDecrypt: "Decrypt",
    useToEncrypt: "Encrypt",
    useToSign: "AsymmetricSign",
  }),
  grpc("logging.sinks", sinks, "Sink"),
  grpc("logging.buckets", sinks, "Bucket"),
  grpc("logging.exclusions", sinks, "Exclusion"),
  grpc("logging.logMetrics", "google.logging.v2.MetricsServiceV2", "LogMetric"),
  grpc("monitoring.alertPolicies", "google.monitoring.v3.AlertPolicyService", "AlertPolicy"),
  grpc(
    "monitoring.notificationChannels",
    "google.monitoring.v3.NotificationChannelService",
    "NotificationChannel",
  ),
  grpc(
    "monitoring.uptimeCheckConfigs",
    "google.monitoring.v3.UptimeCheckService",
    "UptimeCheckConfig",
  ),
  grpc("monitoring.dashboards", "google.monitoring.dashboard.v1.DashboardsService", "Dashboard"),
  grpc("orgpolicy.policies", "google.cloud.orgpolicy.v2.OrgPolicy", "Policy"),
  grpc("serviceusage.services", "google.api.serviceusage.v1.ServiceUsage", "Service", {
    enable: "EnableService",
    disable: "DisableService",
  }),
  grpc("pubsub.topics", "google.pubsub.v1.Publisher", "Topic", { publish: "Publish" }),
  grpc("pubsub.subscriptions", "google.pubsub.v1.Subscriber", "Subscription", { consume: "Pull" }),
  grpc("pubsub.schemas", "google.pubsub.v1.SchemaService", "Schema", { commit: "CommitSchema" }),
  grpc("clientauthconfig.brands", oauth, "Brand"),
  grpc("clientauthconfig.clients", oauth, "IdentityAwareProxyClient"),
  grpc("redis.instances", "google.cloud.redis.v1.CloudRedis", "Instance"),
  grpc("redis.clusters", "google.cloud.redis.cluster.v1.CloudRedisCluster", "Cluster"),
  grpc("memorystore.instances", "google.cloud.memorystore.v1.Memorystore", "Instance"),
  grpc("secretmanager.secrets", secrets, "Secret", alone),
  grpc("secretmanager.versions", secrets, "SecretVersion", {
    add: "AddSecretVersion",
    access: "AccessSecretVersion",
    destroy: "DestroySecretVersion",
    enable: "EnableSecretVersion",
    disable: "DisableSecretVersion",
  }),
  grpc(
    "securitycenter.notificationconfig",
    "google.cloud.securitycenter.v1.SecurityCenter",
    "NotificationConfig",
  ),
  grpc(
    "servicenetworking.services",
    "google.cloud.servicenetworking.v1.ServicePeeringManager",
    "Connection",
    {
      addPeering: "CreateConnection",
      deleteConnection: "DeleteConnection",
    },
  ),
  grpc("spanner.instances", "google.spanner.admin.instance.v1.InstanceAdmin", "Instance"),
  grpc("spanner.databases", "google.spanner.admin.database.v1.DatabaseAdmin", "Database", {
    drop: "DropDatabase",
    updateDdl: "UpdateDatabaseDdl",
  }),
  grpc("vpcaccess.connectors", "google.cloud.vpcaccess.v1.VpcAccessService", "Connector"),
  grpc("workflows.workflows", "google.cloud.workflows.v1.Workflows", "Workflow"),
  same("cloudsql.instances"),
  same("cloudsql.databases"),
  same("cloudsql.users"),
  same("dns.changes"),
  same("dns.managedZones", { update: "patch" }),
  same("dns.policies", { update: "patch" }),
  same("storage.objects"),
  same("storage.hmacKeys"),
  {
    permission: "storage.buckets",
    service: "storage",
    verbs: {
      create: "buckets.create",
      update: "buckets.update",
      delete: "buckets.delete",
      get: "buckets.get",
      list: "buckets.list",
      setIamPolicy: "setIamPermissions",
      getIamPolicy: "getIamPermissions",
    },
  },
];

const byPermission: ReadonlyMap<string, Methods> = new Map(
  rows.map((row) => [row.permission, row]),
);

/** Methods whose permission is not of their own resource (IAM Service Account Credentials API). */
const single: Readonly<Record<string, string>> = {
  "iam.serviceAccounts.getAccessToken": "GenerateAccessToken",
  "iam.serviceAccounts.getOpenIdToken": "GenerateIdToken",
  "iam.serviceAccounts.signBlob": "SignBlob",
  "iam.serviceAccounts.signJwt": "SignJwt",
};

/** Compute Engine inserts and patches ("Compute Engine audit logging information"). */
const computeVerbs: Readonly<Record<string, string>> = { create: "insert", update: "patch" };

/** The method that a permission is asked for. */
export function methodOf(permission: string): string {
  const found = single[permission];
  if (found !== undefined) return found;
  const end = permission.lastIndexOf(".");
  const [base, verb] = [permission.slice(0, end), permission.slice(end + 1)];
  if (base.startsWith("compute.")) return `v1.${base}.${computeVerbs[verb] ?? verb}`;
  if (verb === "setIamPolicy" && byPermission.get(base)?.verbs[verb] === undefined)
    return "google.iam.v1.IAMPolicy.SetIamPolicy";
  const row = byPermission.get(base);
  if (row === undefined) return permission;
  const name = row.verbs[verb] ?? verb;
  return row.service === "" ? name : `${row.service}.${name}`;
}
