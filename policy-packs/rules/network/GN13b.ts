/** VPC documentation, "Static routes", "Instances as next hops": off unless set. */

import { cis } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { everyMachineType, ofEach } from "../shared/gcp-machines.ts";

export const GN13b = demandRule({
  id: "GN13b",
  sentence: "No machine passes on packets of others.",
  why: "Who has taken it over sends packets under others' addresses, and carries his past the firewall.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-gcp-3.0.0", "4.6")],
  fix: "Set canIpForward to false; let Cloud NAT, a VPN or a load balancer carry packets.",
  demands: ofEach(everyMachineType, {
    path: ["canIpForward"],
    holds: (value) => value !== "true",
    witness: "a packet that is neither from nor to the machine",
    good: false,
    bad: true,
  }),
});
