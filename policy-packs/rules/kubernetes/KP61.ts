/** Argo Workflows documentation, "Workflow Pod Security Context" and "Workflow RBAC". */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const pods = (...spec: Demand["path"]): readonly Demand[] => [
  {
    path: [...spec, "serviceAccountName"],
    holds: (value) => value !== undefined && value !== "" && value !== "default",
    witness: "the default account's token, with what anybody ever granted to it",
    good: "build",
    bad: "default",
  },
  {
    path: [...spec, "securityContext", "runAsNonRoot"],
    holds: (value) => value === "true",
    witness: "a step that runs as root",
    good: true,
    bad: false,
  },
];

const group = "kubernetes:argoproj.io/v1alpha1";

export const KP61 = demandRule({
  id: "KP61",
  sentence: "Pods of a workflow have an account of their own, and are not root.",
  why: "Whoever puts code into one step has the rights of all that share the account, and with root the kernel's flaws in reach.",
  severity: "high",
  tenets: ["T3", "T5"],
  controls: ["AC-6", "CM-7", "IA-9"],
  fix: "Set serviceAccountName to an account of the workflow's own, and securityContext.runAsNonRoot to true.",
  demands: {
    [`${group}:ClusterWorkflowTemplate`]: pods("spec"),
    [`${group}:CronWorkflow`]: pods("spec", "workflowSpec"),
    [`${group}:Workflow`]: pods("spec"),
    [`${group}:WorkflowTemplate`]: pods("spec"),
  },
});
