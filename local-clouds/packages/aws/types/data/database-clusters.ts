/** Clusters of databases and their members (Amazon RDS API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { Computed, Reference, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toGroup } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { keptDatabase, keptWhile } from "../protection.ts";
import { toKey } from "../references.ts";
import {
  aurora,
  combination,
  days,
  defaultGroupsOf,
  docdb,
  type Family,
  hosted,
  identifierFault,
  masterSecret,
  neptune,
  resourceId,
  toParameters,
  toSubnetGroup,
} from "./database-common.ts";
import { clusterInstance } from "./database-members.ts";

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
    ...keptDatabase("Cluster", noSnapshot[family.module]),
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

/** The provider's sentences, one for each service. */
const noSnapshot = {
  rds: "RDS Cluster FinalSnapshotIdentifier is required when a final snapshot is required",
  docdb: "DocumentDB Cluster FinalSnapshotIdentifier is required when a final snapshot is required",
  neptune: "Neptune Cluster FinalSnapshotIdentifier is required when a final snapshot is required",
} as const;

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
  ...keptWhile(
    "deletionProtection",
    true,
    error(
      "InvalidParameterCombination",
      "Cannot delete protected Global Cluster, please disable deletion protection and try again.",
    ),
  ),
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

/** The entries of clusters. */
export const databaseClusterTypes: readonly TypeEntry[] = [
  ...[aurora, docdb, neptune].flatMap((family) => [cluster(family), clusterInstance(family)]),
  clusterEndpoint,
  globalCluster,
];
