/**
 * Follows "Create triggers from Pub/Sub events" of Cloud Run:
 * https://docs.cloud.google.com/run/docs/triggering/pubsub-triggers
 * with identities of their own as in "Function identity":
 * https://docs.cloud.google.com/functions/docs/securing/function-identity
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const location = "europe-west1";
const { project } = gcp.organizations.getClientConfigOutput();

const apis = ["artifactregistry", "cloudbuild", "eventarc", "pubsub", "run"].map(
  (api) =>
    new gcp.projects.Service(api, {
      service: `${api}.googleapis.com`,
      disableOnDestroy: false,
    }),
);

const orders = new gcp.pubsub.Topic("orders", {
  messageStoragePolicy: { allowedPersistenceRegions: [location] },
});
const failed = new gcp.pubsub.Topic("orders-failed");
new gcp.pubsub.Subscription("orders-failed", {
  topic: failed.id,
  messageRetentionDuration: "604800s",
});

const sources = new gcp.storage.Bucket("sources", {
  location,
  uniformBucketLevelAccess: true,
  publicAccessPrevention: "enforced",
});
const source = new gcp.storage.BucketObject("orders.zip", {
  bucket: sources.name,
  source: new pulumi.asset.AssetArchive({
    "index.js": new pulumi.asset.StringAsset("exports.handle = () => {};"),
    "package.json": new pulumi.asset.StringAsset('{ "main": "index.js" }'),
  }),
});

const runs = new gcp.serviceaccount.Account("orders", {
  accountId: "orders-function",
  displayName: "The function that handles orders",
});
new gcp.projects.IAMMember("orders-logs", {
  project,
  role: "roles/logging.logWriter",
  member: pulumi.interpolate`serviceAccount:${runs.email}`,
});
new gcp.pubsub.TopicIAMMember("orders-failed", {
  topic: failed.name,
  role: "roles/pubsub.publisher",
  member: pulumi.interpolate`serviceAccount:${runs.email}`,
});
const calls = new gcp.serviceaccount.Account("trigger", {
  accountId: "orders-trigger",
  displayName: "Calls the function for each order",
});
const mayReceive = new gcp.projects.IAMMember("trigger", {
  project,
  role: "roles/eventarc.eventReceiver",
  member: pulumi.interpolate`serviceAccount:${calls.email}`,
});

const handler = new gcp.cloudfunctionsv2.Function(
  "orders",
  {
    location,
    buildConfig: {
      runtime: "nodejs22",
      entryPoint: "handle",
      source: { storageSource: { bucket: sources.name, object: source.name } },
    },
    serviceConfig: {
      serviceAccountEmail: runs.email,
      ingressSettings: "ALLOW_INTERNAL_ONLY",
      availableMemory: "256M",
      maxInstanceCount: 10,
      environmentVariables: { FAILED_TOPIC: failed.name },
    },
    eventTrigger: {
      eventType: "google.cloud.pubsub.topic.v1.messagePublished",
      pubsubTopic: orders.id,
      triggerRegion: location,
      serviceAccountEmail: calls.email,
      retryPolicy: "RETRY_POLICY_RETRY",
    },
  },
  { dependsOn: [...apis, mayReceive] },
);
new gcp.cloudrunv2.ServiceIamMember("trigger", {
  name: handler.name,
  location,
  role: "roles/run.invoker",
  member: pulumi.interpolate`serviceAccount:${calls.email}`,
});

export const topic = orders.id;
