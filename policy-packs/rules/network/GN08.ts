/** VPC documentation, "VPC firewall rules logging" and "Firewall policy rule logging": off unless set. */
import type { View } from "../../../model/policy/view.ts";
import { gcpPolicyRuleTypes, gcpRuleTypes } from "../../lift/gcp-rules.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const witness = "a connection that the rule decides on, and that leaves no record";

const inPolicy: Demand = {
  path: ["enableLogging"],
  holds: (value) => value === "true",
  // A rule that leaves the packet to the next plane decides nothing, and cannot log.
  when: (inputs: View) => inputs.at("action").text()?.toLowerCase() !== "goto_next",
  witness,
  good: true,
  bad: false,
};

export const GN08 = demandRule({
  id: "GN08",
  sentence: "Every firewall rule logs what it decides on.",
  why: "Who was let in by the rule, and who was refused, cannot be told afterwards.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-12", "SI-4"],
  fix: "Set logConfig with metadata on a firewall, enableLogging true on a rule of a policy.",
  demands: {
    [gcpRuleTypes.firewall]: [
      {
        path: ["logConfig", "metadata"],
        holds: (value) => value !== undefined,
        // The older property does the same.
        when: (inputs: View) => inputs.at("enableLogging").flag() !== true,
        witness,
        good: "INCLUDE_ALL_METADATA",
        bad: null,
      },
    ],
    ...Object.fromEntries(gcpPolicyRuleTypes.map((type) => [type, [inPolicy]])),
  },
  // Records cost money.
  remedy: "opt-in",
});
