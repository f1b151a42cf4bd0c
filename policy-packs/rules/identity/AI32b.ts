/** Amazon SQS Developer Guide, "Security best practices": queues are not open to everybody. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32b = publicPolicyRule({
  id: "AI32b",
  sentence: "No queue policy lets everybody in.",
  why: "Anybody sends commands to whoever reads the queue, or takes the messages before he does.",
  fix: "Name the senders in Principal, or ask for aws:SourceArn of the topic or bucket that sends.",
  policies: {
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
  },
  action: "sqs:SendMessage",
});
