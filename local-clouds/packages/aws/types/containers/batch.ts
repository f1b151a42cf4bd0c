/** AWS Batch (AWS Batch API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { exactlyOne, oneOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer } from "../ordinary.ts";

const states = ["ENABLED", "DISABLED"];
const exception = (says: string) => error("ClientException", says);

const computeEnvironment = ordinary("aws:batch/computeEnvironment:ComputeEnvironment", {
  arn: "batch:compute-environment/{name}",
  id: "{name}",
  name: 128,
  prefixed: true,
  defaults: { state: "ENABLED" },
  forceNew: ["computeResources.ec2KeyPair", "computeResources.type", "eksConfiguration", "type"],
  check: (r) => [
    ...oneOf(r.text("type").toUpperCase(), "type", ["MANAGED", "UNMANAGED"]),
    ...oneOf(r.text("state", "ENABLED").toUpperCase(), "state", states),
  ],
  outputs: {
    ecsClusterArn: form("arn:{partition}:ecs:{region}:{account}:cluster/{name}_Batch_{uuid}"),
    serviceRole: form(
      "arn:{partition}:iam::{account}:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch",
    ),
    status: "VALID",
    statusReason: "ComputeEnvironment Healthy",
  },
  references: [
    toSubnet("computeResources.subnets[*]"),
    toGroup("computeResources.securityGroupIds[*]"),
    toRole("serviceRole", exception("The role {value} does not exist")),
  ],
  taken: exception("Object already exists"),
  admit: (r) =>
    r.text("type").toUpperCase() === "MANAGED" && r.given("computeResources") === undefined
      ? exception("computeResources must be provided for a MANAGED compute environment")
      : undefined,
  inUse: exception("Cannot delete, found existing JobQueue relationship"),
  timeouts: { create: 300, update: 300, delete: 300 },
});

const jobQueue = ordinary("aws:batch/jobQueue:JobQueue", {
  arn: "batch:job-queue/{name}",
  name: 128,
  framework: true,
  check: (r) => oneOf(r.text("state").toUpperCase(), "state", states),
  references: [
    refer(
      "computeEnvironmentOrders[*].computeEnvironment",
      computeEnvironment.token,
      exception("{value} does not exist"),
      { by: "arn", holds: true },
    ),
  ],
  taken: exception("Object already exists"),
});

const jobDefinition = ordinary("aws:batch/jobDefinition:JobDefinition", {
  arn: "batch:job-definition/{name}:1",
  name: 128,
  defaults: { deregisterOnNewRevision: true, propagateTags: false },
  check: (r) => [
    ...oneOf(r.text("type").toLowerCase(), "type", ["container", "multinode"]),
    ...(r.text("type").toLowerCase() === "container"
      ? exactlyOne(r, ["containerProperties", "ecsProperties", "eksProperties"])
      : []),
  ],
  outputs: {
    arnPrefix: form("arn:{partition}:batch:{region}:{account}:job-definition/{name}"),
    revision: 1,
  },
});

/** The entries of batch jobs. */
export const batchTypes: readonly TypeEntry[] = [computeEnvironment, jobQueue, jobDefinition];
