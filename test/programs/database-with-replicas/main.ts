import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as random from "@pulumi/random";

const password = new random.RandomPassword("database", { length: 24, special: false });

const vpc = new aws.ec2.Vpc("data", { cidrBlock: "10.1.0.0/16" });
const zones = aws.getAvailabilityZonesOutput({ state: "available" });
const subnets = [0, 1].map(
  (index) =>
    new aws.ec2.Subnet(`data-${index}`, {
      vpcId: vpc.id,
      cidrBlock: `10.1.${index}.0/24`,
      availabilityZone: zones.names.apply((names) => names[index] ?? ""),
    }),
);
const group = new aws.ec2.SecurityGroup("data", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, self: true }],
});
const key = new aws.kms.Key("data", { enableKeyRotation: true, deletionWindowInDays: 7 });
const places = new aws.rds.SubnetGroup("data", { subnetIds: subnets.map(({ id }) => id) });
const settings = new aws.rds.ParameterGroup("data", {
  family: "postgres17",
  parameters: [{ name: "rds.force_ssl", value: "1" }],
});
const primary = new aws.rds.Instance("primary", {
  engine: "postgres",
  engineVersion: "17.4",
  instanceClass: "db.t4g.micro",
  allocatedStorage: 20,
  dbName: "orders",
  username: "orders",
  password: password.result,
  dbSubnetGroupName: places.name,
  parameterGroupName: settings.name,
  vpcSecurityGroupIds: [group.id],
  storageEncrypted: true,
  kmsKeyId: key.arn,
  backupRetentionPeriod: 7,
  skipFinalSnapshot: true,
});
const replica = new aws.rds.Instance("replica", {
  replicateSourceDb: primary.identifier,
  instanceClass: "db.t4g.micro",
  skipFinalSnapshot: true,
});
const secret = new aws.secretsmanager.Secret("database", { recoveryWindowInDays: 0 });
new aws.secretsmanager.SecretVersion("database", {
  secretId: secret.id,
  secretString: password.result,
});

const main = new gcp.sql.DatabaseInstance("main", {
  databaseVersion: "POSTGRES_17",
  region: "europe-west1",
  deletionProtection: false,
  settings: {
    tier: "db-custom-1-3840",
    backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
    ipConfiguration: { sslMode: "ENCRYPTED_ONLY" },
  },
});
const copy = new gcp.sql.DatabaseInstance("copy", {
  databaseVersion: "POSTGRES_17",
  region: "europe-west4",
  masterInstanceName: main.name,
  deletionProtection: false,
  settings: { tier: "db-custom-1-3840" },
});
new gcp.sql.Database("orders", { instance: main.name, name: "orders" });
new gcp.sql.User("orders", { instance: main.name, name: "orders", password: password.result });

export const endpoints = [primary.endpoint, replica.endpoint];
export const connections = [main.connectionName, copy.connectionName];
