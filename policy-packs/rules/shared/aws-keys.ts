/**
 * Where services of AWS name the key under which they encrypt, and what is possible under AWS's own:
 * those that work on data, and what stores it. Each as its guide says under "Encryption at rest".
 */
import { awsStoreKeys } from "./aws-store-keys.ts";
import { around, keyPlace, ofHolders, onlyBeside, onlyIf, usedIf } from "./key-place.ts";
import type { KeyPlace } from "./key-rule.ts";

const disks = "a copy of its disks is read under AWS's key";
const objects = "s3:GetObject alone reads it";

const firewall = keyPlace(
  "encryptionConfiguration.keyId",
  "a copy of it is read under AWS's key",
  usedIf("encryptionConfiguration.type", "CUSTOMER_KMS"),
);
const models = [
  keyPlace("modelKmsKeyId", "a copy of the model tells what it learnt from"),
  keyPlace("volumeKmsKeyId", disks),
];
const glue = keyPlace("securityConfiguration", "what it writes lies under AWS's key");

/** By canonical type. */
export const awsKeys: Readonly<Record<string, readonly KeyPlace[]>> = {
  ...awsStoreKeys,
  "aws:appflow/connectorProfile:ConnectorProfile": [
    keyPlace("kmsArn", "the credentials of the source lie under AWS's key"),
  ],
  "aws:appflow/flow:Flow": [keyPlace("kmsArn", "what flows waits under AWS's key")],
  "aws:bedrock/agentAgent:AgentAgent": [
    keyPlace("customerEncryptionKeyArn", "bedrock:GetAgent alone reads its instructions"),
  ],
  "aws:cloudtrail/eventDataStore:EventDataStore": [
    keyPlace("kmsKeyId", "cloudtrail:GetQueryResults alone reads the events"),
  ],
  "aws:codeartifact/domain:Domain": [
    keyPlace("encryptionKey", "whoever may pull reads the packages"),
  ],
  "aws:codebuild/project:Project": [
    keyPlace("encryptionKey", objects, onlyIf("artifacts.type", "S3", "CODEPIPELINE")),
  ],
  "aws:codegurureviewer/repositoryAssociation:RepositoryAssociation": [
    keyPlace(
      "kmsKeyDetails.kmsKeyId",
      "copies of the source lie under AWS's key",
      usedIf("kmsKeyDetails.encryptionOption", "CUSTOMER_MANAGED_CMK"),
    ),
  ],
  "aws:codepipeline/pipeline:Pipeline": [
    keyPlace(
      "artifactStores.*.encryptionKey.id",
      objects,
      around({ artifactStores: [{ type: "S3", location: "builds" }] }),
    ),
  ],
  "aws:comprehend/documentClassifier:DocumentClassifier": models,
  "aws:comprehend/entityRecognizer:EntityRecognizer": models,
  "aws:connect/instanceStorageConfig:InstanceStorageConfig": [
    keyPlace(
      "storageConfig.s3Config.encryptionConfig.keyId",
      objects,
      onlyBeside("storageConfig.s3Config", { bucketName: "calls" }),
    ),
    keyPlace(
      "storageConfig.kinesisVideoStreamConfig.encryptionConfig.keyId",
      "kinesisvideo:GetMedia alone plays the calls",
      {
        ...onlyBeside("storageConfig.kinesisVideoStreamConfig", {}),
        apart: { storageConfig: { kinesisVideoStreamConfig: { prefix: "calls" } } },
      },
    ),
  ],
  "aws:dms/endpoint:Endpoint": [
    keyPlace("kmsKeyArn", "the password of the database lies under AWS's key"),
  ],
  "aws:dms/replicationInstance:ReplicationInstance": [keyPlace("kmsKeyArn", disks)],
  "aws:dms/s3Endpoint:S3Endpoint": [
    keyPlace("serverSideEncryptionKmsKeyId", objects, usedIf("encryptionMode", "SSE_KMS")),
  ],
  "aws:ecr/repository:Repository": [
    keyPlace("encryptionConfigurations.*.kmsKey", "whoever may pull reads the images", {
      needsOne: true,
      ...around({ encryptionConfigurations: [{ encryptionType: "KMS" }] }),
      unused: (inputs) => {
        const view = inputs.at("encryptionConfigurations", 0, "encryptionType");
        return view.text()?.startsWith("KMS") === true ? undefined : view;
      },
    }),
  ],
  "aws:ecs/cluster:Cluster": [
    keyPlace(
      "configuration.executeCommandConfiguration.kmsKeyId",
      "what is typed in a container passes without a key of one's own",
    ),
  ],
  "aws:eks/cluster:Cluster": [
    keyPlace("encryptionConfig.provider.keyArn", "a copy of etcd shows the secrets"),
  ],
  "aws:glue/crawler:Crawler": [glue],
  "aws:glue/devEndpoint:DevEndpoint": [glue],
  "aws:glue/job:Job": [glue],
  "aws:imagebuilder/component:Component": [
    keyPlace("kmsKeyId", "imagebuilder:GetComponent alone reads what it does"),
  ],
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": [
    keyPlace(
      "distributions.*.amiDistributionConfiguration.kmsKeyId",
      disks,
      ofHolders,
      around({ distributions: [{ amiDistributionConfiguration: { name: "base" } }] }),
    ),
  ],
  "aws:imagebuilder/imageRecipe:ImageRecipe": [
    keyPlace(
      "blockDeviceMappings.*.ebs.kmsKeyId",
      disks,
      ofHolders,
      around({ blockDeviceMappings: [{ ebs: { volumeSize: 8 } }] }),
    ),
  ],
  "aws:lambda/function:Function": [
    keyPlace(
      "kmsKeyArn",
      "lambda:GetFunctionConfiguration alone reads the environment",
      onlyBeside("environment", { variables: { STAGE: "prod" } }),
    ),
  ],
  "aws:lex/botAlias:BotAlias": [
    keyPlace("conversationLogs.logSettings.*.kmsKeyArn", objects, {
      ...around({ conversationLogs: { logSettings: [{ destination: "S3" }] } }),
      where: (holder) => holder.at("destination").text() === "S3",
    }),
  ],
  "aws:networkfirewall/firewall:Firewall": [firewall],
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": [firewall],
  "aws:networkfirewall/ruleGroup:RuleGroup": [firewall],
  "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
    keyPlace("dataQualityJobOutputConfig.kmsKeyId", objects),
    keyPlace("jobResources.clusterConfig.volumeKmsKeyId", disks),
  ],
  "aws:sagemaker/domain:Domain": [keyPlace("kmsKeyId", disks)],
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [keyPlace("kmsKeyArn", disks)],
  "aws:sagemaker/flowDefinition:FlowDefinition": [keyPlace("outputConfig.kmsKeyId", objects)],
  "aws:sagemaker/notebookInstance:NotebookInstance": [keyPlace("kmsKeyId", disks)],
  "aws:scheduler/schedule:Schedule": [
    keyPlace("kmsKeyArn", "scheduler:GetSchedule alone reads what it sends"),
  ],
  "aws:ssm/parameter:Parameter": [
    keyPlace("keyId", "ssm:GetParameter alone reads it", onlyIf("type", "SecureString")),
  ],
};

/** Those that take no tags. */
export const awsUntagged = [
  "aws:appflow/connectorProfile:ConnectorProfile",
  "aws:athena/database:Database",
  "aws:connect/instanceStorageConfig:InstanceStorageConfig",
  "aws:lex/botAlias:BotAlias",
  "aws:rds/clusterActivityStream:ClusterActivityStream",
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
  "aws:scheduler/schedule:Schedule",
];
