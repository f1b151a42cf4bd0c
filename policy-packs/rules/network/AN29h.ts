/** AWS Cloud9 User Guide, "Accessing no-ingress EC2 instances with AWS Systems Manager". */
import { demandRule } from "../shared/flag-rule.ts";

export const AN29h = demandRule({
  id: "AN29h",
  sentence: "A development machine of Cloud9 takes no connections from outside.",
  why: "The machine holds somebody's credentials and code, and its SSH server is open to the internet.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-17"],
  fix: "Set connectionType to CONNECT_SSM.",
  demands: {
    "aws:cloud9/environmentEC2:EnvironmentEC2": [
      {
        path: ["connectionType"],
        holds: (value) => value === "CONNECT_SSM",
        witness: "a packet from the internet to tcp/22 of the machine",
        good: "CONNECT_SSM",
        bad: "CONNECT_SSH",
      },
    ],
  },
  // The machine is replaced.
  remedy: "opt-in",
});
