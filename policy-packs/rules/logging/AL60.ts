/**
 * Amazon ECS Developer Guide, "Send Amazon ECS logs to CloudWatch": a container without a driver
 * writes to the disk of its host, and on Fargate nowhere.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:ecs/taskDefinition:TaskDefinition";

export const AL60: Rule = {
  id: "AL60",
  sentence: "What a container of a task writes is handed on as a log.",
  why: "Whoever breaks into the container leaves no trace once the task has ended.",
  severity: "low",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  fix: "Set logConfiguration.logDriver of each container, for instance to awslogs.",
  subjects: [type],
  needs: "resource",
  check: ({ inputs }, judge) => {
    const definitions = inputs.at("containerDefinitions");
    for (const container of entriesOf(definitions.document())) {
      judge.part(() => {
        const driver = container.at("logConfiguration", "logDriver").text() ?? "none";
        if (driver !== "none") return;
        const name = container.at("name").text() ?? "a container";
        judge.fail(definitions, `${name} writes what nobody can read afterwards`);
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "one of two is thrown away",
      expect: "fail",
      resources: task([
        { name: "shop", logConfiguration: { logDriver: "awslogs" } },
        { name: "proxy", logConfiguration: { logDriver: "none" } },
      ]),
      path: "containerDefinitions",
      witness: "proxy",
    },
    {
      kind: "clean",
      says: "all are handed on",
      expect: "pass",
      resources: task([{ name: "shop", logConfiguration: { logDriver: "awsfirelens" } }]),
    },
    {
      kind: "unknown",
      says: "the containers are not known",
      expect: "unknown",
      resources: alone(type, { family: "shop", containerDefinitions: unknownHere }),
      path: "containerDefinitions",
    },
    {
      kind: "absent",
      says: "no driver",
      expect: "fail",
      resources: task([{ name: "shop" }]),
      witness: "shop",
    },
  ],
};

function task(containers: Json) {
  return alone(type, { family: "shop", containerDefinitions: JSON.stringify(containers) });
}
