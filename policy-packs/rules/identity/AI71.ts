/** Amazon ECS Developer Guide, "Task IAM role" and "Task execution role": the agent's rights are not the program's. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { roleType } from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:ecs/taskDefinition:TaskDefinition";
const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

export const AI71: Rule = {
  id: "AI71",
  sentence: "A task's program and the agent that starts it have different roles.",
  why: "The program could read every secret and image that the agent fetches for it, and for other tasks.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-5", "AC-6"],
  fix: "Give taskRoleArn a role of the program's own, or leave it out where the program calls nothing.",
  subjects: [type],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    const [own, agent] = [inputs.at("taskRoleArn"), inputs.at("executionRoleArn")];
    if (own.state === "absent" || agent.state === "absent") {
      return judge.notApplicable("it has at most one role");
    }
    const role = roleOf(plan, own);
    if (role !== "" && role === roleOf(plan, agent)) {
      judge.fail(own, "secretsmanager:GetSecretValue by the program, with the agent's rights");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "one role for both",
      expect: "fail",
      resources: alone(type, { taskRoleArn: arn("app"), executionRoleArn: arn("app") }),
      path: "taskRoleArn",
    },
    {
      kind: "violating",
      says: "one planned role for both",
      expect: "fail",
      resources: [
        {
          type,
          name: "app",
          props: { taskRoleArn: unknownHere, executionRoleArn: unknownHere },
          dependsOn: { taskRoleArn: ["role"], executionRoleArn: ["role"] },
        },
        role(),
      ],
    },
    {
      kind: "clean",
      says: "two roles",
      expect: "pass",
      resources: alone(type, { taskRoleArn: arn("app"), executionRoleArn: arn("agent") }),
    },
    {
      kind: "unknown",
      says: "one is not known",
      expect: "unknown",
      resources: alone(type, { taskRoleArn: unknownHere, executionRoleArn: arn("agent") }),
      path: "taskRoleArn",
    },
    {
      kind: "absent",
      says: "the program has none",
      expect: "not-applicable",
      resources: alone(type, { executionRoleArn: arn("agent") }),
    },
  ],
};

/** URN of a planned role, else the ARN. Throws `Undecided`. */
function roleOf(plan: Plan, property: View): string {
  const target = plan.follow(property, roleType);
  if (target.state === "resource") return target.resource.urn;
  return target.state === "outside" ? target.value : "";
}

function role(): ExampleResource {
  return { type: roleType, name: "role", props: {} };
}
