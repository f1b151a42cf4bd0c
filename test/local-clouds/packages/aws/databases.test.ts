import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { account, documentOf, makeNetwork, openAws, region, textAt } from "./fixtures.ts";

describe("databases, files and objects", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, token: string, inputs: ValueObject) =>
    assert.match(
      lab.refusal(() => lab.create(token, "refused", inputs)),
      code,
    );

  const rds = {
    engine: "postgres",
    allocatedStorage: 20,
    instanceClass: "db.t4g.micro",
    username: "u",
    password: "12345678",
    skipFinalSnapshot: true,
  };

  it("RDS names instances without a hyphen and fills in the engine's own values", () => {
    const token = "aws:rds/instance:Instance";
    const made = lab.create(token, "db", rds);
    assert.match(made.id, /^db[0-9a-f]{7}$/);
    assert.equal(made.outputs["arn"], `arn:aws:rds:${region}:${account}:db:${made.id}`);
    assert.match(
      textAt(made, "endpoint"),
      new RegExp(`^${made.id}\\.c[a-z0-9]{11}\\.${region}\\.rds\\.amazonaws\\.com:5432$`),
    );
    assert.equal(made.outputs["parameterGroupName"], "default.postgres17");
    assert.deepEqual(lab.diff(made, { ...rds, engine: "mysql" }).replaces, ["engine"]);
    refused(/InvalidParameterValue.*MasterUserPassword/, token, { ...rds, password: null });
    refused(/shorter than 8/, token, { ...rds, password: "short" });
    refused(/DBSubnetGroupNotFoundFault/, token, { ...rds, dbSubnetGroupName: "none" });
    refused(/MonitoringRoleARN/, token, { ...rds, monitoringInterval: 60 });
    assert.equal(lab.checkFailures(token, "x", { ...rds, backupRetentionPeriod: 36 }).length, 1);
  });

  it("a subnet group covers two zones and stays while it is used", () => {
    const { subnets } = makeNetwork(lab);
    const token = "aws:rds/subnetGroup:SubnetGroup";
    refused(/DBSubnetGroupDoesNotCoverEnoughAZs/, token, { subnetIds: [subnets[0].id] });
    const group = lab.create(token, "Group", { subnetIds: subnets.map(({ id }) => id) });
    assert.match(group.id, /^group-[0-9a-f]{7}$/);
    const cluster = lab.create("aws:rds/cluster:Cluster", "c", {
      engine: "aurora-postgresql",
      masterUsername: "u",
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
      dbSubnetGroupName: group.id,
    });
    assert.match(
      lab.refusal(() => lab.delete(group)),
      /InvalidDBSubnetGroupStateFault/,
    );
    const member = {
      clusterIdentifier: cluster.id,
      instanceClass: "db.t4g.medium",
      engine: "aurora-postgresql",
    };
    assert.equal(
      lab.create("aws:rds/clusterInstance:ClusterInstance", "a", member).outputs["writer"],
      true,
    );
    assert.equal(
      lab.create("aws:rds/clusterInstance:ClusterInstance", "b", member).outputs["writer"],
      false,
    );
    refused(/doesn't match the engine/, "aws:rds/clusterInstance:ClusterInstance", {
      ...member,
      engine: "aurora-mysql",
    });
    assert.match(
      lab.refusal(() => lab.delete(cluster)),
      /InvalidDBClusterStateFault/,
    );
    refused(/MasterUserPassword/, "aws:docdb/cluster:Cluster", {});
  });

  it("DynamoDB wants every declared attribute indexed", () => {
    const token = "aws:dynamodb/table:Table";
    const table = {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
    };
    const made = lab.create(token, "t", { ...table, name: "t" });
    assert.equal(made.outputs["arn"], `arn:aws:dynamodb:${region}:${account}:table/t`);
    assert.deepEqual(made.outputs["ttl"], { attributeName: "", enabled: false });
    assert.equal(lab.checkFailures(token, "u", { ...table, hashKey: "other" }).length, 1);
    refused(/ResourceInUseException/, token, { ...table, name: "t" });
    refused(/StreamViewType/, token, { ...table, streamEnabled: true });
    refused(/ResourceNotFoundException/, "aws:dynamodb/tableItem:TableItem", {
      tableName: "none",
      hashKey: "id",
      item: '{"id":{"S":"1"}}',
    });
  });

  it("caches, search, brokers and file systems refuse what their services refuse", () => {
    const replication = { description: "d" };
    refused(/single node/, "aws:elasticache/replicationGroup:ReplicationGroup", {
      ...replication,
      automaticFailoverEnabled: true,
    });
    refused(/AUTH token/, "aws:elasticache/replicationGroup:ReplicationGroup", {
      ...replication,
      authToken: "x".repeat(16),
    });
    refused(/DefaultUserRequired/, "aws:elasticache/userGroup:UserGroup", {
      engine: "redis",
      userGroupId: "g",
    });
    refused(/advanced security options/, "aws:opensearch/domain:Domain", {
      advancedSecurityOptions: { enabled: true },
    });
    const { subnets } = makeNetwork(lab);
    refused(/multiple of Availability Zones/, "aws:msk/cluster:Cluster", {
      kafkaVersion: "3.8.x",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        clientSubnets: subnets.map(({ id }) => id),
        instanceType: "kafka.m7g.large",
        securityGroups: [],
      },
    });
    const files = lab.create("aws:efs/fileSystem:FileSystem", "f", { encrypted: true });
    const mount = { fileSystemId: files.id, subnetId: subnets[0].id };
    lab.create("aws:efs/mountTarget:MountTarget", "m", mount);
    refused(/MountTargetConflict/, "aws:efs/mountTarget:MountTarget", mount);
    assert.match(
      lab.refusal(() => lab.delete(files)),
      /FileSystemInUse/,
    );
    refused(/Backup vault none does not exist/, "aws:backup/plan:Plan", {
      rules: [{ ruleName: "r", targetVaultName: "none" }],
    });
  });

  it("objects are known by bucket and key, and hold their bucket", () => {
    const bucket = lab.create("aws:s3/bucketV2:BucketV2", "b", { bucket: "things" });
    const made = lab.create("aws:s3/bucketObjectv2:BucketObjectv2", "index.html", {
      bucket: "things",
      content: "x",
    });
    assert.equal(made.id, "things/index.html");
    assert.equal(made.outputs["etag"], "9dd4e461268c8034f5c8564e155c67a6");
    assert.match(
      lab.refusal(() => lab.delete(bucket)),
      /BucketNotEmpty/,
    );
    refused(/NoSuchBucket/, "aws:s3/bucketObjectv2:BucketObjectv2", { bucket: "none", key: "k" });
    refused(/AccessControlListNotSupported/, "aws:s3/bucketAcl:BucketAcl", {
      bucket: "things",
      acl: "private",
    });
    refused(/Versioning must be/, "aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
      bucket: "things",
      role: textAt(
        lab.create("aws:iam/role:Role", "r", {
          assumeRolePolicy: documentOf({
            Effect: "Allow",
            Principal: { Service: "s3.amazonaws.com" },
            Action: "sts:AssumeRole",
          }),
        }),
        "arn",
      ),
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::things" } }],
    });
    lab.create("aws:s3/bucketVersioningV2:BucketVersioningV2", "v", {
      bucket: "things",
      versioningConfiguration: { status: "Enabled" },
    });
    refused(/Unable to validate/, "aws:s3/bucketNotification:BucketNotification", {
      bucket: "things",
      queues: [{ queueArn: `arn:aws:sqs:${region}:${account}:none`, events: [] }],
    });
  });
});
