/**
 * Follows "Fanout Amazon SNS notifications to Amazon SQS queues for asynchronous processing":
 * https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
 * encrypted as in "Configuring topic encryption for Amazon SNS with an encrypted queue subscription":
 * https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const { accountId } = aws.getCallerIdentityOutput();

const key = new aws.kms.Key("messages", {
  description: "Messages about orders, in topic and queues",
  enableKeyRotation: true,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "TopicDelivers",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  }),
});
const topic = new aws.sns.Topic("orders", { kmsMasterKeyId: key.arn });

/** A queue that the topic fills, with another for what cannot be handled. */
function subscriber(name: string): aws.sqs.Queue {
  const failed = new aws.sqs.Queue(`${name}-failed`, {
    kmsMasterKeyId: key.arn,
    messageRetentionSeconds: 1_209_600,
  });
  const queue = new aws.sqs.Queue(name, {
    kmsMasterKeyId: key.arn,
    visibilityTimeoutSeconds: 180,
    receiveWaitTimeSeconds: 20,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 5 }),
  });
  const policy = new aws.sqs.QueuePolicy(name, {
    queueUrl: queue.url,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TopicSends",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
        },
      ],
    }),
  });
  new aws.sns.TopicSubscription(
    name,
    { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: true },
    { dependsOn: [policy] },
  );
  return queue;
}

const invoices = subscriber("invoices");
subscriber("shipments");

const role = new aws.iam.Role("invoices", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("invoices", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});
const consume = new aws.iam.RolePolicy("invoices", {
  role: role.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        Resource: invoices.arn,
      },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: key.arn },
    ],
  }),
});
const handler = new aws.lambda.Function("invoices", {
  runtime: "nodejs22.x",
  handler: "index.handler",
  role: role.arn,
  timeout: 30,
  code: new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset("export const handler = async () => {};"),
  }),
});
new aws.lambda.EventSourceMapping(
  "invoices",
  { eventSourceArn: invoices.arn, functionName: handler.name, batchSize: 10 },
  { dependsOn: [consume] },
);

export const topicArn = topic.arn;
