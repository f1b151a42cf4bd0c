/** Amazon ECS Developer Guide, `readonlyRootFilesystem`: false unless set. */
import { containerRule, taskType } from "../shared/task-containers.ts";

export const AI75 = containerRule({
  id: "AI75",
  sentence: "The root file system of a task's containers is read-only.",
  why: "Whoever breaks in can put his tools beside the program, or in its place, and is there after the next request.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-7", "SI-7"],
  fix: "Set readonlyRootFilesystem to true; mount a volume where the program writes.",
  subjects: [taskType],
  flag: "readonlyRootFilesystem",
  wanted: true,
  witness: "a program written to /usr/bin",
});
