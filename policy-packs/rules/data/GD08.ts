/** Binary Authorization documentation, "Enable Binary Authorization for GKE". */
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const GD08 = demandRule({
  id: "GD08",
  sentence: "A cluster admits images by a policy.",
  why: "Whoever may deploy runs an image that nobody built or signed.",
  severity: "medium",
  tenets: ["T4", "T5"],
  controls: ["CM-7(5)", "SI-7"],
  fix: "Set binaryAuthorization.evaluationMode to PROJECT_SINGLETON_POLICY_ENFORCE.",
  demands: {
    "gcp:container/cluster:Cluster": [
      {
        path: ["binaryAuthorization", "evaluationMode"],
        holds: (value) => value?.includes("ENFORCE") ?? false,
        // The older switch means the same policy.
        when: (inputs) => inputs.at("binaryAuthorization", "enabled").flag() !== true,
        witness: "an image of any registry is run",
        good: "PROJECT_SINGLETON_POLICY_ENFORCE",
        bad: "DISABLED",
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "the older switch",
      expect: "not-applicable",
      resources: alone("gcp:container/cluster:Cluster", { binaryAuthorization: { enabled: true } }),
    },
  ],
});
