/** GKE documentation, "Use Shielded GKE Nodes": secure boot alone is off unless set; Autopilot always has it. */
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const shield = (
  name: string,
  byDefault: boolean,
  witness: string,
  when: Demand["when"],
): Demand => ({
  path: ["nodeConfig", "shieldedInstanceConfig", name],
  ...(when === undefined ? {} : { when }),
  holds: (value) => (value === undefined ? byDefault : value === "true"),
  witness,
  good: true,
  bad: false,
});
const shields = (when?: Demand["when"]) => [
  shield("enableSecureBoot", false, "a boot loader or driver that nobody signed", when),
  shield("enableIntegrityMonitoring", true, "a changed boot that nobody is told of", when),
];

/** Clusters whose own pool of nodes stays, and is not Google's. */
const hasNodes = (inputs: View) =>
  inputs.at("enableAutopilot").flag() !== true &&
  inputs.at("removeDefaultNodePool").flag() !== true;

export const GN70 = demandRule({
  id: "GN70",
  sentence: "Nodes of a cluster boot signed software only, and prove that they are nodes.",
  why: "A root kit below the system outlives every restart, and a stolen bootstrap credential makes a node of any machine.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["SI-7", "IA-3", "SC-39"],
  fix: "Set nodeConfig.shieldedInstanceConfig.enableSecureBoot to true; leave enableShieldedNodes and enableIntegrityMonitoring on.",
  demands: {
    "gcp:container/cluster:Cluster": [
      {
        path: ["enableShieldedNodes"],
        holds: (value) => value !== "false",
        witness: "a machine that joins with a stolen bootstrap credential",
        good: true,
        bad: false,
      },
      ...shields(hasNodes),
    ],
    "gcp:container/nodePool:NodePool": shields(),
  },
});
