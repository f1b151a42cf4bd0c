/** Amazon ECS Developer Guide and AWS Batch User Guide, `privileged`: root's rights on the machine. */
import { containerRule, jobType, taskType } from "../shared/task-containers.ts";

export const AI73 = containerRule({
  id: "AI73",
  sentence: "No container of a task or job is privileged.",
  why: "A privileged container has the machine's devices and all of root's rights: whoever breaks into it owns the machine and its other tasks.",
  severity: "critical",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6"],
  fix: "Take privileged out of the container; name the one capability or device under linuxParameters.",
  subjects: [taskType, jobType],
  flag: "privileged",
  wanted: false,
  witness: "a process of the container mounts the machine's disk",
});
