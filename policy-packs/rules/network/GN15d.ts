/** GKE documentation, "Control communication between Pods and Services using network policies". */
import { demandRule } from "../shared/flag-rule.ts";
import { gkeCluster } from "../shared/gke-endpoint.ts";

export const GN15d = demandRule({
  id: "GN15d",
  sentence: "A cluster enforces the network policies of its pods.",
  why: "One pod that is taken over reaches all others, whatever a NetworkPolicy says.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set datapathProvider to ADVANCED_DATAPATH, or networkPolicy.enabled to true.",
  demands: {
    [gkeCluster]: [
      {
        path: ["datapathProvider"],
        // Autopilot always has Dataplane V2; the older plug-in enforces policies too.
        when: (inputs) =>
          inputs.at("enableAutopilot").flag() !== true &&
          inputs.at("networkPolicy", "enabled").flag() !== true,
        holds: (value) => value === "ADVANCED_DATAPATH",
        witness: "a connection from any pod to any other",
        good: "ADVANCED_DATAPATH",
        bad: "LEGACY_DATAPATH",
      },
    ],
  },
});
