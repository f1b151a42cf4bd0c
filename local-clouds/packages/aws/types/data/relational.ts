/** Relational and document databases: RDS, Aurora, DocumentDB, Neptune (Amazon RDS API reference, which the others share). */

import type { Resource } from "../../../../types/resource.ts";
import type {
  Computed,
  InputFault,
  Reference,
  ServiceError,
  TypeEntry,
} from "../../../../types/type.ts";
import { oneOf, others, textOf, textsIn } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toKey, toTopic } from "../references.ts";

/** Days that backups are kept at most (CreateDBInstance, BackupRetentionPeriod). */
const backupDaysMax = 35;

/** What the RDS API calls a family of databases: one set of calls, three Pulumi modules. */
interface Family {
  readonly module: "rds" | "docdb" | "neptune";
  readonly engine?: string;
  /** Name of the property that points to the subnet group. */
  readonly subnetGroup: string;
  readonly host: string;
  readonly port: number;
  readonly version: string;
}

const aurora: Family = {
  module: "rds",
  subnetGroup: "dbSubnetGroupName",
  host: "rds",
  port: 3306,
  version: "8.0.mysql_aurora.3.08.2",
};
const docdb: Family = {
  module: "docdb",
  engine: "docdb",
  subnetGroup: "dbSubnetGroupName",
  host: "docdb",
  port: 27_017,
  version: "5.0.0",
};
const neptune: Family = {
  module: "neptune",
  engine: "neptune",
  subnetGroup: "neptuneSubnetGroupName",
  host: "neptune",
  port: 8182,
  version: "1.4.5.1",
};

/** Engines of instances on their own, with a port and a version of today. */
const engines: Readonly<Record<string, { port: number; version: string; license: string }>> = {
  mysql: { port: 3306, version: "8.4.7", license: "general-public-license" },
  mariadb: { port: 3306, version: "11.8.3", license: "general-public-license" },
  postgres: { port: 5432, version: "17.6", license: "postgresql-license" },
};

function engineOf(r: Resource) {
  const engine = r.text("engine", "");
  if (engine.startsWith("oracle"))
    return { port: 1521, version: "19", license: "license-included" };
  if (engine.startsWith("sqlserver"))
    return { port: 1433, version: "16.00", license: "license-included" };
  if (engine.startsWith("aurora-postgresql"))
    return { port: 5432, version: "17.5", license: "postgresql-license" };
  return engines[engine] ?? { port: 3306, version: "8.4.7", license: "general-public-license" };
}

const group = (module: Family["module"]) => `aws:${module}/subnetGroup:SubnetGroup`;

function subnetGroup(module: Family["module"]): TypeEntry {
  return ordinary(group(module), {
    id: "{name}",
    arn: "rds:subgrp:{name}",
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: { description: "Managed by Pulumi" },
    forceNew: ["name", "namePrefix"],
    outputs: {
      namePrefix: "",
      ...(module === "neptune" ? {} : { supportedNetworkTypes: ["IPV4"] }),
      ...(module === "rds" ? { vpcId: vpcOfSubnets } : {}),
    },
    references: [toSubnet("subnetIds[*]")],
    taken: error("DBSubnetGroupAlreadyExists", "The DB subnet group '{id}' already exists."),
    admit: refuseSubnets,
    inUse: error(
      "InvalidDBSubnetGroupStateFault",
      "Cannot delete the subnet group '{id}' because at least one database instance: {value} is still using it.",
    ),
  });
}

function subnetsOf(r: Resource) {
  return textsIn(r.list("subnetIds")).map((id) => r.find("aws:ec2/subnet:Subnet", id)?.properties);
}

function vpcOfSubnets(r: Resource) {
  return subnetsOf(r)[0]?.["vpcId"];
}

/** A group spans two zones of one network (CreateDBSubnetGroup). */
function refuseSubnets(r: Resource): ServiceError | undefined {
  const subnets = subnetsOf(r);
  if (new Set(subnets.map((subnet) => subnet?.["vpcId"])).size > 1) {
    return error("InvalidSubnet", "The DB subnet group's subnets must be in the same VPC.");
  }
  const zones = new Set(subnets.map((subnet) => subnet?.["availabilityZone"]));
  return refuseIf(
    zones.size < 2,
    "DBSubnetGroupDoesNotCoverEnoughAZs",
    `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs.`,
  );
}

function parameterGroup(token: string, kind: "pg" | "cluster-pg"): TypeEntry {
  return ordinary(token, {
    id: "{name}",
    arn: `rds:${kind}:{name}`,
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: {
      description: "Managed by Pulumi",
      "parameters[*].applyMethod": token.startsWith("aws:docdb/") ? "pending-reboot" : "immediate",
    },
    forceNew: ["description", "family", "name", "namePrefix"],
    outputs: { namePrefix: "", parameters: [] },
    taken: error("DBParameterGroupAlreadyExists", "Parameter group {id} already exists"),
    inUse: error(
      "InvalidDBParameterGroupState",
      "One or more database instances are still members of this parameter group {id}, so the group cannot be deleted",
    ),
  });
}

const toSubnetGroup = (family: Family): Reference =>
  refer(
    family.subnetGroup,
    group(family.module),
    error("DBSubnetGroupNotFoundFault", "DB subnet group '{value}' does not exist."),
    { holds: true, unless: (value) => value === "default" },
  );
const toMonitoring = toRole(
  "monitoringRoleArn",
  error(
    "InvalidParameterValue",
    "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
  ),
);
const ownGroup = (value: string) => value.startsWith("default.");
const toParameters = (at: string, token: string): Reference =>
  refer(at, token, error("DBParameterGroupNotFound", "DBParameterGroup not found: {value}"), {
    holds: true,
    unless: ownGroup,
  });

function defaultGroupsOf(r: Resource, at: string): string[] {
  const vpc = vpcOf(r, at);
  const found = r.find("aws:ec2/vpc:Vpc", String(vpc))?.properties["defaultSecurityGroupId"];
  return typeof found === "string" ? [found] : [];
}

function vpcOf(r: Resource, at: string) {
  const subnets = textsIn(r.target(at)?.properties["subnetIds"]);
  return r.find("aws:ec2/subnet:Subnet", subnets[0] ?? "")?.properties["vpcId"];
}

const days = (r: Resource): InputFault[] => {
  const kept = r.number("backupRetentionPeriod", 0);
  return kept >= 0 && kept <= backupDaysMax
    ? []
    : [
        {
          property: "backupRetentionPeriod",
          reason: `expected backup_retention_period to be in the range (0 - ${backupDaysMax}), got ${kept}`,
        },
      ];
};

/** Identifiers are lower case, begin with a letter, and have no two hyphens in a row nor one at the end. */
function identifierFault(r: Resource, property: string): InputFault[] {
  const name = r.text(property, "a");
  return /^[a-z][a-z0-9-]{0,62}$/.test(name) && !/--|-$/.test(name)
    ? []
    : [
        {
          property,
          reason: `only lowercase alphanumeric characters and hyphens allowed in "${property}", the first must be a letter: ${name}`,
        },
      ];
}

const resourceId =
  (prefix: string): Computed =>
  (r) =>
    `${prefix}-${r.characters("resource", 26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
const hosted = "Z1RLNUO7B9Q6NB";

const instance = ordinary("aws:rds/instance:Instance", {
  id: "{identifier}",
  arn: "rds:db:{identifier}",
  autoname: { property: "identifier", charactersMax: 63, lowerCase: true, separator: "" },
  defaults: {
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: false,
    dedicatedLogVolume: false,
    deleteAutomatedBackups: true,
    monitoringInterval: 0,
    performanceInsightsEnabled: false,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
  },
  forceNew: [
    "availabilityZone",
    "backupTarget",
    "characterSetName",
    "customIamInstanceProfile",
    "dbName",
    "engine",
    "identifier",
    "identifierPrefix",
    "kmsKeyId",
    "ncharCharacterSetName",
    "restoreToPointInTime",
    "s3Import",
    "snapshotIdentifier",
    "storageEncrypted",
    "timezone",
    "username",
  ],
  check: (r) => [...identifierFault(r, "identifier"), ...days(r)],
  outputs: {
    address: (r) => host(r, "rds"),
    endpoint: (r) => `${host(r, "rds")}:${r.number("port", engineOf(r).port)}`,
    availabilityZone: (r) => `${r.region}a`,
    backupRetentionPeriod: 0,
    backupTarget: "region",
    backupWindow: "06:08-06:38",
    caCertIdentifier: "rds-ca-rsa2048-g1",
    characterSetName: "",
    customIamInstanceProfile: "",
    customerOwnedIpEnabled: false,
    databaseInsightsMode: "standard",
    dbName: "",
    dbSubnetGroupName: "default",
    deletionProtection: false,
    domain: "",
    domainIamRoleName: "",
    enabledCloudwatchLogsExports: [],
    engineLifecycleSupport: "open-source-rds-extended-support",
    engineVersion: (r) => engineOf(r).version,
    engineVersionActual: (r) => r.text("engineVersion", engineOf(r).version),
    hostedZoneId: hosted,
    iamDatabaseAuthenticationEnabled: false,
    identifierPrefix: "",
    iops: 0,
    kmsKeyId: (r) => (r.flag("storageEncrypted") ? awsKey(r, "rds") : ""),
    latestRestorableTime: "",
    licenseModel: (r) => engineOf(r).license,
    listenerEndpoints: [],
    maintenanceWindow: "sat:10:36-sat:11:06",
    masterUserSecrets: (r) => masterSecret(r),
    maxAllocatedStorage: 0,
    monitoringRoleArn: "",
    multiAz: false,
    ncharCharacterSetName: "",
    networkType: "IPV4",
    optionGroupName: (r) => `default:${r.text("engine", "")}-${major(r).replace(".", "-")}`,
    parameterGroupName: (r) => `default.${r.text("engine", "")}${major(r)}`,
    performanceInsightsKmsKeyId: "",
    performanceInsightsRetentionPeriod: 0,
    port: (r) => engineOf(r).port,
    replicaMode: "",
    replicas: [],
    replicateSourceDb: "",
    resourceId: resourceId("db"),
    status: "available",
    storageEncrypted: false,
    storageThroughput: (r) => (r.text("storageType", "gp2") === "gp3" ? 125 : 0),
    storageType: (r) => (r.given("iops") === undefined ? "gp2" : "io1"),
    timezone: "",
    vpcSecurityGroupIds: (r) => defaultGroupsOf(r, "dbSubnetGroupName"),
  },
  hidden: ["passwordWo"],
  references: [
    toSubnetGroup(aurora),
    toGroup("vpcSecurityGroupIds[*]"),
    toKey(
      "kmsKeyId",
      "KMSKeyNotAccessibleFault",
      "The specified KMS key [{value}] does not exist, is not enabled or you do not have permissions to access it.",
    ),
    toParameters("parameterGroupName", "aws:rds/parameterGroup:ParameterGroup"),
    refer(
      "optionGroupName",
      "aws:rds/optionGroup:OptionGroup",
      error("OptionGroupNotFoundFault", "Specified OptionGroupName: {value} not found."),
      {
        holds: true,
        unless: (value) => value.startsWith("default:"),
      },
    ),
    toMonitoring,
    refer(
      "replicateSourceDb",
      "aws:rds/instance:Instance",
      error("DBInstanceNotFound", "DBInstance {value} not found."),
      {
        by: ["id", "arn"],
        within: "world",
      },
    ),
  ],
  keys: ["identifier"],
  taken: error("DBInstanceAlreadyExists", "DB instance already exists"),
  admit: refuseInstance,
  timeouts: { create: 2400, update: 4800, delete: 3600 },
  schemaVersion: 2,
});

function host(r: Resource, service: string): string {
  return form(`{identifier}.c{lower11:host}.{region}.${service}.{suffix}`)(r);
}

function awsKey(r: Resource, label: string): string {
  return form(`arn:{partition}:kms:{region}:{account}:key/{uuid:${label}}`)(r);
}

function major(r: Resource): string {
  const parts = r.text("engineVersion", engineOf(r).version).split(".");
  return r.text("engine", "").startsWith("postgres")
    ? (parts[0] ?? "")
    : parts.slice(0, 2).join(".");
}

function masterSecret(r: Resource) {
  if (!r.flag("manageMasterUserPassword")) return [];
  return [
    {
      kmsKeyId: awsKey(r, "secretsmanager"),
      secretArn: form(
        "arn:{partition}:secretsmanager:{region}:{account}:secret:rds!db-{uuid:secret}-{lower6:secret}",
      )(r),
      secretStatus: "active",
    },
  ];
}

const combination = (says: string) => error("InvalidParameterCombination", says);

/** What a new instance needs, unless it is a copy (CreateDBInstance). */
function refuseInstance(r: Resource): ServiceError | undefined {
  const copied = [
    "replicateSourceDb",
    "snapshotIdentifier",
    "restoreToPointInTime",
    "s3Import",
  ].some((source) => r.given(source) !== undefined);
  if (!copied) {
    const lacking = ["engine", "allocatedStorage", "username"].find(
      (key) => r.given(key) === undefined,
    );
    if (lacking !== undefined)
      return error(
        "InvalidParameterValue",
        `The parameter ${lacking} must be provided and must not be blank.`,
      );
    const secret = ["password", "passwordWo"].some((key) => r.given(key) !== undefined);
    if (!secret && !r.flag("manageMasterUserPassword")) {
      return error(
        "InvalidParameterValue",
        "The parameter MasterUserPassword must be provided and must not be blank.",
      );
    }
    if (secret && r.flag("manageMasterUserPassword")) {
      return combination(
        "You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled.",
      );
    }
    const password = r.text("password", "12345678");
    if (password.length < 8) {
      return error(
        "InvalidParameterValue",
        "The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.",
      );
    }
  }
  const vpc = vpcOf(r, "dbSubnetGroupName");
  const stranger = textsIn(r.list("vpcSecurityGroupIds")).find((id) => {
    const found = r.find("aws:ec2/securityGroup:SecurityGroup", id)?.properties["vpcId"];
    return vpc !== undefined && found !== undefined && found !== vpc;
  });
  if (stranger !== undefined) {
    return combination(
      "The DB instance and EC2 security group are in different VPCs. The DB instance is in " +
        `${String(vpc)} and the EC2 security group is ${stranger}`,
    );
  }
  return refuseIf(
    r.number("monitoringInterval", 0) > 0 && r.given("monitoringRoleArn") === undefined,
    "InvalidParameterCombination",
    "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
  );
}

const clusterDefaults: Readonly<Record<Family["module"], Readonly<Record<string, Computed>>>> = {
  rds: {
    autoMinorVersionUpgrade: true,
    backupRetentionPeriod: 1,
    copyTagsToSnapshot: false,
    deleteAutomatedBackups: true,
    engineMode: "provisioned",
    monitoringInterval: 0,
    skipFinalSnapshot: false,
  },
  docdb: { backupRetentionPeriod: 1, engine: "docdb", skipFinalSnapshot: false },
  neptune: {
    backupRetentionPeriod: 1,
    copyTagsToSnapshot: false,
    engine: "neptune",
    iamDatabaseAuthenticationEnabled: false,
    port: 8182,
    skipFinalSnapshot: false,
    storageEncrypted: false,
  },
};

const clusterForceNew: Readonly<Record<Family["module"], readonly string[]>> = {
  rds: [
    "databaseName",
    "engine",
    "engineMode",
    "kmsKeyId",
    "masterUsername",
    "snapshotIdentifier",
    "sourceRegion",
    "dbSubnetGroupName",
    "storageEncrypted",
    "restoreToPointInTime",
    "s3Import",
  ],
  docdb: [
    "dbSubnetGroupName",
    "engine",
    "kmsKeyId",
    "masterUsername",
    "port",
    "restoreToPointInTime",
    "snapshotIdentifier",
    "storageEncrypted",
  ],
  neptune: [
    "engine",
    "kmsKeyArn",
    "neptuneSubnetGroupName",
    "port",
    "snapshotIdentifier",
    "storageEncrypted",
  ],
};

function cluster(family: Family): TypeEntry {
  const engine = (r: Resource) =>
    family.module === "rds" && r.text("engine").includes("postgres")
      ? { port: 5432, version: "17.5" }
      : { port: family.port, version: family.version };
  return ordinary(`aws:${family.module}/cluster:Cluster`, {
    id: "{clusterIdentifier}",
    arn: "rds:cluster:{clusterIdentifier}",
    autoname: {
      property: "clusterIdentifier",
      charactersMax: 63,
      lowerCase: true,
      ...(family.module === "rds" ? { separator: "" } : {}),
    },
    ...(family.module === "rds" ? {} : {}),
    defaults: clusterDefaults[family.module],
    forceNew: [
      "availabilityZones",
      "clusterIdentifier",
      "clusterIdentifierPrefix",
      ...clusterForceNew[family.module],
    ],
    check: (r) => [...identifierFault(r, "clusterIdentifier"), ...days(r)],
    outputs: {
      availabilityZones: (r) => ["a", "b", "c"].map((zone) => `${r.region}${zone}`),
      clusterIdentifierPrefix: "",
      clusterMembers: [],
      clusterResourceId: resourceId("cluster"),
      endpoint: (r) => clusterHost(r, "cluster", family.host),
      readerEndpoint: (r) => clusterHost(r, "cluster-ro", family.host),
      engineVersion: (r) => engine(r).version,
      hostedZoneId: hosted,
      port: (r) => engine(r).port,
      storageEncrypted: false,
      storageType: "",
      deletionProtection: false,
      preferredBackupWindow: "03:01-03:31",
      preferredMaintenanceWindow: "sun:07:00-sun:07:30",
      vpcSecurityGroupIds: (r) => defaultGroupsOf(r, family.subnetGroup),
      [family.subnetGroup]: "default",
      ...(family.module === "rds"
        ? {
            backtrackWindow: 0,
            databaseName: "",
            engineVersionActual: (r: Resource) => r.text("engineVersion", engine(r).version),
            masterUserSecrets: masterSecret,
            networkType: "IPV4",
          }
        : {}),
    },
    ...(family.module === "neptune" ? {} : { hidden: ["masterPasswordWo"] }),
    references: clusterReferences(family),
    taken: error("DBClusterAlreadyExistsFault", "DB Cluster already exists"),
    admit: (r) => refuseCluster(r, family),
    inUse: error(
      "InvalidDBClusterStateFault",
      "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
    ),
    timeouts: { create: 7200, update: 7200, delete: 7200 },
  });
}

function clusterReferences(family: Family): readonly Reference[] {
  return [
    toSubnetGroup(family),
    toGroup("vpcSecurityGroupIds[*]"),
    toKey(
      family.module === "neptune" ? "kmsKeyArn" : "kmsKeyId",
      "KMSKeyNotAccessibleFault",
      "The specified KMS key [{value}] does not exist, is not enabled or you do not have permissions to access it.",
    ),
    ...(family.module === "rds"
      ? [
          toParameters(
            "dbClusterParameterGroupName",
            "aws:rds/clusterParameterGroup:ClusterParameterGroup",
          ),
          refer(
            "globalClusterIdentifier",
            "aws:rds/globalCluster:GlobalCluster",
            error("GlobalClusterNotFoundFault", "Global cluster {value} not found"),
            { holds: true },
          ),
        ]
      : []),
    ...(family.module === "docdb"
      ? [
          toParameters(
            "dbClusterParameterGroupName",
            "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
          ),
        ]
      : []),
  ];
}

function clusterHost(r: Resource, kind: string, service: string): string {
  return form(`{clusterIdentifier}.${kind}-c{lower11:host}.{region}.${service}.{suffix}`)(r);
}

const clusterEngines = ["aurora-mysql", "aurora-postgresql", "mysql", "postgres", "neptune"];

function refuseCluster(r: Resource, family: Family): ServiceError | undefined {
  if (family.module === "neptune") return undefined;
  if (family.module === "rds" && !clusterEngines.includes(r.text("engine"))) {
    return error("InvalidParameterValue", "Invalid DB engine");
  }
  const copied = [
    "snapshotIdentifier",
    "restoreToPointInTime",
    "replicationSourceIdentifier",
    "globalClusterIdentifier",
    "s3Import",
  ].some((source) => r.given(source) !== undefined);
  const secret = ["masterPassword", "masterPasswordWo"].some((key) => r.given(key) !== undefined);
  if (secret && r.flag("manageMasterUserPassword")) {
    return combination(
      "You can't specify MasterUserPassword for a cluster with ManageMasterUserPassword enabled.",
    );
  }
  return refuseIf(
    !copied &&
      (r.given("masterUsername") === undefined || !(secret || r.flag("manageMasterUserPassword"))),
    "InvalidParameterValue",
    "The parameter MasterUsername and the parameter MasterUserPassword must be provided and must not be blank.",
  );
}

function clusterInstance(family: Family): TypeEntry {
  const rds = family.module === "rds";
  return ordinary(`aws:${family.module}/clusterInstance:ClusterInstance`, {
    id: "{identifier}",
    arn: "rds:db:{identifier}",
    autoname: {
      property: "identifier",
      charactersMax: 63,
      lowerCase: true,
      ...(rds ? { separator: "" } : {}),
    },
    defaults: {
      autoMinorVersionUpgrade: true,
      promotionTier: 0,
      ...(rds
        ? {
            copyTagsToSnapshot: false,
            forceDestroy: false,
            monitoringInterval: 0,
            publiclyAccessible: false,
          }
        : { engine: family.engine ?? "" }),
      ...(family.module === "neptune" ? { port: 8182, publiclyAccessible: false } : {}),
    },
    forceNew: [
      "availabilityZone",
      "clusterIdentifier",
      "engine",
      "identifier",
      "identifierPrefix",
      ...(rds ? ["customIamInstanceProfile", "dbSubnetGroupName"] : []),
      ...(family.module === "neptune"
        ? ["neptuneSubnetGroupName", "port", "publiclyAccessible"]
        : []),
    ],
    outputs: {
      availabilityZone: (r) => `${r.region}a`,
      dbiResourceId: resourceId("db"),
      identifierPrefix: "",
      endpoint: (r) => host(r, family.host),
      engineVersion: (r) => ofCluster(r, "engineVersion"),
      storageEncrypted: (r) => ofCluster(r, "storageEncrypted"),
      preferredMaintenanceWindow: "sun:07:00-sun:07:30",
      preferredBackupWindow: "03:01-03:31",
      // The first instance of a cluster writes.
      writer: (r) =>
        !others(r).some(
          ({ properties }) => properties["clusterIdentifier"] === r.given("clusterIdentifier"),
        ),
      ...instanceOutputs(family),
    },
    references: [
      refer(
        "clusterIdentifier",
        `aws:${family.module}/cluster:Cluster`,
        error("DBClusterNotFoundFault", "DBCluster {value} not found."),
        { holds: true },
      ),
      ...(rds
        ? [
            toMonitoring,
            toParameters("dbParameterGroupName", "aws:rds/parameterGroup:ParameterGroup"),
          ]
        : []),
    ],
    taken: error("DBInstanceAlreadyExists", "DB instance already exists"),
    admit: (r) =>
      refuseIf(
        ofCluster(r, "engine") !== r.text("engine", family.engine ?? ""),
        "InvalidParameterCombination",
        `The engine name requested for your DB instance (${r.text("engine", "")}) doesn't match the engine name of your DB cluster (${String(ofCluster(r, "engine"))}).`,
      ),
    timeouts: { create: 5400, update: 5400, delete: 5400 },
  });
}

/** Outputs that the families of databases do not share. */
function instanceOutputs(family: Family): Readonly<Record<string, Computed>> {
  return {
    ...(family.module === "neptune"
      ? {
          kmsKeyArn: (r: Resource) => ofCluster(r, "kmsKeyArn"),
          neptuneSubnetGroupName: (r: Resource) => ofCluster(r, "neptuneSubnetGroupName"),
        }
      : {
          kmsKeyId: (r: Resource) => ofCluster(r, "kmsKeyId"),
          dbSubnetGroupName: (r: Resource) => ofCluster(r, "dbSubnetGroupName"),
          port: (r: Resource) => ofCluster(r, "port"),
          caCertIdentifier: "rds-ca-rsa2048-g1",
        }),
    ...(family.module === "rds"
      ? {
          engineVersionActual: (r: Resource) => ofCluster(r, "engineVersion"),
          networkType: "IPV4",
          performanceInsightsEnabled: false,
        }
      : {}),
  };
}

function ofCluster(r: Resource, property: string) {
  return r.target("clusterIdentifier")?.properties[property];
}

const optionGroup = ordinary("aws:rds/optionGroup:OptionGroup", {
  id: "{name}",
  arn: "rds:og:{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  defaults: { optionGroupDescription: "Managed by Pulumi" },
  forceNew: ["engineName", "majorEngineVersion", "name", "namePrefix", "optionGroupDescription"],
  outputs: { namePrefix: "", options: [] },
  taken: error("OptionGroupAlreadyExistsFault", "An option group named {id} already exists."),
  inUse: error("InvalidOptionGroupStateFault", "Option group {id} is in use by {value}"),
});

const families = ["MYSQL", "POSTGRESQL", "SQLSERVER"];

const proxy = ordinary("aws:rds/proxy:Proxy", {
  id: "{name}",
  arn: "rds:db-proxy:prx-0{hex16}",
  name: 63,
  forceNew: ["endpointNetworkType", "engineFamily", "targetConnectionNetworkType", "vpcSubnetIds"],
  check: (r) => oneOf(r.text("engineFamily"), "engineFamily", families),
  outputs: {
    debugLogging: false,
    defaultAuthScheme: "NONE",
    endpoint: form("{name}.proxy-c{lower11:host}.{region}.rds.{suffix}"),
    endpointNetworkType: "IPV4",
    idleClientTimeout: 1800,
    requireTls: false,
    targetConnectionNetworkType: "IPV4",
    vpcSecurityGroupIds: [],
  },
  references: [
    toRole(
      "roleArn",
      error("InvalidParameterValue", "IAM role {value} does not exist or can't be assumed"),
    ),
    toSubnet("vpcSubnetIds[*]"),
    toGroup("vpcSecurityGroupIds[*]"),
    refer(
      "auths[*].secretArn",
      "aws:secretsmanager/secret:Secret",
      error("InvalidParameterValue", "Secret {value} doesn't exist"),
      { by: "arn" },
    ),
  ],
  taken: error("DBProxyAlreadyExistsFault", "DB proxy with name {id} already exists."),
  inUse: error("InvalidDBProxyStateFault", "DB proxy {id} has targets: {value}"),
  timeouts: { create: 1800, update: 1800, delete: 3600 },
});

const toProxy = (holds: boolean) =>
  refer(
    "dbProxyName",
    proxy.token,
    error("DBProxyNotFoundFault", "DB proxy {value} not found"),
    holds ? { holds } : { cascades: true },
  );

const proxyGroup = ordinary("aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup", {
  id: "{dbProxyName}",
  arn: "rds:target-group:prx-tg-0{hex16}",
  untagged: true,
  forceNew: ["dbProxyName"],
  outputs: {
    name: "default",
    connectionPoolConfig: {
      connectionBorrowTimeout: 120,
      initQuery: "",
      maxConnectionsPercent: 100,
      maxIdleConnectionsPercent: 50,
      sessionPinningFilters: [],
    },
  },
  references: [toProxy(false)],
});

const proxyTarget = ordinary("aws:rds/proxyTarget:ProxyTarget", {
  id: (r) =>
    [
      r.text("dbProxyName"),
      r.text("targetGroupName"),
      r.given("dbInstanceIdentifier") === undefined ? "TRACKED_CLUSTER" : "RDS_INSTANCE",
      r.text("dbInstanceIdentifier", r.text("dbClusterIdentifier", "")),
    ].join("/"),
  untagged: true,
  forceNew: ["dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"],
  outputs: {
    endpoint: (r) => r.target("dbInstanceIdentifier")?.properties["address"] ?? "",
    port: (r) =>
      (r.target("dbInstanceIdentifier") ?? r.target("dbClusterIdentifier"))?.properties["port"],
    rdsResourceId: (r) => r.text("dbInstanceIdentifier", r.text("dbClusterIdentifier", "")),
    targetArn: (r) =>
      textOf(
        (r.target("dbInstanceIdentifier") ?? r.target("dbClusterIdentifier"))?.properties ?? {},
        "arn",
      ),
    trackedClusterId: (r) => r.text("dbClusterIdentifier", ""),
    type: (r) =>
      r.given("dbInstanceIdentifier") === undefined ? "TRACKED_CLUSTER" : "RDS_INSTANCE",
  },
  references: [
    toProxy(true),
    refer(
      "dbInstanceIdentifier",
      instance.token,
      error("DBInstanceNotFound", "DBInstance {value} not found."),
    ),
    refer(
      "dbClusterIdentifier",
      "aws:rds/cluster:Cluster",
      error("DBClusterNotFoundFault", "DBCluster {value} not found."),
    ),
  ],
});

const clusterEndpoint = ordinary("aws:rds/clusterEndpoint:ClusterEndpoint", {
  id: "{clusterEndpointIdentifier}",
  arn: "rds:cluster-endpoint:{clusterEndpointIdentifier}",
  forceNew: ["clusterEndpointIdentifier", "clusterIdentifier"],
  check: (r) => oneOf(r.text("customEndpointType"), "customEndpointType", ["ANY", "READER"]),
  outputs: {
    endpoint: form(
      "{clusterEndpointIdentifier}.cluster-custom-c{lower11:host}.{region}.rds.{suffix}",
    ),
  },
  references: [
    refer(
      "clusterIdentifier",
      "aws:rds/cluster:Cluster",
      error("DBClusterNotFoundFault", "DBCluster {value} not found."),
      { holds: true },
    ),
  ],
});

const globalCluster = ordinary("aws:rds/globalCluster:GlobalCluster", {
  id: "{globalClusterIdentifier}",
  arn: "arn:{partition}:rds::{account}:global-cluster:{globalClusterIdentifier}",
  defaults: { deletionProtection: false },
  forceNew: [
    "databaseName",
    "engine",
    "globalClusterIdentifier",
    "sourceDbClusterIdentifier",
    "storageEncrypted",
  ],
  outputs: {
    endpoint: "",
    engine: "aurora-mysql",
    engineVersion: aurora.version,
    engineVersionActual: aurora.version,
    globalClusterMembers: [],
    globalClusterResourceId: resourceId("cluster"),
    storageEncrypted: false,
  },
  taken: error("GlobalClusterAlreadyExistsFault", "Global cluster {id} already exists"),
  inUse: error("InvalidGlobalClusterStateFault", "Global Cluster {id} is not empty"),
});

const snapshot = ordinary("aws:rds/snapshot:Snapshot", {
  id: "{dbSnapshotIdentifier}",
  forceNew: ["dbInstanceIdentifier", "dbSnapshotIdentifier"],
  outputs: {
    ...Object.fromEntries(
      [
        "allocatedStorage",
        "availabilityZone",
        "engine",
        "engineVersion",
        "iops",
        "kmsKeyId",
        "licenseModel",
        "optionGroupName",
        "port",
        "storageType",
      ].map((key) => [key, (r: Resource) => r.target("dbInstanceIdentifier")?.properties[key]]),
    ),
    dbSnapshotArn: form("arn:{partition}:rds:{region}:{account}:snapshot:{dbSnapshotIdentifier}"),
    encrypted: (r) => r.target("dbInstanceIdentifier")?.properties["storageEncrypted"],
    snapshotType: "manual",
    sourceDbSnapshotIdentifier: "",
    sourceRegion: "",
    status: "available",
  },
  references: [
    refer(
      "dbInstanceIdentifier",
      instance.token,
      error("DBInstanceNotFound", "DBInstance {value} not found."),
    ),
  ],
  taken: error(
    "DBSnapshotAlreadyExists",
    "Cannot create the snapshot because a snapshot with the identifier {id} already exists.",
  ),
  admit: (r) =>
    refuseIf(
      r.list("sharedAccounts").includes("all") &&
        r.target("dbInstanceIdentifier")?.properties["storageEncrypted"] === true,
      "InvalidParameterValue",
      "Encrypted snapshots cannot be shared publicly.",
    ),
});

const eventSubscription = ordinary("aws:rds/eventSubscription:EventSubscription", {
  id: "{name}",
  arn: "rds:es:{name}",
  name: 255,
  prefixed: true,
  defaults: { enabled: true },
  outputs: { customerAwsId: (r) => r.account },
  references: [
    toTopic("snsTopic", error("SNSTopicArnNotFound", "The SNS topic ARN {value} does not exist.")),
  ],
});

const roleAssociation = ordinary("aws:rds/roleAssociation:RoleAssociation", {
  id: "{dbInstanceIdentifier},{roleArn}",
  untagged: true,
  forceNew: ["dbInstanceIdentifier", "featureName", "roleArn"],
  references: [
    refer(
      "dbInstanceIdentifier",
      instance.token,
      error("DBInstanceNotFound", "DBInstance {value} not found."),
      { cascades: true },
    ),
    toRole("roleArn", error("DBInstanceRoleNotFound", "Role {value} not found")),
  ],
});

/** The entries of relational and document databases. */
export const relationalTypes: readonly TypeEntry[] = [
  instance,
  ...[aurora, docdb, neptune].flatMap((family) => [
    subnetGroup(family.module),
    cluster(family),
    clusterInstance(family),
  ]),
  parameterGroup("aws:rds/parameterGroup:ParameterGroup", "pg"),
  parameterGroup("aws:rds/clusterParameterGroup:ClusterParameterGroup", "cluster-pg"),
  parameterGroup("aws:docdb/clusterParameterGroup:ClusterParameterGroup", "cluster-pg"),
  optionGroup,
  proxy,
  proxyGroup,
  proxyTarget,
  clusterEndpoint,
  globalCluster,
  snapshot,
  eventSubscription,
  roleAssociation,
];
