/** IAM User Guide, "Alternatives to long-term access keys". An inactive key opens nothing. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI15 = demandRule({
  id: "AI15",
  sentence: "No access key is declared.",
  why: "A key works from anywhere for whoever reads it in a log, a state file or a repository, until somebody deletes it.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "AC-2"],
  fix: "Use a role: OpenID Connect for pipelines, IAM Identity Center for people, Roles Anywhere for machines.",
  demands: {
    "aws:iam/accessKey:AccessKey": [
      {
        path: ["status"],
        holds: (status) => status === "Inactive",
        witness: "a call signed with the key, by whoever copied it",
        good: "Inactive",
        bad: "Active",
      },
    ],
  },
});
