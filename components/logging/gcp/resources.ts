/** Creates an environment's lowered GCP logging. */
import * as logging from "@pulumi/gcp/logging/index.js";
import * as projects from "@pulumi/gcp/projects/index.js";
import * as storage from "@pulumi/gcp/storage/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { GcpLogging } from "./lower.ts";
import { createStore } from "./store.ts";

/** Returns the name of the bucket that takes the logs. */
export function createGcp(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: GcpLogging,
): pulumi.Output<string> {
  const { project } = lowered.store;
  const bucket = createStore(parent, `${name}-gcp`, lowered.store);
  const sink = new logging.ProjectSink(
    `${name}-gcp`,
    {
      project,
      name: lowered.sink.name,
      destination: lowered.sink.destination,
      filter: lowered.sink.filter,
      uniqueWriterIdentity: true,
    },
    childOf(parent, { dependsOn: [bucket] }),
  );
  new storage.BucketIAMMember(
    `${name}-gcp-sink`,
    { bucket: bucket.name, role: "roles/storage.objectCreator", member: sink.writerIdentity },
    childOf(parent),
  );
  new projects.IAMAuditConfig(
    `${name}-gcp`,
    {
      project,
      service: lowered.audit.service,
      auditLogConfigs: lowered.audit.kinds.map((logType) => ({ logType })),
    },
    childOf(parent),
  );
  return bucket.name;
}
