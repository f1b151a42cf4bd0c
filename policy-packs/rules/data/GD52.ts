/** Artifact Registry documentation, "Enable and disable automatic scanning": as the project has it, where nothing is said. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:artifactregistry/repository:Repository";

export const GD52 = demandRule({
  id: "GD52",
  sentence: "No repository is left out of the scanning of images.",
  why: "An image with a known hole is pushed and run, and nobody is told.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["RA-5", "SI-2"],
  fix: "Set vulnerabilityScanningConfig.enablementConfig to INHERITED or leave it out.",
  demands: {
    [type]: [
      {
        path: ["vulnerabilityScanningConfig", "enablementConfig"],
        holds: (value) => value !== "DISABLED",
        witness: "an image with a known hole is pushed and run",
        good: "INHERITED",
        bad: "DISABLED",
      },
    ],
  },
  base: { [type]: { format: "DOCKER" } },
  // Scans cost by the image.
  remedy: "opt-in",
});
