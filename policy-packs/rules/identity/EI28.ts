/** Microsoft Learn, "Best practices for Azure RBAC": assign roles to groups, not users. */
import { assignmentType } from "../shared/azure-roles.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const EI28 = demandRule({
  id: "EI28",
  sentence: "Roles go to groups, not to users.",
  why: "Rights of single users are forgotten when the person changes jobs, and no review of groups shows them.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-2", "AC-6"],
  fix: "Assign the role to a group, set principalType to Group, and make the person eligible for it.",
  demands: {
    [assignmentType]: [
      {
        path: ["principalType"],
        holds: (type) => type !== "User",
        witness: "what the role allows, long after the person's job has changed",
        good: "Group",
        bad: "User",
      },
    ],
  },
});
