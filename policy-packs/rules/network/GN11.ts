/** VPC documentation: a network in auto mode opens a subnet in every region there will ever be. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "gcp:compute/network:Network";

export const GN11 = demandRule({
  id: "GN11",
  sentence: "A VPC network has only the subnets that somebody declared.",
  why: "Auto mode makes a subnet with predictable addresses in every region, new ones included.",
  severity: "high",
  tenets: ["T2"],
  controls: ["CM-7", "SC-7"],
  fix: "Set autoCreateSubnetworks to false.",
  demands: {
    [type]: [
      {
        path: ["autoCreateSubnetworks"],
        holds: (value) => value === "false",
        witness: "a subnet in every region",
        good: false,
        bad: true,
      },
    ],
  },
});
