/** RDS instances that stand alone, and their snapshots (Amazon RDS API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { textsIn } from "../common.ts";
import { toGroup } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { keptDatabase } from "../protection.ts";
import { toKey } from "../references.ts";
import {
  aurora,
  awsKey,
  combination,
  days,
  defaultGroupsOf,
  engineOf,
  host,
  hosted,
  identifierFault,
  masterSecret,
  resourceId,
  toMonitoring,
  toParameters,
  toSubnetGroup,
  vpcOf,
} from "./database-common.ts";

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
  ...keptDatabase(
    "DB Instance",
    "final_snapshot_identifier is required when skip_final_snapshot is false",
  ),
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

function major(r: Resource): string {
  const parts = r.text("engineVersion", engineOf(r).version).split(".");
  return r.text("engine", "").startsWith("postgres")
    ? (parts[0] ?? "")
    : parts.slice(0, 2).join(".");
}

/** Names that an engine keeps for itself, and lengths of passwords (CreateDBInstance). */
const reservedNames = ["rdsadmin", "rdsrepladmin", "admin_rds"];
const passwordCharactersMin = 8;

function refuseMaster(r: Resource): ServiceError | undefined {
  const name = r.text("username", "");
  if (reservedNames.includes(name.toLowerCase())) {
    return error(
      "InvalidParameterValue",
      `MasterUsername ${name} cannot be used as it is a reserved word used by the engine`,
    );
  }
  const secret = r.text("password", "");
  return secret !== "" && secret.length < passwordCharactersMin
    ? error(
        "InvalidParameterValue",
        `The parameter MasterUserPassword is not a valid password because it is shorter than ${passwordCharactersMin} characters.`,
      )
    : undefined;
}

/** What a new instance needs, unless it is a copy (CreateDBInstance). */
function refuseInstance(r: Resource): ServiceError | undefined {
  const copied = [
    "replicateSourceDb",
    "snapshotIdentifier",
    "restoreToPointInTime",
    "s3Import",
  ].some((source) => r.given(source) !== undefined);
  const fault = refuseMaster(r);
  if (fault !== undefined) return fault;
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
      "aws:rds/instance:Instance",
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

const roleAssociation = ordinary("aws:rds/roleAssociation:RoleAssociation", {
  id: "{dbInstanceIdentifier},{roleArn}",
  untagged: true,
  forceNew: ["dbInstanceIdentifier", "featureName", "roleArn"],
  references: [
    refer(
      "dbInstanceIdentifier",
      "aws:rds/instance:Instance",
      error("DBInstanceNotFound", "DBInstance {value} not found."),
      { cascades: true },
    ),
    toRole("roleArn", error("DBInstanceRoleNotFound", "Role {value} not found")),
  ],
});

/** The entries of instances. */
export const databaseInstanceTypes: readonly TypeEntry[] = [instance, snapshot, roleAssociation];
