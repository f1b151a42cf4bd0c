/** AWS CodeBuild User Guide, "Docker images provided by CodeBuild" and "Work with your own build image". */
import { demandRule } from "../shared/flag-rule.ts";

/** AWS's own, of a private registry, or one that cannot change any more. */
const trusted = /^aws\/codebuild\/|^\d{12}\.dkr[.-]ecr[.-]|@sha256:[0-9a-f]{64}$/;

export const AD55 = demandRule({
  id: "AD55",
  sentence: "A build runs in an image of AWS, of a registry of one's own, or of a fixed digest.",
  why: "Whoever takes over a public image runs his code with the build's role, and changes what it builds.",
  severity: "low",
  tenets: ["T4", "T5"],
  controls: ["CM-14", "SR-4"],
  fix: "Set environment.image to one that begins with aws/codebuild/, to one in ECR, or to one with its digest.",
  demands: {
    "aws:codebuild/project:Project": [
      {
        path: ["environment", "image"],
        holds: (value) => value === undefined || trusted.test(value),
        witness: "a public image, replaced under the same tag",
        good: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
        bad: "docker.io/library/node:24",
      },
    ],
  },
});
