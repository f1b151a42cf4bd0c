/** VPC documentation: a network in auto mode opens a subnet in every region there will ever be. */
import type { Rule } from "../../model/policy/rule.ts";
import type { Demand } from "./shared/flag-rule.ts";
import { checkDemands, demandExamples } from "./shared/flag-rule.ts";

const type = "gcp:compute/network:Network";

const demands: readonly Demand[] = [
  {
    path: ["autoCreateSubnetworks"],
    holds: (value) => value === "false",
    witness: "a subnet in every region",
    good: false,
    bad: true,
  },
];

export const GN11: Rule = {
  id: "GN11",
  sentence: "A VPC network has only the subnets that somebody declared.",
  why: "Auto mode makes a subnet with predictable addresses in every region, new ones included.",
  severity: "high",
  tenets: ["T2"],
  controls: ["CM-7", "SC-7"],
  fix: "Set autoCreateSubnetworks to false.",
  subjects: [type],
  needs: "resource",
  check: checkDemands(demands),
  examples: demandExamples(type, demands, {}),
};
