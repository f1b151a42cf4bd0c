/** Topics and queues. */
import { at, type Case, call, form, from, refusal, refusalOf, some } from "../case.ts";

const topicToken = "aws:sns/topic:Topic";
const subscriptionToken = "aws:sns/topicSubscription:TopicSubscription";
const queueToken = "aws:sqs/queue:Queue";
const noTopic = "arn:aws:sns:eu-west-1:123456789012:none";
const makeQueue = call("queue", "sqs", "create_queue", { QueueName: "orders" });
const attributes = call("attributes", "sqs", "get_queue_attributes", {
  QueueUrl: from("queue.QueueUrl"),
  AttributeNames: ["All"],
});

export const messageCases: Readonly<Record<string, Case>> = {
  "a topic": {
    ours: (lab) => {
      const topic = lab.create(topicToken, "t", { name: "orders" });
      return { id: form(topic.id), ...some(topic.outputs, ["arn", "owner", "fifoTopic"]) };
    },
    steps: [
      call("topic", "sns", "create_topic", { Name: "orders" }),
      call("got", "sns", "get_topic_attributes", { TopicArn: from("topic.TopicArn") }),
    ],
    theirs: (answers) => ({
      id: form(at(answers, "topic.TopicArn")),
      arn: form(at(answers, "got.Attributes.TopicArn")),
      owner: form(at(answers, "got.Attributes.Owner")),
      fifoTopic: at(answers, "got.Attributes.FifoTopic") === "true",
    }),
  },
  "a subscription to no topic": {
    ours: (lab) =>
      refusal(lab, () =>
        lab.create(subscriptionToken, "s", {
          topic: noTopic,
          protocol: "email",
          endpoint: "ada@example.org",
        }),
      ),
    steps: [
      call("subscription", "sns", "subscribe", {
        TopicArn: noTopic,
        Protocol: "email",
        Endpoint: "ada@example.org",
      }),
    ],
    theirs: (answers) => refusalOf(answers, "subscription"),
  },
  "a queue and its defaults": {
    ours: (lab) => {
      const queue = lab.create(queueToken, "q", { name: "orders" });
      return {
        id: hostless(queue.id),
        arn: form(queue.outputs["arn"]),
        ...some(queue.outputs, [
          "delaySeconds",
          "maxMessageSize",
          "messageRetentionSeconds",
          "receiveWaitTimeSeconds",
          "visibilityTimeoutSeconds",
          "sqsManagedSseEnabled",
        ]),
      };
    },
    steps: [makeQueue, attributes],
    theirs: (answers) => {
      const attribute = (name: string) => at(answers, `attributes.Attributes.${name}`);
      return {
        id: hostless(at(answers, "queue.QueueUrl")),
        arn: form(attribute("QueueArn")),
        delaySeconds: Number(attribute("DelaySeconds")),
        maxMessageSize: Number(attribute("MaximumMessageSize")),
        messageRetentionSeconds: Number(attribute("MessageRetentionPeriod")),
        receiveWaitTimeSeconds: Number(attribute("ReceiveMessageWaitTimeSeconds")),
        visibilityTimeoutSeconds: Number(attribute("VisibilityTimeout")),
        sqsManagedSseEnabled: attribute("SqsManagedSseEnabled") === "true",
      };
    },
    differs: {
      maxMessageSize:
        "SQS takes 1 MiB where nothing is asked for; the provider asks for 262,144 (aws.sqs.Queue, maxMessageSize)",
    },
  },
  "a second queue of one name, but of another kind": {
    ours: (lab) => {
      lab.create(queueToken, "q", { name: "orders", delaySeconds: 0 });
      return refusal(lab, () => lab.create(queueToken, "r", { name: "orders", delaySeconds: 60 }));
    },
    steps: [
      makeQueue,
      call("again", "sqs", "create_queue", {
        QueueName: "orders",
        Attributes: { DelaySeconds: "60" },
      }),
    ],
    theirs: (answers) => refusalOf(answers, "again"),
  },
};

/** The path of a queue's URL: the host is the service's in AWS, and the imitation's elsewhere. */
function hostless(url: unknown): unknown {
  return form(String(url).replace(/^https:\/\/[^/]+/, ""));
}
