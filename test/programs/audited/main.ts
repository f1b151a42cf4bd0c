import * as aws from "@pulumi/aws";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const logs = new aws.s3.Bucket("logs");
const letIn = new aws.s3.BucketPolicy("logs", {
  bucket: logs.bucket,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: logs.arn,
      },
      {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${logs.arn}/*`,
      },
    ],
  }),
});
const trail = new aws.cloudtrail.Trail(
  "all",
  { s3BucketName: logs.bucket, isMultiRegionTrail: true },
  { dependsOn: letIn },
);

const group = new resources.ResourceGroup("shop");
const account = new storage.StorageAccount("logs", {
  resourceGroupName: group.name,
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
});
const setting = new monitor.SubscriptionDiagnosticSetting("all", {
  name: "all",
  storageAccountId: account.id,
  logs: [{ category: "Administrative", enabled: true }],
});

const bucket = new gcp.storage.Bucket("logs", { location: "EU" });
const sink = new gcp.logging.ProjectSink("all", {
  destination: pulumi.interpolate`storage.googleapis.com/${bucket.name}`,
  filter: 'logName:"cloudaudit.googleapis.com"',
  uniqueWriterIdentity: true,
});
const writer = new gcp.storage.BucketIAMMember("writer", {
  bucket: bucket.name,
  role: "roles/storage.objectCreator",
  member: sink.writerIdentity,
});

// What nobody sends anything to.
new aws.s3.Bucket("data", {}, { dependsOn: trail });

if (new pulumi.Config().requireBoolean("busy")) {
  const watched = { dependsOn: [trail, setting, sink, writer] };
  const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" }, watched);
  new aws.ec2.Subnet("app", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const role = new aws.iam.Role(
    "deploy",
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    },
    watched,
  );
  new aws.iam.RolePolicyAttachment("read", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  });
  new aws.sqs.Queue("orders", {}, watched);

  const vnet = new network.VirtualNetwork(
    "shop",
    { resourceGroupName: group.name, addressSpace: { addressPrefixes: ["10.1.0.0/16"] } },
    watched,
  );
  new network.Subnet("app", {
    resourceGroupName: group.name,
    virtualNetworkName: vnet.name,
    addressPrefix: "10.1.1.0/24",
  });

  const topic = new gcp.pubsub.Topic("orders", {}, watched);
  new gcp.pubsub.TopicIAMMember("publisher", {
    topic: topic.name,
    role: "roles/pubsub.publisher",
    member: "user:eve@example.com",
  });
  new gcp.serviceaccount.Account("deploy", { accountId: "deployer" }, watched);
}
