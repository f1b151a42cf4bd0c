/** Amazon ECS Developer Guide, "Task definition parameters": pidMode, ipcMode and networkMode. */
import { demandRule } from "../shared/flag-rule.ts";

const own = (path: string, witness: string, good: string) => ({
  path: [path] as const,
  holds: (value: string | undefined) => value !== "host",
  witness,
  good,
  bad: "host",
});

export const AI74 = demandRule({
  id: "AI74",
  sentence: "No task shares the host's processes, memory or network.",
  why: "The wall between the task and the machine is gone: other tasks' secrets, traffic and the machine's own role are in reach.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6", "SC-39"],
  fix: "Set networkMode to awsvpc, and take pidMode and ipcMode out, or set them to task.",
  demands: {
    "aws:ecs/taskDefinition:TaskDefinition": [
      own("pidMode", "a process that reads the environment of every process of the host", "task"),
      own("ipcMode", "a process that reads the shared memory of the host", "task"),
      own("networkMode", "a call to the metadata service for the machine's own role", "awsvpc"),
    ],
  },
});
