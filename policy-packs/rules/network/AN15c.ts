/** Amazon ECS Developer Guide, "Fargate task networking": services, task sets and scheduled tasks. */
import { demandRule } from "../shared/flag-rule.ts";

const demand = {
  holds: (value?: string) => value !== "true" && value !== "ENABLED",
  witness: "every task gets an address that everybody can call",
  good: false,
  bad: true,
} as const;

export const AN15c = demandRule({
  id: "AN15c",
  sentence: "No container service gives its tasks public addresses.",
  why: "A task can then be called directly, past the load balancer and all that it checks.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set assignPublicIp to false; let tasks fetch images by VPC endpoints or a NAT gateway.",
  demands: {
    "aws:ecs/service:Service": [{ ...demand, path: ["networkConfiguration", "assignPublicIp"] }],
    "aws:ecs/taskSet:TaskSet": [{ ...demand, path: ["networkConfiguration", "assignPublicIp"] }],
    "aws:cloudwatch/eventTarget:EventTarget": [
      { ...demand, path: ["ecsTarget", "networkConfiguration", "assignPublicIp"] },
    ],
    "aws:scheduler/schedule:Schedule": [
      {
        ...demand,
        path: ["target", "ecsParameters", "networkConfiguration", "assignPublicIp"],
      },
    ],
  },
});
