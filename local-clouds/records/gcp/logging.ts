/** Google Cloud's logging: sinks for everything, switched on by audit configurations and subnets. */

import { textAt } from "../../probe/token/live.ts";
import type { Flow } from "../flow.ts";
import type { Logging, Routes } from "../logging.ts";
import { auditEvent, exchangeEvent, flowEvent } from "./entry.ts";
import { auditTokens, sinkTokens, toSinks } from "./sinks.ts";

const subnetToken = "gcp:compute/subnetwork:Subnetwork";

/** Grants that let a sink's writer write. */
const grantTokens = ["Member", "Binding", "Policy"].flatMap((kind) => [
  `gcp:storage/bucketIAM${kind}:BucketIAM${kind}`,
  `gcp:projects/iAM${kind}:IAM${kind}`,
  `gcp:pubsub/topicIAM${kind}:TopicIAM${kind}`,
  `gcp:bigquery/datasetIam${kind}:DatasetIam${kind}`,
]);

export const gcpLogging: Logging = {
  tokens: [
    ...sinkTokens,
    ...auditTokens,
    ...grantTokens,
    subnetToken,
    "gcp:organizations/project:Project",
    "gcp:organizations/folder:Folder",
  ],
  sources: sinkTokens,
  calls: (routes, call) => toSinks(routes, auditEvent(call)),
  signIns: (routes, signIn) => toSinks(routes, exchangeEvent(signIn)),
  flows: (routes, flow) => (isLogged(routes, flow) ? toSinks(routes, flowEvent(flow)) : []),
};

/**
 * A subnet logs its flows where it has a log configuration. What an ingress rule refused is not in them:
 * incoming packets are sampled behind the rules, outgoing ones before ("VPC Flow Logs", "Log collection").
 */
function isLogged({ live }: Routes, flow: Flow): boolean {
  if (flow.direction === "in" && !flow.accepted) return false;
  const subnet = live.of(subnetToken).find(({ id }) => id === flow.subnetId);
  const config = subnet?.properties["logConfig"];
  return (
    config !== undefined && config !== null && textAt({ config }, "config.filterExpr") !== "false"
  );
}
