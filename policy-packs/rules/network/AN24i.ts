/** Amazon SageMaker Developer Guide, "Connect a Notebook Instance in a VPC to External Resources". */
import { demandRule } from "../shared/flag-rule.ts";

export const AN24i = demandRule({
  id: "AN24i",
  sentence: "No notebook of SageMaker reaches the internet by itself.",
  why: "What somebody runs in the notebook sends the data it may read anywhere, past every rule of the network.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set directInternetAccess to Disabled, with a subnetId and securityGroups.",
  demands: {
    "aws:sagemaker/notebookInstance:NotebookInstance": [
      {
        path: ["directInternetAccess"],
        holds: (value) => value === "Disabled",
        witness: "an upload from the notebook to any address",
        good: "Disabled",
        bad: "Enabled",
      },
    ],
  },
  // The notebook is replaced, and it needs a subnet and a group.
  remedy: "opt-in",
});
