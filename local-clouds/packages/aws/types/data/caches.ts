/** Caches (Amazon ElastiCache API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toKey } from "../references.ts";
import { parameterGroup, subnetGroup } from "./named-groups.ts";

const cacheSubnets = subnetGroup("aws:elasticache/subnetGroup:SubnetGroup", undefined, {
  taken: "CacheSubnetGroupAlreadyExists",
  inUse: "CacheSubnetGroupInUse",
});

const cacheParameters = parameterGroup("elasticache", {
  taken: "CacheParameterGroupAlreadyExists",
  inUse: "InvalidCacheParameterGroupState",
});

const toCacheSubnets = refer(
  "subnetGroupName",
  cacheSubnets.token,
  error("CacheSubnetGroupNotFoundFault", "Cache Subnet Group {value} does not exist."),
  {
    holds: true,
    unless: (value) => value === "default",
  },
);

const toCacheParameters = refer(
  "parameterGroupName",
  cacheParameters.token,
  error("CacheParameterGroupNotFound", "CacheParameterGroup {value} not found."),
  {
    holds: true,
    unless: (value) => value.startsWith("default."),
  },
);

/** Nodes of a replication group with cluster mode ("Quotas for ElastiCache"). */
const nodesMax = 500;

const cachePort = (engine: string) => (engine === "memcached" ? 11_211 : 6379);

const cacheVersion: Readonly<Record<string, string>> = {
  memcached: "1.6.22",
  redis: "7.1",
  valkey: "8.1",
};

const familyOf = (r: Resource, usual: string) => {
  const engine = r.text("engine", usual);
  const major = (cacheVersion[engine] ?? "7.1").split(".")[0] ?? "7";
  return engine === "memcached" ? "default.memcached1.6" : `default.${engine}${major}`;
};

const cacheCluster = ordinary("aws:elasticache/cluster:Cluster", {
  id: "{clusterId}",
  arn: "elasticache:cluster:{clusterId}",
  autoname: { property: "clusterId", charactersMax: 50, lowerCase: true },
  defaults: { autoMinorVersionUpgrade: "true" },
  forceNew: [
    "availabilityZone",
    "clusterId",
    "engine",
    "ipDiscovery",
    "networkType",
    "outpostMode",
    "port",
    "preferredOutpostArn",
    "replicationGroupId",
    "snapshotArns",
    "snapshotName",
    "subnetGroupName",
  ],
  check: (r) =>
    r.given("engine") === undefined && r.given("replicationGroupId") === undefined
      ? [{ property: "engine", reason: "one of `engine,replication_group_id` must be specified" }]
      : [],
  outputs: {
    applyImmediately: false,
    availabilityZone: (r) => `${r.region}a`,
    azMode: "single-az",
    cacheNodes: (r) => [
      {
        address: cacheHost(r),
        availabilityZone: `${r.region}a`,
        id: "0001",
        outpostArn: "",
        port: cachePort(r.text("engine", "redis")),
      },
    ],
    clusterAddress: (r) => (r.text("engine", "") === "memcached" ? cacheHost(r) : ""),
    configurationEndpoint: (r) =>
      r.text("engine", "") === "memcached" ? `${cacheHost(r)}:11211` : "",
    engine: (r) => r.target("replicationGroupId")?.properties["engine"],
    engineVersion: (r) => cacheVersion[r.text("engine", "redis")],
    engineVersionActual: (r) => cacheVersion[r.text("engine", "redis")],
    ipDiscovery: "ipv4",
    maintenanceWindow: "sun:05:00-sun:06:00",
    networkType: "ipv4",
    numCacheNodes: 1,
    parameterGroupName: (r) => familyOf(r, "redis"),
    port: (r) => cachePort(r.text("engine", "redis")),
    securityGroupIds: [],
    snapshotRetentionLimit: 0,
    snapshotWindow: "04:00-05:00",
    subnetGroupName: "default",
    transitEncryptionEnabled: false,
  },
  references: [
    toCacheSubnets,
    toCacheParameters,
    toGroup("securityGroupIds[*]"),
    refer(
      "replicationGroupId",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      error("ReplicationGroupNotFoundFault", "Replication group {value} not found."),
      { holds: true },
    ),
  ],
  taken: error("CacheClusterAlreadyExists", "Cache cluster with specified ID {id} already exists"),
  timeouts: { create: 2400, update: 4800, delete: 2400 },
});

function cacheHost(r: Resource): string {
  return form("{clusterId}.{lower6:host}.cfg.{region}.cache.{suffix}")(r);
}

const replicationGroup = ordinary("aws:elasticache/replicationGroup:ReplicationGroup", {
  id: "{replicationGroupId}",
  arn: "elasticache:replicationgroup:{replicationGroupId}",
  autoname: { property: "replicationGroupId", charactersMax: 40, lowerCase: true },
  defaults: {
    authTokenUpdateStrategy: "ROTATE",
    automaticFailoverEnabled: false,
    engine: "redis",
    multiAzEnabled: false,
  },
  forceNew: [
    "atRestEncryptionEnabled",
    "dataTieringEnabled",
    "globalReplicationGroupId",
    "ipDiscovery",
    "kmsKeyId",
    "networkType",
    "port",
    "preferredCacheClusterAzs",
    "replicationGroupId",
    "snapshotArns",
    "snapshotName",
    "subnetGroupName",
  ],
  check: (r) => oneOf(r.text("engine", "redis"), "engine", ["redis", "valkey"]),
  outputs: {
    applyImmediately: false,
    atRestEncryptionEnabled: (r) => r.text("engine") === "valkey",
    autoMinorVersionUpgrade: true,
    clusterEnabled: (r) => r.number("numNodeGroups", 1) > 1,
    clusterMode: (r) => (r.number("numNodeGroups", 1) > 1 ? "enabled" : "disabled"),
    configurationEndpointAddress: (r) =>
      r.number("numNodeGroups", 1) > 1 ? endpointOf(r, "clustercfg") : "",
    primaryEndpointAddress: (r) =>
      r.number("numNodeGroups", 1) > 1 ? "" : endpointOf(r, "master"),
    readerEndpointAddress: (r) =>
      r.number("numNodeGroups", 1) > 1 ? "" : endpointOf(r, "replica"),
    dataTieringEnabled: false,
    engineVersion: (r) => cacheVersion[r.text("engine")],
    engineVersionActual: (r) => cacheVersion[r.text("engine")],
    ipDiscovery: "ipv4",
    maintenanceWindow: "sun:05:00-sun:06:00",
    memberClusters: (r) =>
      Array.from(
        { length: r.number("numCacheClusters", 1) },
        (_, i) => `${r.text("replicationGroupId")}-00${i + 1}`,
      ),
    networkType: "ipv4",
    numCacheClusters: 1,
    numNodeGroups: 1,
    parameterGroupName: (r) => familyOf(r, "redis"),
    port: 6379,
    replicasPerNodeGroup: 0,
    securityGroupIds: [],
    snapshotRetentionLimit: 0,
    snapshotWindow: "04:00-05:00",
    subnetGroupName: "default",
    transitEncryptionEnabled: (r) => r.text("engine") === "valkey",
    transitEncryptionMode: (r) => (r.flag("transitEncryptionEnabled") ? "required" : ""),
    userGroupIds: [],
  },
  hidden: ["authTokenWo"],
  references: [
    toCacheSubnets,
    toCacheParameters,
    toGroup("securityGroupIds[*]"),
    toKey("kmsKeyId", "InvalidKMSKeyFault", "KMS key {value} does not exist"),
    refer(
      "userGroupIds[*]",
      "aws:elasticache/userGroup:UserGroup",
      error("UserGroupNotFoundFault", "User group {value} not found."),
      { holds: true },
    ),
  ],
  taken: error(
    "ReplicationGroupAlreadyExists",
    "Replication group with specified ID {id} already exists",
  ),
  admit: refuseReplication,
  inUse: error("InvalidReplicationGroupState", "Replication group {id} is in use by {value}"),
  timeouts: { create: 3600, update: 2400, delete: 2700 },
  schemaVersion: 3,
});

function endpointOf(r: Resource, kind: string): string {
  return form(`${kind}.{replicationGroupId}.{lower6:host}.{region}.cache.{suffix}`)(r);
}

const invalidCombination = (says: string) => error("InvalidParameterCombination", says);

function refuseReplication(r: Resource): ServiceError | undefined {
  const nodes = r.number("numCacheClusters", 1) + r.number("replicasPerNodeGroup", 0);
  if (r.flag("automaticFailoverEnabled") && nodes < 2) {
    return invalidCombination(
      "Automatic failover is not supported for replication groups with a single node.",
    );
  }
  if (r.flag("multiAzEnabled") && !r.flag("automaticFailoverEnabled")) {
    return invalidCombination("Must enable automatic failover to use Multi-AZ.");
  }
  if (!Number.isInteger(nodes) || r.number("numCacheClusters", 1) < 1 || nodes > nodesMax) {
    return error("InvalidParameterValue", `The number of nodes must be between 1 and ${nodesMax}`);
  }
  const token = ["authToken", "authTokenWo"].some((key) => r.given(key) !== undefined);
  return token && r.given("transitEncryptionEnabled") !== true
    ? invalidCombination("The AUTH token is only supported when encryption-in-transit is enabled")
    : undefined;
}

const cacheUser = ordinary("aws:elasticache/user:User", {
  id: "{userId}",
  arn: "elasticache:user:{userId}",
  defaults: { noPasswordRequired: false },
  forceNew: ["userId", "userName"],
  hidden: ["passwordsWo"],
  outputs: {
    "authenticationMode.passwordCount": (r) => r.list("authenticationMode.passwords").length,
  },
  taken: error("UserAlreadyExists", "User {id} already exists."),
  inUse: error("InvalidUserState", "User {id} is a member of {value}"),
});

const cacheUserGroup = ordinary("aws:elasticache/userGroup:UserGroup", {
  id: "{userGroupId}",
  arn: "elasticache:usergroup:{userGroupId}",
  forceNew: ["userGroupId"],
  references: [
    refer("userIds[*]", cacheUser.token, error("UserNotFound", "User {value} not found."), {
      holds: true,
      unless: (value) => value === "default",
    }),
  ],
  taken: error("UserGroupAlreadyExists", "User Group {id} already exists."),
  admit: (r) =>
    refuseIf(
      r.text("engine").toLowerCase() === "redis" &&
        !r
          .list("userIds")
          .some(
            (id) =>
              id === "default" ||
              r.find(cacheUser.token, String(id))?.properties["userName"] === "default",
          ),
      "DefaultUserRequired",
      "User group needs to contain a user with the user name default.",
    ),
  inUse: error("InvalidUserGroupState", "User group {id} is in use by {value}"),
});

const serverlessCache = ordinary("aws:elasticache/serverlessCache:ServerlessCache", {
  id: "{name}",
  arn: "elasticache:serverlesscache:{name}",
  name: 40,
  forceNew: ["kmsKeyId", "snapshotArnsToRestores", "subnetIds"],
  check: (r) => oneOf(r.text("engine"), "engine", ["memcached", "redis", "valkey"]),
  outputs: {
    createTime: (r) => r.createdAt,
    dailySnapshotTime: "04:00",
    description: "",
    endpoints: (r) => [
      {
        address: form("{name}-{lower6:host}.serverless.{region}.cache.{suffix}")(r),
        port: cachePort(r.text("engine")),
      },
    ],
    readerEndpoints: (r) => [
      {
        address: form("{name}-{lower6:host}.serverless.{region}.cache.{suffix}")(r),
        port: cachePort(r.text("engine")) + 1,
      },
    ],
    fullEngineVersion: (r) => cacheVersion[r.text("engine")],
    majorEngineVersion: (r) => (cacheVersion[r.text("engine")] ?? "").split(".")[0],
    networkType: "ipv4",
    securityGroupIds: [],
    snapshotRetentionLimit: 0,
    status: "available",
    subnetIds: [],
  },
  references: [
    toSubnet("subnetIds[*]"),
    toGroup("securityGroupIds[*]"),
    toKey("kmsKeyId", "InvalidKMSKeyFault"),
  ],
  taken: error("ServerlessCacheAlreadyExistsFault", "Serverless cache {id} already exists"),
});

/** The entries of caches. */
export const cacheTypes: readonly TypeEntry[] = [
  cacheSubnets,
  cacheParameters,
  cacheCluster,
  replicationGroup,
  cacheUser,
  cacheUserGroup,
  serverlessCache,
];
