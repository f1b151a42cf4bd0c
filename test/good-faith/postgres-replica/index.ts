/**
 * Follows "Creating and connecting to a PostgreSQL DB instance" of Amazon RDS:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_GettingStarted.CreatingConnecting.PostgreSQL.html
 * with a replica as in "Working with DB instance read replicas":
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.30.0.0/16", enableDnsHostnames: true });
const subnets = ["eu-west-1a", "eu-west-1b", "eu-west-1c"].map(
  (availabilityZone, index) =>
    new aws.ec2.Subnet(`data-${index}`, {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `10.30.${index}.0/24`,
    }),
);
const subnetGroup = new aws.rds.SubnetGroup("shop", { subnetIds: subnets.map(({ id }) => id) });

const appGroup = new aws.ec2.SecurityGroup("app", {
  vpcId: vpc.id,
  description: "Servers of the application",
});
const databaseGroup = new aws.ec2.SecurityGroup("database", {
  vpcId: vpc.id,
  description: "The application to its database",
});
new aws.vpc.SecurityGroupIngressRule("app-to-database", {
  securityGroupId: databaseGroup.id,
  referencedSecurityGroupId: appGroup.id,
  ipProtocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
});
new aws.vpc.SecurityGroupEgressRule("app-to-database", {
  securityGroupId: appGroup.id,
  referencedSecurityGroupId: databaseGroup.id,
  ipProtocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
});

const key = new aws.kms.Key("database", {
  description: "Storage and passwords of the shop's database",
  enableKeyRotation: true,
});
// A source whose password RDS manages can have no PostgreSQL replica, so it is kept here.
const password = new random.RandomPassword("master", { length: 32, special: false });
const secret = new aws.secretsmanager.Secret("master", { kmsKeyId: key.arn });
new aws.secretsmanager.SecretVersion("master", {
  secretId: secret.id,
  secretString: pulumi.jsonStringify({ username: "shop_admin", password: password.result }),
});

const parameters = new aws.rds.ParameterGroup("shop", {
  family: "postgres17",
  parameters: [
    { name: "rds.force_ssl", value: "1" },
    { name: "log_connections", value: "1" },
  ],
});
const monitoring = new aws.iam.Role("monitoring", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
    Service: "monitoring.rds.amazonaws.com",
  }),
});
const monitors = new aws.iam.RolePolicyAttachment("monitoring", {
  role: monitoring.name,
  policyArn: aws.iam.ManagedPolicy.AmazonRDSEnhancedMonitoringRole,
});

const primary = new aws.rds.Instance(
  "shop",
  {
    engine: "postgres",
    engineVersion: "17.4",
    instanceClass: "db.m7g.large",
    allocatedStorage: 100,
    maxAllocatedStorage: 500,
    storageType: "gp3",
    storageEncrypted: true,
    kmsKeyId: key.arn,
    dbName: "shop",
    username: "shop_admin",
    password: password.result,
    iamDatabaseAuthenticationEnabled: true,
    dbSubnetGroupName: subnetGroup.name,
    vpcSecurityGroupIds: [databaseGroup.id],
    publiclyAccessible: false,
    parameterGroupName: parameters.name,
    multiAz: true,
    backupRetentionPeriod: 14,
    copyTagsToSnapshot: true,
    deletionProtection: true,
    finalSnapshotIdentifier: "shop-last",
    enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key.arn,
    monitoringInterval: 60,
    monitoringRoleArn: monitoring.arn,
    autoMinorVersionUpgrade: true,
  },
  { dependsOn: [monitors] },
);
new aws.rds.Instance("reports", {
  replicateSourceDb: primary.identifier,
  instanceClass: "db.m7g.large",
  storageEncrypted: true,
  vpcSecurityGroupIds: [databaseGroup.id],
  publiclyAccessible: false,
  parameterGroupName: parameters.name,
  skipFinalSnapshot: true,
});

export const endpoint = primary.endpoint;
