/** Amazon SNS Developer Guide, "Preventative best practices": topics are not open to everybody. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32c = publicPolicyRule({
  id: "AI32c",
  sentence: "No topic policy lets everybody in.",
  why: "Anybody subscribes and gets every message, or publishes what the subscribers take for ours.",
  fix: "Name the publishers and subscribers in Principal, or ask for aws:SourceArn or aws:SourceAccount.",
  policies: {
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
  },
  action: "sns:Subscribe",
});
