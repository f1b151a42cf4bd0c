/** Amazon EFS User Guide, "Working with access points": without these the client says who it is and sees all. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI72 = demandRule({
  id: "AI72",
  sentence: "An access point has a directory and a user of its own.",
  why: "The client names its user itself: as user 0, from the root, it reads and changes every other workload's files.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "IA-3"],
  fix: "Set rootDirectory.path to the workload's directory, and posixUser to a user other than 0.",
  demands: {
    "aws:efs/accessPoint:AccessPoint": [
      {
        path: ["rootDirectory", "path"],
        holds: (value) => value !== undefined && !/^\/*$/.test(value),
        witness: "another workload's directory, below the same mount",
        good: "/shop",
        bad: "/",
      },
      {
        path: ["posixUser", "uid"],
        holds: (value) => value !== undefined && value !== "0",
        witness: "an NFS request as user 0",
        good: 1000,
        bad: 0,
      },
    ],
  },
});
