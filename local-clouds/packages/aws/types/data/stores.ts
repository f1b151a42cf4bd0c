/** DynamoDB, caches, search and warehouses (their API references). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { documentFault, documentText } from "../policy-documents.ts";
import { toKey } from "../references.ts";

const document = (_r: Resource, given: Json) => documentText(given);

const table = ordinary("aws:dynamodb/table:Table", {
  id: "{name}",
  arn: "dynamodb:table/{name}",
  name: 255,
  defaults: { billingMode: "PROVISIONED", tableClass: "STANDARD" },
  forceNew: [
    "hashKey",
    "importTable",
    "localSecondaryIndexes",
    "rangeKey",
    "restoreBackupArn",
    "restoreDateTime",
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreToLatestTime",
  ],
  check: tableFaults,
  outputs: {
    deletionProtectionEnabled: false,
    globalSecondaryIndexes: [],
    localSecondaryIndexes: [],
    pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 0 },
    readCapacity: 0,
    replicas: [],
    streamArn: (r) =>
      r.flag("streamEnabled")
        ? form(`arn:{partition}:dynamodb:{region}:{account}:table/{name}/stream/${label(r)}`)(r)
        : "",
    streamEnabled: false,
    streamLabel: (r) => (r.flag("streamEnabled") ? label(r) : ""),
    streamViewType: "",
    ttl: { attributeName: "", enabled: false },
    writeCapacity: 0,
  },
  keys: ["streamArn"],
  references: [
    toKey(
      "serverSideEncryption.kmsKeyArn",
      "ValidationException",
      "One or more parameter values were invalid: KMS key {value} does not exist",
    ),
  ],
  taken: error("ResourceInUseException", "Table already exists: {id}"),
  admit: (r) =>
    refuseIf(
      r.flag("streamEnabled") && r.given("streamViewType") === undefined,
      "ValidationException",
      "One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true",
    ),
  timeouts: { create: 1800, update: 3600, delete: 600 },
  schemaVersion: 1,
});

function label(r: Resource): string {
  return r.createdAt.replace("Z", "");
}

/** Every attribute that is declared is a key of the table or of an index, and the other way round. */
function tableFaults(r: Resource): InputFault[] {
  const copied = [
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreBackupArn",
    "importTable",
  ].some((key) => r.given(key) !== undefined);
  const indexes = ["globalSecondaryIndexes", "localSecondaryIndexes"].flatMap((list) =>
    objectsIn(r.list(list)),
  );
  const keys = new Set(
    [
      r.given("hashKey"),
      r.given("rangeKey"),
      ...indexes.flatMap((index) => [index["hashKey"], index["rangeKey"]]),
    ].filter((key) => typeof key === "string"),
  );
  const declared = new Set(r.every("attributes[*].name").map(String));
  const stray = [...declared].filter((name) => !keys.has(name));
  const lacking = [...keys].filter((name) => !declared.has(name));
  const capacity =
    r.text("billingMode", "PROVISIONED") === "PROVISIONED" &&
    (r.given("readCapacity") === undefined || r.given("writeCapacity") === undefined);
  return [
    ...oneOf(r.text("billingMode", "PROVISIONED"), "billingMode", [
      "PROVISIONED",
      "PAY_PER_REQUEST",
    ]),
    ...oneOf(r.text("tableClass", "STANDARD"), "tableClass", [
      "STANDARD",
      "STANDARD_INFREQUENT_ACCESS",
    ]),
    ...(stray.length > 0 || (lacking.length > 0 && !copied)
      ? [
          {
            property: "attributes",
            reason: `all attributes must be indexed. Unused attributes: ${JSON.stringify(stray)}; all indexes must match a defined attribute. Unmatched indexes: ${JSON.stringify(lacking)}`,
          },
        ]
      : []),
    ...(capacity && !copied
      ? [
          {
            property: "readCapacity",
            reason:
              "read_capacity and write_capacity must be at least 1 when billing_mode is PROVISIONED",
          },
        ]
      : []),
  ];
}

const noTable = error(
  "ResourceNotFoundException",
  "Requested resource not found: Table: {value} not found",
);

const tableItem = ordinary("aws:dynamodb/tableItem:TableItem", {
  id: (r) =>
    [
      r.text("tableName"),
      r.text("hashKey"),
      r.text("rangeKey", ""),
      keyOf(r, "hashKey"),
      keyOf(r, "rangeKey"),
    ]
      .filter((part) => part !== "")
      .join("|"),
  untagged: true,
  forceNew: ["hashKey", "rangeKey", "tableName"],
  check: (r) => documentFault(r, "item"),
  outputs: { hashKeyValue: (r) => keyOf(r, "hashKey"), rangeKeyValue: (r) => keyOf(r, "rangeKey") },
  references: [refer("tableName", table.token, noTable, { by: ["id", "arn"], cascades: true })],
  taken: error("ConditionalCheckFailedException", "The conditional request failed"),
  admit: (r) =>
    refuseIf(
      keyOf(r, "hashKey") === "",
      "ValidationException",
      `One or more parameter values were invalid: Missing the key ${r.text("hashKey")} in the item`,
    ),
});

/** The value of a key attribute in DynamoDB's own JSON, e.g. `{"id": {"S": "1"}}`. */
function keyOf(r: Resource, property: string): string {
  const key = r.text(property, "");
  const item = JSON.parse(r.text("item")) as Record<string, Record<string, unknown>>;
  const value = Object.values(item[key] ?? {})[0];
  return typeof value === "string" ? value : "";
}

const tablePolicy = ordinary("aws:dynamodb/resourcePolicy:ResourcePolicy", {
  id: "{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn"],
  check: (r) => documentFault(r, "policy"),
  outputs: {
    confirmRemoveSelfResourceAccess: false,
    revisionId: (r) => r.createdAt.replaceAll(/\D/g, ""),
  },
  normalised: { policy: document },
  references: [
    refer("resourceArn", table.token, noTable, { by: ["arn", "streamArn"], cascades: true }),
  ],
});

const streamingDestination = ordinary(
  "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination",
  {
    id: "{tableName},{streamArn}",
    untagged: true,
    forceNew: ["approximateCreationDateTimePrecision", "streamArn", "tableName"],
    outputs: { approximateCreationDateTimePrecision: "MILLISECOND" },
    references: [
      refer("tableName", table.token, noTable, { cascades: true }),
      refer(
        "streamArn",
        "aws:kinesis/stream:Stream",
        error("ResourceNotFoundException", "Kinesis stream {value} not found"),
        { by: "arn" },
      ),
    ],
  },
);

/** A named group of subnets. */
function subnetGroup(
  token: string,
  arn: string | undefined,
  codes: { taken: string; inUse: string },
): TypeEntry {
  return ordinary(token, {
    id: "{name}",
    ...(arn === undefined ? {} : { arn }),
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: { description: "Managed by Pulumi" },
    forceNew: ["name"],
    ...(arn?.startsWith("redshift") === true
      ? {}
      : {
          outputs: {
            vpcId: (r: Resource) =>
              r.find("aws:ec2/subnet:Subnet", String(r.list("subnetIds")[0]))?.properties["vpcId"],
          },
        }),
    references: [toSubnet("subnetIds[*]")],
    taken: error(codes.taken, "Subnet group {id} already exists."),
    inUse: error(codes.inUse, "Subnet group {id} is currently in use by {value}."),
  });
}

const cacheSubnets = subnetGroup("aws:elasticache/subnetGroup:SubnetGroup", undefined, {
  taken: "CacheSubnetGroupAlreadyExists",
  inUse: "CacheSubnetGroupInUse",
});
const warehouseSubnets = subnetGroup(
  "aws:redshift/subnetGroup:SubnetGroup",
  "redshift:subnetgroup:{name}",
  {
    taken: "ClusterSubnetGroupAlreadyExists",
    inUse: "InvalidClusterSubnetGroupStateFault",
  },
);

function parameterGroup(
  module: "elasticache" | "redshift",
  codes: { taken: string; inUse: string },
): TypeEntry {
  return ordinary(`aws:${module}/parameterGroup:ParameterGroup`, {
    id: "{name}",
    arn: `${module}:parametergroup:{name}`,
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: { description: "Managed by Pulumi" },
    forceNew: ["description", "family", "name"],
    taken: error(codes.taken, "Parameter group {id} already exists"),
    inUse: error(
      codes.inUse,
      "One or more clusters are still members of the parameter group {id}: {value}",
    ),
  });
}

const cacheParameters = parameterGroup("elasticache", {
  taken: "CacheParameterGroupAlreadyExists",
  inUse: "InvalidCacheParameterGroupState",
});
const warehouseParameters = parameterGroup("redshift", {
  taken: "ClusterParameterGroupAlreadyExists",
  inUse: "InvalidClusterParameterGroupState",
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

const searchDomain = ordinary("aws:opensearch/domain:Domain", {
  id: (r) => form("arn:{partition}:es:{region}:{account}:domain/{domainName}")(r),
  autoname: { property: "domainName", charactersMax: 28, lowerCase: true },
  defaults: {
    "clusterConfig.dedicatedMasterEnabled": false,
    "clusterConfig.instanceCount": 1,
    "clusterConfig.instanceType": "m3.medium.search",
    "logPublishingOptions[*].enabled": true,
    "domainEndpointOptions.enforceHttps": true,
  },
  forceNew: ["domainName", "vpcOptions", "encryptAtRest.kmsKeyId"],
  check: (r) =>
    /^[a-z][0-9a-z-]{2,27}$/.test(r.text("domainName"))
      ? documentFault(r, "accessPolicies")
      : [
          {
            property: "domainName",
            reason: `must start with a lowercase alphabet and be at least 3 and no more than 28 characters long: ${r.text("domainName")}`,
          },
        ],
  outputs: {
    arn: (r) => r.id,
    accessPolicies: "",
    advancedOptions: {
      override_main_response_version: "false",
      "rest.action.multi.allow_explicit_index": "true",
    },
    clusterConfig: {
      dedicatedMasterEnabled: false,
      instanceCount: 1,
      instanceType: "m3.medium.search",
      warmEnabled: false,
      zoneAwarenessEnabled: false,
    },
    domainId: form("{account}/{domainName}"),
    domainEndpointOptions: {
      customEndpointEnabled: false,
      enforceHttps: true,
      tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07",
    },
    domainEndpointV2HostedZoneId: "Z02100151L6CK5G3VXJ1B",
    encryptAtRest: { enabled: false, kmsKeyId: "" },
    endpoint: searchHost,
    dashboardEndpoint: (r) => `${searchHost(r)}/_dashboards`,
    engineVersion: "OpenSearch_3.1",
    ipAddressType: "ipv4",
    nodeToNodeEncryption: { enabled: false },
    snapshotOptions: { automatedSnapshotStartHour: 0 },
    "vpcOptions.vpcId": (r) =>
      r.find("aws:ec2/subnet:Subnet", String(r.every("vpcOptions.subnetIds[*]")[0]))?.properties[
        "vpcId"
      ],
  },
  normalised: { accessPolicies: document },
  keys: ["arn", "domainName"],
  references: [
    toSubnet("vpcOptions.subnetIds[*]"),
    toGroup("vpcOptions.securityGroupIds[*]"),
    toKey("encryptAtRest.kmsKeyId", "ValidationException", "The KMS key {value} does not exist"),
    refer(
      "logPublishingOptions[*].cloudwatchLogGroupArn",
      "aws:cloudwatch/logGroup:LogGroup",
      error(
        "ValidationException",
        "The Resource Access Policy specified for the CloudWatch Logs log group {value} does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream.",
      ),
      { by: "arn", key: (_r, value) => value.replace(/:\*$/, "") },
    ),
  ],
  taken: error(
    "ResourceAlreadyExistsException",
    "A domain with the specified name already exists: {id}",
  ),
  admit: (r) => {
    const fine = r.flag("advancedSecurityOptions.enabled");
    const ready =
      r.flag("encryptAtRest.enabled") &&
      r.flag("nodeToNodeEncryption.enabled") &&
      r.given("domainEndpointOptions.enforceHttps") !== false;
    return refuseIf(
      fine && !ready,
      "ValidationException",
      "You must enable encryption at rest, node-to-node encryption and HTTPS to use advanced security options.",
    );
  },
  timeouts: { create: 3600, update: 10_800, delete: 5400 },
});

function searchHost(r: Resource): string {
  const where = r.given("vpcOptions") === undefined ? "search" : "vpc";
  return form(`${where}-{domainName}-{lower26:host}.{region}.es.{suffix}`)(r);
}

const searchPolicy = ordinary("aws:opensearch/domainPolicy:DomainPolicy", {
  id: "esd-policy-{domainName}",
  untagged: true,
  forceNew: ["domainName"],
  check: (r) => documentFault(r, "accessPolicies"),
  normalised: { accessPolicies: document },
  references: [
    refer(
      "domainName",
      searchDomain.token,
      error("ResourceNotFoundException", "Domain not found: {value}"),
      { by: "domainName", cascades: true },
    ),
  ],
});

const warehouse = ordinary("aws:redshift/cluster:Cluster", {
  id: "{clusterIdentifier}",
  arn: "redshift:cluster:{clusterIdentifier}",
  defaults: {
    allowVersionUpgrade: true,
    applyImmediately: false,
    automatedSnapshotRetentionPeriod: 1,
    availabilityZoneRelocationEnabled: false,
    clusterVersion: "1.0",
    encrypted: "true",
    maintenanceTrackName: "current",
    manualSnapshotRetentionPeriod: -1,
    multiAz: false,
    numberOfNodes: 1,
    port: 5439,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
  },
  forceNew: [
    "clusterIdentifier",
    "clusterSubnetGroupName",
    "masterUsername",
    "ownerAccount",
    "snapshotArn",
    "snapshotClusterIdentifier",
    "snapshotIdentifier",
  ],
  outputs: {
    availabilityZone: (r) => `${r.region}a`,
    clusterNamespaceArn: form("arn:{partition}:redshift:{region}:{account}:namespace:{uuid}"),
    clusterNodes: [],
    clusterParameterGroupName: "default.redshift-2.0",
    clusterPublicKey: "",
    clusterRevisionNumber: "1",
    clusterSubnetGroupName: "default",
    clusterType: (r) => (r.number("numberOfNodes", 1) > 1 ? "multi-node" : "single-node"),
    databaseName: "dev",
    dnsName: (r) => redshiftHost(r),
    endpoint: (r) => `${redshiftHost(r)}:${r.number("port")}`,
    enhancedVpcRouting: false,
    iamRoles: [],
    kmsKeyId: "",
    preferredMaintenanceWindow: "sun:05:00-sun:05:30",
    vpcSecurityGroupIds: [],
  },
  hidden: ["masterPasswordWo"],
  references: [
    refer(
      "clusterSubnetGroupName",
      warehouseSubnets.token,
      error("ClusterSubnetGroupNotFoundFault", "The cluster subnet group {value} doesn't exist."),
      { holds: true, unless: (value) => value === "default" },
    ),
    refer(
      "clusterParameterGroupName",
      warehouseParameters.token,
      error("ClusterParameterGroupNotFound", "The cluster parameter group {value} doesn't exist."),
      { holds: true, unless: (value) => value.startsWith("default.") },
    ),
    toGroup("vpcSecurityGroupIds[*]"),
    toKey("kmsKeyId", "DependentServiceRequestThrottlingFault", "KMS key {value} does not exist"),
  ],
  taken: error("ClusterAlreadyExists", "Cluster already exists: {id}"),
  admit: (r) => {
    const copied = ["snapshotIdentifier", "snapshotArn"].some((key) => r.given(key) !== undefined);
    const secret =
      ["masterPassword", "masterPasswordWo"].some((key) => r.given(key) !== undefined) ||
      r.flag("manageMasterPassword");
    return refuseIf(
      !copied && (r.given("masterUsername") === undefined || !secret),
      "InvalidParameterValue",
      "The parameter MasterUserPassword must be provided and must not be blank.",
    );
  },
  timeouts: { create: 4500, update: 4500, delete: 2400 },
});

function redshiftHost(r: Resource): string {
  return form("{clusterIdentifier}.c{lower11:host}.{region}.redshift.{suffix}")(r);
}

/** The entries of key-value stores, caches, search and warehouses. */
export const storeTypes: readonly TypeEntry[] = [
  table,
  tableItem,
  tablePolicy,
  streamingDestination,
  cacheSubnets,
  cacheParameters,
  cacheCluster,
  replicationGroup,
  cacheUser,
  cacheUserGroup,
  serverlessCache,
  searchDomain,
  searchPolicy,
  warehouse,
  warehouseSubnets,
  warehouseParameters,
];
