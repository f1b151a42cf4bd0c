/** Microsoft Learn, "Azure Container Registry policies": an image in quarantine is pulled by scanners only. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:containerregistry:Registry";

export const ZD53 = demandRule({
  id: "ZD53",
  sentence: "A registry that plans a quarantine has it on.",
  why: "An image that nobody has looked into is pulled and run.",
  severity: "low",
  tenets: ["T5"],
  controls: ["RA-5", "SI-7"],
  fix: "Set policies.quarantinePolicy.status to enabled.",
  demands: {
    [type]: [
      {
        path: ["policies", "quarantinePolicy?", "status"],
        holds: (value) => value?.toLowerCase() === "enabled",
        witness: "an image with a known hole, pulled before anybody looked",
        good: "enabled",
        bad: "disabled",
      },
    ],
  },
  base: { [type]: { sku: { name: "Premium" } } },
  // Images are held back until somebody releases them.
  remedy: "opt-in",
});
