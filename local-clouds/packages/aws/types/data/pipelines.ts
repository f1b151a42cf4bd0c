/** Connections and triggers of jobs that move data (AWS Glue API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";

const connection = ordinary("aws:glue/connection:Connection", {
  id: (r) => `${r.text("catalogId", r.account)}:${r.text("name")}`,
  arn: "glue:connection/{name}",
  autoname: { property: "name", charactersMax: 255 },
  maps: ["athenaProperties", "connectionProperties"],
  defaults: { connectionType: "JDBC" },
  forceNew: ["catalogId", "name"],
  outputs: { catalogId: (r) => r.account },
  secrets: ["connectionProperties"],
  keys: ["name"],
  references: [
    toSubnet("physicalConnectionRequirements.subnetId"),
    toGroup("physicalConnectionRequirements.securityGroupIdLists[*]"),
  ],
  taken: error("AlreadyExistsException", "Connection already exists."),
  admit: (r) =>
    refuseIf(
      r.text("connectionType", "JDBC") === "JDBC" &&
        r.given("connectionProperties.JDBC_CONNECTION_URL") === undefined,
      "InvalidInputException",
      "JDBC_CONNECTION_URL is required for a JDBC connection",
    ),
});

const trigger = ordinary("aws:glue/trigger:Trigger", {
  id: "{name}",
  arn: "glue:trigger/{name}",
  name: 255,
  defaults: { enabled: true },
  forceNew: ["type", "workflowName"],
  check: (r) => oneOf(r.text("type"), "type", ["CONDITIONAL", "EVENT", "ON_DEMAND", "SCHEDULED"]),
  outputs: {
    state: (r) =>
      r.given("enabled") === false || r.text("type") === "ON_DEMAND" ? "CREATED" : "ACTIVATED",
  },
  references: [
    refer(
      "actions[*].jobName",
      "aws:glue/job:Job",
      error("EntityNotFoundException", "Job {value} not found."),
    ),
  ],
  taken: error("AlreadyExistsException", "Trigger with name {id} already submitted"),
  admit: (r) =>
    refuseIf(
      r.text("type") === "SCHEDULED" && r.given("schedule") === undefined,
      "InvalidInputException",
      "Schedule cannot be null or empty for a SCHEDULED trigger",
    ),
});

/** The entries of data pipelines. */
export const pipelineTypes: readonly TypeEntry[] = [connection, trigger];
