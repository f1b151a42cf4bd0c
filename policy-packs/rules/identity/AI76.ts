/** Amazon SageMaker Developer Guide, "Control root access to a notebook instance": on unless it is disabled. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI76 = demandRule({
  id: "AI76",
  sentence: "Users of a notebook are not root on it.",
  why: "As root a user, or a package that he installs, takes off what watches the notebook and changes what others run.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["AC-6", "CM-7", "CM-11"],
  fix: "Set rootAccess to Disabled; lifecycle configurations run as root all the same.",
  demands: {
    "aws:sagemaker/notebookInstance:NotebookInstance": [
      {
        path: ["rootAccess"],
        holds: (value) => value === "Disabled",
        witness: "a package whose install script runs as root",
        good: "Disabled",
        bad: "Enabled",
      },
    ],
  },
  // A notebook whose users install system packages by themselves stops doing so.
  remedy: "opt-in",
});
