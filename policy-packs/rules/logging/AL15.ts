/**
 * Developer Guides of Amazon API Gateway, "Set up CloudWatch logging", Amazon MQ, "Configuring logs", AWS Global Accelerator, "Flow logs", AWS AppSync,
 * "CloudWatch Logs", Step Functions, "Logging", and Amazon MWAA, "Viewing logs": off unless asked for.
 * AWS Config's aggregators see one region unless asked for all; of ECS and certificates it is the reverse.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const mustBe = (
  path: Demand["path"],
  good: string | boolean,
  bad: string | boolean,
  witness: string,
): Demand => ({
  path,
  holds: (value) => value === String(good),
  witness,
  good,
  bad,
});
const airflow = (part: string) =>
  mustBe(
    ["loggingConfiguration", part, "enabled"],
    true,
    false,
    "a workflow's doing that leaves no record",
  );
const isNot = (path: Demand["path"], good: string, bad: string, witness: string): Demand => ({
  ...mustBe(path, good, bad, witness),
  holds: (value) => value !== bad,
});

export const AL15 = demandRule({
  id: "AL15",
  sentence: "Brokers, accelerators, APIs, workflows and commands of AWS leave a log.",
  why: "Nobody can tell afterwards who came that way, and what he did.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set logs.general (and audit) of a Broker, settings.loggingLevel of MethodSettings, attributes.flowLogsEnabled of an Accelerator, logConfig.fieldLogLevel of a GraphQLApi, loggingConfiguration of a StateMachine or Environment, and leave the rest on.",
  demands: {
    "aws:acm/certificate:Certificate": [
      isNot(
        ["options", "certificateTransparencyLoggingPreference"],
        "ENABLED",
        "DISABLED",
        "a certificate for the name that no public log shows",
      ),
    ],
    "aws:apigateway/methodSettings:MethodSettings": [
      {
        ...mustBe(
          ["settings", "loggingLevel"],
          "ERROR",
          "OFF",
          "a call that fails without a record",
        ),
        holds: (value) => value === "ERROR" || value === "INFO",
      },
    ],
    "aws:appsync/graphQLApi:GraphQLApi": [
      {
        ...mustBe(["logConfig", "fieldLogLevel"], "ERROR", "NONE", "a query that leaves no record"),
        holds: (value) => value !== undefined && value !== "NONE",
      },
    ],
    "aws:ecs/cluster:Cluster": [
      isNot(
        ["configuration", "executeCommandConfiguration", "logging"],
        "OVERRIDE",
        "NONE",
        "a shell in a container, by ecs:ExecuteCommand, that leaves no record",
      ),
    ],
    "aws:globalaccelerator/accelerator:Accelerator": [
      mustBe(["attributes", "flowLogsEnabled"], true, false, "a connection that leaves no record"),
    ],
    "aws:mq/broker:Broker": [
      mustBe(["logs", "general"], true, false, "a login that leaves no record"),
      {
        ...mustBe(["logs", "audit"], true, false, "a change by the console that leaves no record"),
        // RabbitMQ has no such log.
        when: (inputs) => inputs.at("engineType").text()?.toLowerCase() === "activemq",
      },
    ],
    "aws:mwaa/environment:Environment": ["schedulerLogs", "webserverLogs", "workerLogs"].map(
      airflow,
    ),
    "aws:sfn/stateMachine:StateMachine": [
      mustBe(["loggingConfiguration", "level"], "ALL", "OFF", "an execution that leaves no record"),
    ],
  },
  base: {
    "aws:mq/broker:Broker": { engineType: "ActiveMQ" },
  },
});
