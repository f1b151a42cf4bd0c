/** Pub/Sub documentation, "Access control with IAM", for topics and subscriptions. */
import { publicMembersRule } from "../shared/public-members.ts";

export const GI12e = publicMembersRule({
  id: "GI12e",
  sentence: "Nobody unnamed uses a topic or its subscriptions.",
  why: "Anybody reads the messages, or sends some that the subscribers take for ours.",
  fix: "Name groups and service accounts as members.",
  families: ["pubsub/subscriptionIAM", "pubsub/topicIAM"],
  role: "roles/pubsub.publisher",
});
